package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.NewAccount;
import org.securechat.domain.account.PendingRegistration;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.Proof;
import org.securechat.domain.account.RegistrationStore;
import org.securechat.domain.account.SignIn;
import org.securechat.domain.account.StoredSecrets;
import org.securechat.domain.credential.PasswordVerifier;
import org.securechat.domain.credential.SealedSecret;
import org.securechat.domain.credential.SecondFactor;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Session;
import org.securechat.domain.session.SessionState;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestUser;

class SqliteBackupTest {
  private static final UserId ALICE = new UserId(1);
  private static final Settlement NOTHING_CHARGED = new Settlement(List.of(), List.of());

  @TempDir Path folder;

  private final TestClock clock = TestClock.atNoon();
  private final List<JdbiChat> opened = new ArrayList<>();
  private Path copy;
  private JdbiChat original;

  @BeforeEach
  void openOriginal() throws Exception {
    copy = Files.createFile(folder.resolve("copy.db"));
    original = open(database());
  }

  @AfterEach
  void close() {
    opened.forEach(JdbiChat::close);
  }

  private Path database() {
    return folder.resolve("chat.db");
  }

  private JdbiChat open(Path path) {
    JdbiChat chat = JdbiChat.openSqlite(SqliteSettings.of(path), clock);
    opened.add(chat);
    return chat;
  }

  private void backUp() {
    new SqliteBackup(SqliteSettings.of(database())).copyTo(copy, percent -> {});
  }

  private static Sha256 hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Once once(String text) {
    return new Once(TestClock.NOON, TestUser.named("alice").identityKey(), hash(text));
  }

  private static Session session(UserId user, String token) {
    return new Session(
        hash(token), token, user, SessionState.FULL, TestClock.NOON, TestClock.NOON, "agent");
  }

  private static Account register(JdbiChat chat, long id, String name) {
    Profile profile = TestUser.named(name).profile();
    Sha256 token = hash("registration of " + name);
    Account account = new Account(new UserId(id), profile, secrets(), TestClock.NOON);
    RegistrationStore registrations = chat.stores().registrations();
    registrations.begin(
        new PendingRegistration(token, profile, secrets(), TestClock.NOON), once("begin " + name));
    NewAccount created =
        new NewAccount(
            token,
            account,
            List.of(),
            TotpStep.at(TestClock.NOON),
            session(account.id(), "first session of " + name),
            NOTHING_CHARGED);
    assertTrue(registrations.confirm(created, once("confirm " + name)));
    return account;
  }

  private static StoredSecrets secrets() {
    SealedSecret secret = SealedSecret.copyOf(new byte[32]);
    return new StoredSecrets(new PasswordVerifier("$argon2id$verifier"), secret, secret);
  }

  private boolean signsIn(JdbiChat chat, TotpStep step) {
    SignIn signIn =
        new SignIn(
            new Proof(Optional.of(new SecondFactor.Step(step)), secrets()),
            session(ALICE, "session " + step),
            100,
            Optional.empty(),
            NOTHING_CHARGED);
    return chat.stores().accounts().signIn(signIn, once("login " + step));
  }

  private TotpStep now() {
    return TotpStep.at(clock.instant());
  }

  @Test
  void copyTo_whileChangesGoOn_isWhatWasThereAtItsBeginning() throws Exception {
    Account alice = register(original, 1, "alice");
    fill(24);
    CountDownLatch copying = new CountDownLatch(1);
    CountDownLatch changed = new CountDownLatch(1);
    List<Integer> progress = new CopyOnWriteArrayList<>();
    Call<Boolean> backup =
        Call.start(() -> {
          new SqliteBackup(SqliteSettings.of(database()))
              .copyTo(
                  copy,
                  percent -> {
                    progress.add(percent);
                    copying.countDown();
                    await(changed);
                  });
          return true;
        });
    copying.await();

    // The writer goes on in the middle of the copying, and does not make it begin anew.
    Account bob = register(original, 2, "bob");
    changed.countDown();
    assertTrue(backup.result());

    assertEquals(progress.stream().sorted().distinct().toList(), progress);
    assertTrue(progress.size() > 3, progress.toString());
    assertEquals(100, progress.get(progress.size() - 1));
    JdbiChat restored = open(copy);
    assertEquals(Optional.of(alice), restored.stores().accounts().find(ALICE));
    assertEquals(Optional.empty(), restored.stores().accounts().find(bob.id()));
    assertEquals(Optional.of(bob), original.stores().accounts().find(bob.id()));
  }

  /** Megabytes, so that there is more than one step. */
  private void fill(int megabytes) {
    try (Handle handle = Tables.jdbi(SqliteDataSource.writing(settings())).open()) {
      handle.execute("CREATE TABLE filling (bytes BLOB)");
      for (int i = 0; i < megabytes; i++) {
        handle.execute("INSERT INTO filling VALUES (randomblob(1000000))");
      }
    }
  }

  private SqliteSettings settings() {
    return SqliteSettings.of(database());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void copyTo_done_isOneFile() throws Exception {
    backUp();

    try (var files = Files.list(folder)) {
      assertEquals(
          List.of("copy.db"),
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith("copy"))
              .toList());
    }
  }

  @Test
  void openSqlite_copy_acceptsOnlyWhatIsSignedLater() {
    backUp();
    clock.advance(Duration.ofMillis(90_500));
    Instant restored = Instant.ofEpochSecond(clock.instant().getEpochSecond());

    assertEquals(restored.plusSeconds(1), open(copy).stores().replays().acceptedFrom());
  }

  @Test
  void openSqlite_copyAgain_staysWithTheFirstTime() {
    backUp();
    JdbiChat first = open(copy);
    Instant from = first.stores().replays().acceptedFrom();
    first.close();

    clock.advance(Duration.ofHours(1));

    assertEquals(from, open(copy).stores().replays().acceptedFrom());
    assertNotEquals(Instant.EPOCH, from);
  }

  @Test
  void openSqlite_originalAfterABackup_acceptsWhatItDid() {
    backUp();
    original.close();

    assertEquals(Instant.EPOCH, open(database()).stores().replays().acceptedFrom());
  }

  @Test
  void signIn_stepUpToTheOpening_isSpentForEverybody() {
    register(original, 1, "alice");
    backUp();
    clock.advance(Duration.ofMinutes(10));
    JdbiChat restored = open(copy);

    assertFalse(signsIn(restored, now().plus(-1)));
    assertFalse(signsIn(restored, now()));
    assertTrue(signsIn(restored, now().plus(1)));
    assertFalse(signsIn(restored, now().plus(1)));
    assertTrue(signsIn(original, now()));
  }

  @Test
  void openSqlite_copy_endsTheTickets() {
    register(original, 1, "alice");
    try (Handle handle = Tables.jdbi(SqliteDataSource.writing(settings())).open()) {
      handle.execute("INSERT INTO login_tickets VALUES (zeroblob(32), 1, 0, 0)");
    }
    backUp();
    open(copy);

    assertEquals(0, tickets(copy));
    assertEquals(1, tickets(database()));
  }

  private static int tickets(Path path) {
    try (Handle handle = Tables.jdbi(SqliteDataSource.reading(SqliteSettings.of(path))).open()) {
      return handle.createQuery("SELECT COUNT(*) FROM login_tickets").mapTo(int.class).one();
    }
  }

  @Test
  void markRestored_openedAgain_acceptsOnlyWhatIsSignedLater() {
    original.markRestored();
    original.close();
    clock.advance(Duration.ofMinutes(1));

    assertEquals(
        clock.instant().plusSeconds(1), open(database()).stores().replays().acceptedFrom());
  }

  @Test
  void copyTo_noDatabaseOrAnotherSchema_isRefused() {
    SqliteBackup none = new SqliteBackup(SqliteSettings.of(folder.resolve("none.db")));
    assertThrows(DatabaseException.class, () -> none.copyTo(copy, percent -> {}));

    original.close();
    Schema.ofSqlite(settings()).downgradeTo(2, true);
    SchemaException e = assertThrows(SchemaException.class, this::backUp);
    assertTrue(String.valueOf(e.getMessage()).contains("version 2"), e.getMessage());
  }
}
