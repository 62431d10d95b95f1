package org.securechat.domain.file;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;

/**
 * Where files are kept, in chunks. Until an upload is sealed nothing refers to it and nobody finds
 * it.
 *
 * <p>Each call is atomic and durable on return; one that throws has changed nothing and left its
 * {@link Once} unspent. Implementations are safe for use by many threads and pass {@code
 * FileStoreContract} in chat-testkit.
 */
public interface FileStore {
  /** Bytes of each chunk but the last of a file, which has 1 to as many. */
  int CHUNK = 64 * 1024;

  /**
   * Begins an upload, if the rules let it.
   *
   * @param rules throws a {@link RejectedException} that passes through
   * @throws RejectedException with NOT_AUTHENTICATED if the actor's session is gone
   */
  void begin(Upload upload, Consumer<UploadFacts> rules, Actor actor);

  /**
   * Writes a chunk of an upload that is not sealed.
   *
   * @param number from 0, each once, in this order
   * @param chunk its bytes; not changed, and not kept when the call returns
   */
  void write(FileId id, int number, byte[] chunk);

  /**
   * Makes a file of an upload, if the rules let it.
   *
   * @param size of all its chunks
   * @param sha256 of all its bytes
   * @param rules throws a {@link RejectedException} that passes through
   * @throws RejectedException with REPLAYED_REQUEST or NOT_AUTHENTICATED, looked at first and in
   *     this order
   */
  void seal(
      FileId id,
      long size,
      Sha256 sha256,
      Instant at,
      Consumer<UploadFacts> rules,
      Actor actor,
      Once once);

  /** Removes an upload that is not sealed, in bounded batches; does nothing to a file. */
  void discard(FileId id);

  /** A file; empty if there is none, or its upload is not sealed. */
  Optional<StoredFile> find(FileId id);

  /** What a user has uploaded and what is not erased, in the order of the ids. */
  List<StoredFile> uploadedBy(UserId user);

  /**
   * The bytes of a chunk.
   *
   * @param number from 0
   * @return empty if the bytes are gone meanwhile
   */
  Optional<byte[]> chunk(FileId id, int number);

  /**
   * Removes files and uploads that nobody will ask for: erased ones, uploads that began before an
   * instant, and files that no message carries and that were uploaded before another.
   *
   * @param limit how many chunks at most, so that no writer waits for long
   * @return whether there is more to do
   */
  boolean sweep(Instant begunBefore, Instant uploadedBefore, int limit);
}
