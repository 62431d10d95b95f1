package org.securechat.client.conversation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.securechat.client.http.FileBody;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.protocol.content.AttachedFile;
import org.securechat.protocol.file.DecryptingStream;
import org.securechat.protocol.file.EncryptingStream;
import org.securechat.protocol.file.FileKey;

/** Files on their way, chunk by chunk: none is in memory whole. */
final class FileTransfer {
  private static final int BUFFER = 64 * 1024;

  private final Desk desk;

  FileTransfer(Desk desk) {
    this.desk = desk;
  }

  /** What a file's bytes are read from, each time from the beginning. */
  interface Source {
    InputStream open() throws IOException;
  }

  /**
   * Encrypts and uploads a file. It is read twice: what is signed of it must be known before it is
   * sent.
   *
   * @param name for its readers only
   * @param progress is told how many bytes of the ciphertext are on their way
   * @throws IOException if the file can't be read, or changes meanwhile
   */
  AttachedFile upload(
      ConversationId conversation, String name, Source file, String mimeType, LongConsumer progress)
      throws IOException {
    FileKey key = FileKey.generate(desk.random());
    long size;
    Sha256 sha256;
    try (EncryptingStream first = EncryptingStream.of(key, file.open())) {
      first.transferTo(OutputStream.nullOutputStream());
      size = first.size();
      sha256 = first.sha256();
    }
    FileBody body =
        new FileBody(
            () -> new CountingStream(encrypting(key, file), progress),
            EncryptingStream.lengthOf(size),
            sha256);
    long id = desk.calls().upload(conversation, body);
    return new AttachedFile(id, key, name, mimeType, size, sha256);
  }

  private static InputStream encrypting(FileKey key, Source file) {
    try {
      return EncryptingStream.of(key, file.open());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Downloads and decrypts a file. Under its name there is all of it or nothing.
   *
   * @param progress is told how many bytes of the file have come
   * @throws FileAlreadyExistsException if there is something of that name; it stays
   * @throws org.securechat.protocol.file.DamagedFileException if it is not the file that was sent
   */
  void save(AttachedFile file, Path target, LongConsumer progress) throws IOException {
    NewFile.write(
        target,
        out -> {
          try (DecryptingStream opened = open(file)) {
            return copy(opened, out, progress);
          }
        });
  }

  private DecryptingStream open(AttachedFile file) throws IOException {
    long sealed = EncryptingStream.lengthOf(file.size());
    return DecryptingStream.of(
        file.key(), desk.calls().download(file.fileId(), sealed), file.size(), file.sha256());
  }

  private static long copy(InputStream in, OutputStream out, LongConsumer progress)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    long copied = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
      copied += read;
      progress.accept(copied);
    }
    return copied;
  }
}
