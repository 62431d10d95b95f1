package org.securechat.domain.file;

import org.securechat.domain.identity.Sha256;

/**
 * A file, as everybody who may read it is told.
 *
 * @param size bytes of the ciphertext
 * @param sha256 of the ciphertext
 */
public record FileRecord(FileId id, FileName name, MimeType mimeType, long size, Sha256 sha256) {}
