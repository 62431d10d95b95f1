package org.securechat.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.securechat.domain.file.FileId;
import org.securechat.domain.file.FileStore;
import org.securechat.domain.file.StoredFile;
import org.securechat.domain.file.Upload;
import org.securechat.domain.file.UploadFacts;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;
import org.securechat.domain.transcript.ConversationId;

/** Files in SQL tables, a row for each chunk. Safe for use by many threads. */
final class JdbiFileStore implements FileStore {
  /** How many chunks are removed at once, so that what others send does not wait for long. */
  private static final int BATCH = 4;

  private final Readers readers;
  private final GroupCommit writer;

  JdbiFileStore(Readers readers, GroupCommit writer) {
    this.readers = readers;
    this.writer = writer;
  }

  @Override
  public void begin(Upload upload, Consumer<UploadFacts> rules, Actor actor) {
    writer.run(
        Locks.on(upload.uploader()),
        tables -> {
          tables.requireLive(actor);
          rules.accept(facts(upload.conversation(), upload.uploader(), tables));
          tables.files().insert(upload);
        });
  }

  private static UploadFacts facts(ConversationId conversation, UserId uploader, Tables tables) {
    HeldFiles held = tables.files().held(uploader);
    return new UploadFacts(
        tables.conversations().participant(conversation, uploader), held.files(), held.bytes());
  }

  @Override
  public void write(FileId id, int number, byte[] chunk) {
    writer.run(
        Locks.on(id),
        chunk.length,
        tables -> {
          if (!tables.files().insertChunk(id, number, chunk)) {
            throw new IllegalStateException("No such upload, or not its next chunk");
          }
        });
  }

  @Override
  public void seal(
      FileId id,
      long size,
      Sha256 sha256,
      Instant at,
      Consumer<UploadFacts> rules,
      Actor actor,
      Once once) {
    writer.run(
        Locks.on(actor.user()).and(once).and(id),
        tables -> {
          tables.requireUnspentAndLive(once, actor);
          UploadRow upload =
              tables
                  .files()
                  .upload(id)
                  .orElseThrow(() -> new IllegalStateException("There is no such upload"));
          rules.accept(facts(upload.conversation(), upload.uploader(), tables));
          tables.replays().add(once);
          tables.files().seal(id, size, sha256, at);
        });
  }

  @Override
  public void discard(FileId id) {
    if (writer.call(Locks.on(id), tables -> tables.files().eraseUpload(id))) {
      remove(id, Integer.MAX_VALUE);
    }
  }

  @Override
  public Optional<StoredFile> find(FileId id) {
    return readers.read(FileSql.class, sql -> sql.find(id));
  }

  @Override
  public List<StoredFile> uploadedBy(UserId user) {
    return readers.read(FileSql.class, sql -> sql.uploadedBy(user));
  }

  @Override
  public Optional<byte[]> chunk(FileId id, int number) {
    return readers.read(FileSql.class, sql -> sql.chunk(id, number));
  }

  @Override
  public boolean sweep(Instant begunBefore, Instant uploadedBefore, int limit) {
    for (SweptFile upload :
        readers.read(FileSql.class, sql -> sql.uploadsBefore(begunBefore, limit))) {
      writer.call(Locks.on(upload.id()), tables -> tables.files().eraseUpload(upload.id()));
    }
    // Whoever sends a file holds the lock of its conversation.
    for (SweptFile file :
        readers.read(FileSql.class, sql -> sql.unattachedBefore(uploadedBefore, limit))) {
      writer.call(
          Locks.on(file.conversation()), tables -> tables.files().eraseUnattached(file.id()));
    }
    int done = 0;
    List<SweptFile> erased = readers.read(FileSql.class, sql -> sql.erased(limit));
    for (SweptFile file : erased) {
      if (done >= limit) {
        return true;
      }
      done += remove(file.id(), limit - done);
    }
    return isAnyLeft(begunBefore, uploadedBefore);
  }

  private boolean isAnyLeft(Instant begunBefore, Instant uploadedBefore) {
    return readers.read(
        FileSql.class,
        sql ->
            !sql.erased(1).isEmpty()
                || !sql.uploadsBefore(begunBefore, 1).isEmpty()
                || !sql.unattachedBefore(uploadedBefore, 1).isEmpty());
  }

  /**
   * Removes chunks of an erased file, and then what is not needed of the rest; returns how many.
   */
  private int remove(FileId id, int limit) {
    int done = 0;
    while (done < limit) {
      int batch = Math.min(limit - done, BATCH);
      int removed =
          writer.call(
              Locks.on(id),
              (long) batch * CHUNK,
              tables -> {
                int chunks = tables.files().removeChunks(id, batch);
                if (chunks < batch) {
                  tables.files().end(id);
                  tables.files().remove(id);
                }
                return chunks;
              });
      done += Math.max(removed, 1);
      if (removed < batch) {
        break;
      }
    }
    return done;
  }
}
