package org.securechat.crypto;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.PasswordHasher;
import org.securechat.domain.credential.PasswordVerifier;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.rejection.UnavailableException;

/**
 * Argon2id (RFC 9106) over HMAC-SHA256 of the received hash, whose key is the server's.
 *
 * <p>Safe for use by many threads, virtual ones too: native code would pin their carriers, so it
 * runs on a few platform threads of its own, and callers wait in line for one. Nothing is handed to
 * those threads before one is free, so whoever gave up waiting left no work behind.
 */
public final class Argon2PasswordHasher implements PasswordHasher, AutoCloseable {
  private static final String HMAC = "HmacSHA256";
  private static final int KEY_LENGTH = 32;
  private static final int SALT_LENGTH = 16;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(3);

  private final Argon2Settings settings;
  private final SecretKeySpec key;
  private final RandomSource random;
  private final Semaphore callers;
  private final Semaphore freeWorkers;
  private final ExecutorService workers;
  private final LongAdder refused = new LongAdder();

  /**
   * Starts no thread before the first call; takes a copy of the key.
   *
   * @param key 32 bytes, such as {@link ServerSecret#passwordKey()}
   */
  public Argon2PasswordHasher(Argon2Settings settings, byte[] key, RandomSource random) {
    if (key.length != KEY_LENGTH) {
      throw new IllegalArgumentException("A password key has 32 bytes, not " + key.length);
    }
    this.settings = settings;
    this.key = new SecretKeySpec(key, HMAC);
    this.random = random;
    this.callers = new Semaphore(settings.threads() + settings.queue());
    this.freeWorkers = new Semaphore(settings.threads(), true);
    this.workers =
        Executors.newFixedThreadPool(settings.threads(), new BackgroundThreads("argon2"));
  }

  @Override
  public PasswordVerifier hash(PasswordHash received) {
    return onWorker(() -> {
      byte[] salt = random.bytes(SALT_LENGTH);
      byte[] input = keyed(received);
      try {
        return new PasswordVerifier(Argon2Verifier.make(settings, salt, input).phc());
      } finally {
        Arrays.fill(input, (byte) 0);
      }
    });
  }

  @Override
  public PasswordVerifier decoy() {
    return new PasswordVerifier(
        Argon2Verifier.decoy(settings, random.bytes(SALT_LENGTH), random).phc());
  }

  @Override
  public boolean matches(PasswordVerifier verifier, PasswordHash presented) {
    Argon2Verifier stored = Argon2Verifier.parse(verifier.phc());
    return onWorker(() -> {
      byte[] input = keyed(presented);
      try {
        return stored.matches(input);
      } finally {
        Arrays.fill(input, (byte) 0);
      }
    });
  }

  private byte[] keyed(PasswordHash received) {
    byte[] text = received.secretBytes();
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private <T> T onWorker(Supplier<T> work) {
    if (!callers.tryAcquire()) {
      throw unavailable("too many callers wait", null);
    }
    try {
      awaitFreeWorker();
      return start(work).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Argon2 failed", e.getCause());
    } finally {
      callers.release();
    }
  }

  private void awaitFreeWorker() throws InterruptedException {
    if (!freeWorkers.tryAcquire(settings.maxWait().toNanos(), TimeUnit.NANOSECONDS)) {
      throw unavailable("no worker got free in time", null);
    }
  }

  /** The work gives its worker back itself, since its caller may be interrupted before that. */
  private <T> Future<T> start(Supplier<T> work) {
    try {
      return workers.submit(() -> {
        try {
          return work.get();
        } finally {
          freeWorkers.release();
        }
      });
    } catch (RejectedExecutionException e) {
      freeWorkers.release();
      throw unavailable("closed", e);
    }
  }

  private UnavailableException unavailable(String why, @Nullable Throwable cause) {
    refused.increment();
    return new UnavailableException("Password hasher: " + why, RETRY_AFTER, cause);
  }

  /** How busy it is. */
  public Argon2Load load() {
    int running = settings.threads() - freeWorkers.availablePermits();
    int callersInside = settings.threads() + settings.queue() - callers.availablePermits();
    return new Argon2Load(running, Math.max(0, callersInside - running), refused.sum());
  }

  /** Lets running computations end and refuses new ones. */
  @Override
  public void close() {
    workers.shutdown();
  }
}
