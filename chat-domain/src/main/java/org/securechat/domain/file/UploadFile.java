package org.securechat.domain.file;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.domain.session.SignedCaller;
import org.securechat.domain.transcript.ConversationId;

/**
 * Use case: a participant uploads a file for a message to come. No more than one chunk is in memory
 * at a time. Safe for use by many threads.
 */
public final class UploadFile {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final FileStore files;
  private final FileSettings settings;
  private final RandomSource random;
  private final Clock clock;
  private final Map<UserId, Integer> underway = new ConcurrentHashMap<>();

  UploadFile(FileStore files, FileSettings settings, RandomSource random, Clock clock) {
    this.files = files;
    this.settings = settings;
    this.random = random;
    this.clock = clock;
  }

  /**
   * What arrives.
   *
   * @param announced how many bytes there will be, if that is known
   * @param promised the digest that the sender has signed
   */
  public record Arriving(InputStream bytes, OptionalLong announced, Sha256 promised) {}

  /** More than the largest size. */
  public static final class TooLargeException extends RuntimeException {
    TooLargeException() {
      super("A file is too large", null, false, false);
    }
  }

  /**
   * Reads a file to its end and keeps it. Nothing of it is kept if this throws.
   *
   * @throws RejectedException with NOT_AUTHENTICATED if the session ended meanwhile, NOT_FOUND if
   *     the caller is not in the conversation, FORBIDDEN while they are only invited,
   *     QUOTA_EXCEEDED, RATE_LIMITED for too many uploads at once, INVALID_SIGNATURE if what
   *     arrived is not what was promised, or REPLAYED_REQUEST
   * @throws TooLargeException if there is more than may be
   * @throws IOException if the reading fails
   * @throws UnavailableException if the store has no time
   */
  public FileRecord upload(
      SignedCaller caller,
      ConversationId conversation,
      FileName name,
      MimeType mimeType,
      Arriving arriving)
      throws IOException {
    if (arriving.announced().isPresent()
        && arriving.announced().getAsLong() > settings.maxBytes()) {
      throw new TooLargeException();
    }
    UserId user = caller.caller().session().user();
    take(user);
    try {
      Upload upload = new Upload(FileId.random(random), conversation, user, name, mimeType, now());
      return keep(caller, upload, arriving);
    } finally {
      giveBack(user);
    }
  }

  private void giveBack(UserId user) {
    underway.computeIfPresent(user, (key, count) -> count > 1 ? count - 1 : null);
  }

  private void take(UserId user) {
    int count = underway.merge(user, 1, Integer::sum);
    if (count > settings.uploadsAtOnce()) {
      giveBack(user);
      throw RejectedException.rateLimited(RETRY_AFTER);
    }
  }

  private FileRecord keep(SignedCaller caller, Upload upload, Arriving arriving)
      throws IOException {
    files.begin(
        upload, facts -> require(facts, arriving.announced().orElse(0)), caller.caller().actor());
    boolean sealed = false;
    try {
      MessageDigest digest = Sha256.newDigest();
      long size = write(upload.id(), arriving.bytes(), digest);
      Sha256 arrived = Sha256.copyOf(digest.digest());
      if (!arrived.equals(arriving.promised())) {
        throw RejectedException.of(Rejection.INVALID_SIGNATURE);
      }
      files.seal(
          upload.id(),
          size,
          arrived,
          now(),
          facts -> require(facts, size),
          caller.caller().actor(),
          caller.once());
      sealed = true;
      return new FileRecord(upload.id(), upload.name(), upload.mimeType(), size, arrived);
    } finally {
      if (!sealed) {
        discard(upload.id());
      }
    }
  }

  private long write(FileId id, InputStream bytes, MessageDigest digest) throws IOException {
    long size = 0;
    for (int number = 0; ; number++) {
      byte[] chunk = bytes.readNBytes(FileStore.CHUNK);
      if (chunk.length == 0) {
        return size;
      }
      size += chunk.length;
      if (size > settings.maxBytes()) {
        throw new TooLargeException();
      }
      digest.update(chunk);
      files.write(id, number, chunk);
    }
  }

  private void require(UploadFacts facts, long size) {
    Participant.requireJoined(facts.uploader());
    if (facts.files() >= settings.filesPerUser()
        || facts.bytes() + size > settings.bytesPerUser()) {
      throw RejectedException.of(Rejection.QUOTA_EXCEEDED);
    }
  }

  /** What can't be removed now is swept later; the reason of the failure must get through. */
  private void discard(FileId id) {
    try {
      files.discard(id);
    } catch (UnavailableException e) {
      // Swept by its age.
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
