package org.securechat.client.conversation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
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

  /**
   * Encrypts and uploads a file. It is read twice or more: what is signed of it must be known
   * before it is sent.
   *
   * @param name for its readers only
   * @param progress is told how many bytes of the ciphertext are on their way
   * @throws IOException if the file can't be read, or changes meanwhile
   */
  AttachedFile upload(
      ConversationId conversation,
      String name,
      SealedFile.Source file,
      String mimeType,
      LongConsumer progress)
      throws IOException {
    FileKey key = FileKey.generate(desk.random());
    SealedFile sealed = SealedFile.read(key, file);
    long id = desk.calls().upload(conversation, sealed, progress);
    return new AttachedFile(id, key, name, mimeType, sealed.size(), sealed.sha256());
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
