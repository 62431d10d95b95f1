package org.securechat.persistence;

/**
 * What a user has uploaded and is still there.
 *
 * @param bytes of all of them
 */
record HeldFiles(int files, long bytes) {}
