package org.securechat.client.conversation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.securechat.client.failure.ChatException;
import org.securechat.client.http.BlockStream;
import org.securechat.client.http.FileBody;
import org.securechat.domain.identity.Sha256;
import org.securechat.protocol.file.EncryptingStream;
import org.securechat.protocol.file.FileKey;

/**
 * A file that is encrypted anew each time that it is sent, and is the same each time. For one
 * sending at a time.
 */
final class SealedFile {
  private final Source source;
  private final EncryptingStream first;
  private volatile @Nullable IOException failure;

  /** What a file's bytes are read from, each time from the beginning. */
  interface Source {
    InputStream open() throws IOException;
  }

  private SealedFile(Source source, EncryptingStream first) {
    this.source = source;
    this.first = first;
  }

  /**
   * Reads a file for what has to be known before it is sent.
   *
   * @param key a new one, for this file alone
   */
  static SealedFile read(FileKey key, Source source) throws IOException {
    try (EncryptingStream first = EncryptingStream.of(key, source.open())) {
      first.transferTo(OutputStream.nullOutputStream());
      return new SealedFile(source, first);
    }
  }

  /** Bytes of the plaintext. */
  long size() {
    return first.size();
  }

  /** The digest of the ciphertext. */
  Sha256 sha256() {
    return first.sha256();
  }

  /** The ciphertext as a body; reading it ends in an exception where the file has changed. */
  FileBody body(LongConsumer progress) {
    return new FileBody(
        () -> new CountingStream(open(), progress), EncryptingStream.lengthOf(size()), sha256());
  }

  private InputStream open() {
    try {
      return new Remembering(first.again(source.open()));
    } catch (IOException e) {
      failure = e;
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Does a call that sends the body. The HTTP client says of a body that could not be read only
   * that the request broke off, which is no reason to try again.
   *
   * @throws UncheckedIOException if the file could not be read, or has changed
   */
  <T> T sending(Supplier<T> call) {
    try {
      return call.get();
    } catch (ChatException e) {
      IOException unreadable = failure;
      if (unreadable != null) {
        throw new UncheckedIOException(unreadable);
      }
      throw e;
    }
  }

  /** Remembers why it could not be read. */
  private final class Remembering extends BlockStream {
    Remembering(InputStream stream) {
      super(stream);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return in.read(buffer, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }
}
