package org.securechat.testkit.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.file.StoredFile;
import org.securechat.domain.file.Upload;
import org.securechat.domain.identity.Sha256;

/** An upload, or the file that became of it, on the heap. */
final class MemoryFile {
  final Upload upload;
  final List<byte[]> chunks = new ArrayList<>();

  private Optional<StoredFile> sealed = Optional.empty();

  MemoryFile(Upload upload) {
    this.upload = upload;
  }

  /** Empty as long as the upload has not ended. */
  Optional<StoredFile> sealed() {
    return sealed;
  }

  void seal(long size, Sha256 sha256, Instant at) {
    FileRecord record = new FileRecord(upload.id(), upload.name(), upload.mimeType(), size, sha256);
    sealed =
        Optional.of(
            new StoredFile(
                record,
                upload.conversation(),
                upload.uploader(),
                at,
                Optional.empty(),
                Optional.empty(),
                false));
  }

  void attach(long entry, Optional<Instant> expiresAt) {
    sealed =
        sealed.map(file ->
            new StoredFile(
                file.file(),
                file.conversation(),
                file.uploader(),
                file.uploadedAt(),
                Optional.of(entry),
                expiresAt,
                file.erased()));
  }

  void erase() {
    sealed =
        sealed.map(file ->
            new StoredFile(
                file.file(),
                file.conversation(),
                file.uploader(),
                file.uploadedAt(),
                file.entry(),
                file.expiresAt(),
                true));
  }

  boolean isErased() {
    return sealed.filter(StoredFile::erased).isPresent();
  }

  /** Whether a message carries it, so that its record stays. */
  boolean isAttached() {
    return sealed.flatMap(StoredFile::entry).isPresent();
  }
}
