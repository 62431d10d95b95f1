package org.securechat.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.PasswordHasher;
import org.securechat.domain.credential.PasswordVerifier;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.testkit.Background;
import org.securechat.testkit.contract.PasswordHasherContract;

@Timeout(60)
class Argon2PasswordHasherTest implements PasswordHasherContract {
  private static final byte[] KEY = new SequenceRandom().bytes(32);
  private static final PasswordHash RIGHT = PasswordHash.presented("ab".repeat(32));
  private static final Duration NO_TIME = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofHours(1);

  private final Gate gate = new Gate();
  private final List<Argon2PasswordHasher> opened = new CopyOnWriteArrayList<>();

  @Override
  public PasswordHasher hasher() {
    return hasher(KEY, Argon2Settings.defaults());
  }

  @AfterEach
  void close() {
    gate.open();
    opened.forEach(Argon2PasswordHasher::close);
  }

  @Test
  void matches_anotherKey_isFalse() {
    PasswordVerifier verifier = hasher(KEY, Argon2Settings.defaults()).hash(RIGHT);

    assertFalse(hasher(new byte[32], Argon2Settings.defaults()).matches(verifier, RIGHT));
  }

  @Test
  void matches_verifierOfOtherSettings_goesByItsOwn() {
    PasswordVerifier verifier =
        hasher(KEY, new Argon2Settings(20000, 3, 2, 1, LONG, 0)).hash(RIGHT);

    assertTrue(hasher(KEY, Argon2Settings.defaults()).matches(verifier, RIGHT));
  }

  @Test
  void matches_damagedVerifier_throws() {
    Argon2PasswordHasher hasher = hasher(KEY, Argon2Settings.defaults());

    assertThrows(
        IllegalStateException.class,
        () -> hasher.matches(new PasswordVerifier("$argon2id$"), RIGHT));
  }

  /** Held against another implementation of Argon2, and put together by hand. */
  @Test
  void hash_fixedSalt_isArgon2idOverTheKeyedHash() throws Exception {
    byte[] salt = new SequenceRandom().bytes(16);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    byte[] tag = new byte[32];
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(19456)
            .withIterations(2)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    argon2.generateBytes(mac.doFinal("ab".repeat(32).getBytes(UTF_8)), tag);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();

    Argon2PasswordHasher hasher =
        open(new Argon2PasswordHasher(Argon2Settings.defaults(), KEY, new SequenceRandom()));

    assertEquals(
        "$argon2id$v=19$m=19456,t=2,p=1$"
            + base64.encodeToString(salt)
            + "$"
            + base64.encodeToString(tag),
        hasher.hash(RIGHT).phc());
  }

  /** What a check costs stands in the verifier: a decoy's says what a fresh one's does. */
  @Test
  void decoy_besideAFreshVerifier_hasItsParameters() {
    Argon2PasswordHasher hasher = hasher(KEY, new Argon2Settings(20000, 3, 2, 1, LONG, 0));
    String[] fresh = hasher.hash(RIGHT).phc().split("\\$", -1);
    String[] decoy = hasher.decoy().phc().split("\\$", -1);

    assertEquals(List.of("", "argon2id", "v=19", "m=20000,t=3,p=2"), List.of(decoy).subList(0, 4));
    assertEquals(List.of(fresh).subList(0, 4), List.of(decoy).subList(0, 4));
    assertEquals(fresh[4].length(), decoy[4].length());
    assertEquals(fresh[5].length(), decoy[5].length());
  }

  @Test
  void hash_twice_haveNothingInCommon() {
    Argon2PasswordHasher hasher = hasher(KEY, Argon2Settings.defaults());
    String[] one = hasher.hash(RIGHT).phc().split("\\$", -1);
    String[] two = hasher.hash(RIGHT).phc().split("\\$", -1);

    assertNotEquals(one[4], two[4]);
    assertNotEquals(one[5], two[5]);
  }

  @Test
  void hash_anyHash_runsOnADaemonOfTheHasher() {
    AtomicReference<@Nullable Thread> worker = new AtomicReference<>();
    RandomSource random =
        count -> {
          worker.set(Thread.currentThread());
          return new byte[count];
        };

    open(new Argon2PasswordHasher(Argon2Settings.defaults(), KEY, random)).hash(RIGHT);

    Thread thread = worker.get();
    assertTrue(thread != null && thread.isDaemon() && thread.getName().equals("argon2-1"));
  }

  @Test
  void hash_noWorkerGetsFreeInTime_isUnavailableAndLeavesNoWork() {
    Argon2PasswordHasher hasher = gated(NO_TIME, 1);
    CompletableFuture<PasswordVerifier> first = Background.supply(() -> hasher.hash(RIGHT));
    gate.awaitEntry();

    UnavailableException e = assertThrows(UnavailableException.class, () -> hasher.hash(RIGHT));
    gate.open();

    assertEquals(Duration.ofSeconds(3), e.retryAfter());
    assertTrue(hasher.matches(first.join(), RIGHT));
    assertEquals(1, gate.entries());
  }

  @Test
  void hash_queueFull_isUnavailableAtOnce() {
    Argon2PasswordHasher hasher = gated(LONG, 0);
    CompletableFuture<PasswordVerifier> first = Background.supply(() -> hasher.hash(RIGHT));
    gate.awaitEntry();

    assertThrows(UnavailableException.class, () -> hasher.hash(RIGHT));

    gate.open();
    assertTrue(hasher.matches(first.join(), RIGHT));
  }

  @Test
  void load_oneRunsAndOneIsSentAway_countsBoth() throws Exception {
    Argon2PasswordHasher hasher = gated(LONG, 0);
    CompletableFuture<PasswordVerifier> first = Background.supply(() -> hasher.hash(RIGHT));
    gate.awaitEntry();
    assertThrows(UnavailableException.class, () -> hasher.hash(RIGHT));

    assertEquals(new Argon2Load(1, 0, 1), hasher.load());

    gate.open();
    first.join();
  }

  @Test
  void hash_interruptedBeforeItsTurn_isUnavailableAndStaysInterrupted() {
    Argon2PasswordHasher hasher = hasher(KEY, Argon2Settings.defaults());

    Thread.currentThread().interrupt();
    assertThrows(UnavailableException.class, () -> hasher.hash(RIGHT));

    assertTrue(Thread.interrupted());
    assertTrue(hasher.matches(hasher.hash(RIGHT), RIGHT));
  }

  @Test
  void hash_interruptedWhileItRuns_isUnavailableAndGivesTheWorkerBack() throws Exception {
    Argon2PasswordHasher hasher = gated(LONG, 1);
    AtomicBoolean stayedInterrupted = new AtomicBoolean();
    Thread caller =
        new Thread(() -> {
          assertThrows(UnavailableException.class, () -> hasher.hash(RIGHT));
          stayedInterrupted.set(Thread.currentThread().isInterrupted());
        });
    caller.start();
    gate.awaitEntry();

    caller.interrupt();
    caller.join();
    gate.open();

    assertTrue(stayedInterrupted.get());
    assertTrue(hasher.matches(hasher.hash(RIGHT), RIGHT));
  }

  @Test
  void hash_randomSourceFails_throwsAndGivesTheWorkerBack() {
    AtomicBoolean broken = new AtomicBoolean(true);
    RandomSource random =
        count -> {
          if (broken.get()) {
            throw new IllegalStateException("no entropy");
          }
          return new byte[count];
        };
    Argon2PasswordHasher hasher = open(new Argon2PasswordHasher(settings(LONG, 0), KEY, random));

    Exception e = assertThrows(IllegalStateException.class, () -> hasher.hash(RIGHT));
    broken.set(false);

    assertEquals("Argon2 failed", e.getMessage());
    assertTrue(hasher.matches(hasher.hash(RIGHT), RIGHT));
  }

  @Test
  void hash_closed_isUnavailable() {
    Argon2PasswordHasher hasher = hasher(KEY, Argon2Settings.defaults());

    hasher.close();

    assertThrows(UnavailableException.class, () -> hasher.hash(RIGHT));
  }

  @Test
  void constructor_keyOfAnotherLength_throws() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Argon2PasswordHasher(
                    Argon2Settings.defaults(), new byte[31], new SequenceRandom()));
    assertEquals("A password key has 32 bytes, not 31", e.getMessage());
  }

  private Argon2PasswordHasher hasher(byte[] key, Argon2Settings settings) {
    return open(new Argon2PasswordHasher(settings, key, new SystemRandomSource()));
  }

  /** One worker, which waits for the gate wherever it makes a hash. */
  private Argon2PasswordHasher gated(Duration maxWait, int queue) {
    return open(new Argon2PasswordHasher(settings(maxWait, queue), KEY, gate));
  }

  private Argon2PasswordHasher open(Argon2PasswordHasher hasher) {
    opened.add(hasher);
    return hasher;
  }

  private static Argon2Settings settings(Duration maxWait, int queue) {
    return new Argon2Settings(19456, 2, 1, 1, maxWait, queue);
  }

  /** A random source that tells when it is asked and answers once it is opened. */
  private static final class Gate implements RandomSource {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);
    private final List<Integer> entries = new CopyOnWriteArrayList<>();

    @Override
    public byte[] bytes(int count) {
      entries.add(count);
      entered.countDown();
      await(open);
      return new byte[count];
    }

    private void awaitEntry() {
      await(entered);
    }

    private void open() {
      open.countDown();
    }

    private int entries() {
      return entries.size();
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
