package org.securechat.testkit.memory;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.securechat.domain.file.FileId;
import org.securechat.domain.file.FileStore;
import org.securechat.domain.file.StoredFile;
import org.securechat.domain.file.Upload;
import org.securechat.domain.file.UploadFacts;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;

/** Files on the heap. */
final class InMemoryFileStore implements FileStore {
  private final MemoryTables tables;

  InMemoryFileStore(MemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public void begin(Upload upload, Consumer<UploadFacts> rules, Actor actor) {
    synchronized (tables) {
      tables.requireLive(actor);
      rules.accept(facts(upload));
      if (tables.files.putIfAbsent(upload.id(), new MemoryFile(upload)) != null) {
        throw new IllegalStateException("The id is another file's");
      }
    }
  }

  /** Neither erased files count nor those whose upload has not ended. */
  private UploadFacts facts(Upload upload) {
    List<StoredFile> held = uploadedBy(upload.uploader());
    return new UploadFacts(
        tables
            .find(upload.conversation())
            .flatMap(conversation -> conversation.participant(upload.uploader())),
        held.size(),
        held.stream().mapToLong(file -> file.file().size()).sum());
  }

  @Override
  public void write(FileId id, int number, byte[] chunk) {
    synchronized (tables) {
      MemoryFile file = underway(id);
      if (number != file.chunks.size()) {
        throw new IllegalStateException("Chunks are written one after the other");
      }
      file.chunks.add(chunk.clone());
    }
  }

  private MemoryFile underway(FileId id) {
    return Optional.ofNullable(tables.files.get(id))
        .filter(file -> file.sealed().isEmpty())
        .orElseThrow(() -> new IllegalStateException("There is no such upload any more"));
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
    synchronized (tables) {
      tables.requireUnspentAndLive(once, actor);
      MemoryFile file = underway(id);
      rules.accept(facts(file.upload));
      tables.used.add(once);
      file.seal(size, sha256, at);
    }
  }

  @Override
  public void discard(FileId id) {
    synchronized (tables) {
      tables.files.computeIfPresent(id, (same, file) -> file.sealed().isEmpty() ? null : file);
    }
  }

  @Override
  public Optional<StoredFile> find(FileId id) {
    synchronized (tables) {
      return Optional.ofNullable(tables.files.get(id)).flatMap(MemoryFile::sealed);
    }
  }

  @Override
  public List<StoredFile> uploadedBy(UserId user) {
    synchronized (tables) {
      return tables.files.values().stream()
          .flatMap(file -> file.sealed().stream())
          .filter(file -> file.uploader().equals(user) && !file.erased())
          .sorted(Comparator.comparingLong(file -> file.file().id().value()))
          .toList();
    }
  }

  @Override
  public Optional<byte[]> chunk(FileId id, int number) {
    synchronized (tables) {
      return Optional.ofNullable(tables.files.get(id))
          .filter(
              file -> file.sealed().isPresent() && !file.isErased() && number < file.chunks.size())
          .map(file -> file.chunks.get(number).clone());
    }
  }

  @Override
  public boolean sweep(Instant begunBefore, Instant uploadedBefore, int limit) {
    Predicate<MemoryFile> swept = file -> isSwept(file, begunBefore, uploadedBefore);
    synchronized (tables) {
      for (int removed = 0; removed < limit; removed++) {
        Optional<MemoryFile> next = tables.files.values().stream().filter(swept).findFirst();
        if (next.isEmpty()) {
          return false;
        }
        removeOne(next.get());
      }
      return tables.files.values().stream().anyMatch(swept);
    }
  }

  /** Whether there is something to be removed of it. */
  private static boolean isSwept(MemoryFile file, Instant begunBefore, Instant uploadedBefore) {
    if (file.sealed().isEmpty()) {
      return file.upload.beganAt().isBefore(begunBefore);
    }
    if (file.isAttached()) {
      return file.isErased() && !file.chunks.isEmpty();
    }
    return file.isErased() || file.sealed().get().uploadedAt().isBefore(uploadedBefore);
  }

  /** Its bytes are not given out from the first chunk that goes; the record goes with the last. */
  private void removeOne(MemoryFile file) {
    file.erase();
    if (!file.chunks.isEmpty()) {
      file.chunks.remove(file.chunks.size() - 1);
    }
    if (file.chunks.isEmpty() && !file.isAttached()) {
      tables.files.remove(file.upload.id());
    }
  }
}
