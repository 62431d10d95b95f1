package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.domain.ChatStores;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.timeline.MessageDraft;
import org.securechat.domain.timeline.Page;
import org.securechat.domain.timeline.PageRange;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestGroup.Person;

/** How many statements the hot calls take, whatever there is. */
class StatementCountTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final PageRange NEWEST = new PageRange(0, Long.MAX_VALUE, true);

  @TempDir Path folder;
  private final StatementLog log = new StatementLog();
  private JdbiChat chat;
  private Readers readers;
  private GroupCommit writer;
  private ChatStores watched;
  private Talk talk;
  private Person alice;
  private Person bob;

  @BeforeEach
  void open() {
    SqliteSettings settings = SqliteSettings.of(folder.resolve("chat.db"));
    TestClock clock = TestClock.atNoon();
    chat = JdbiChat.openSqlite(settings, clock);
    try (Handle handle = Jdbi.open(SqliteDataSource.writing(settings))) {
      alice = Talk.register(handle, 1, "alice");
      bob = Talk.register(handle, 2, "bob");
    }
    talk = new Talk(chat.stores(), clock);
    SqlDatabase database = new Watched(new SqliteDatabase(settings), log);
    readers = new Readers(database, 1, 10, LONG);
    writer = GroupCommit.start(database, Tables.jdbi(database.writing()), 1, 10, 10, LONG);
    ChatStores all = chat.stores();
    watched =
        new ChatStores(
            all.accounts(),
            all.secondFactors(),
            all.registrations(),
            all.sessions(),
            all.blocks(),
            all.attempts(),
            new JdbiConversationStore(readers, writer),
            new JdbiConversationKeyStore(readers),
            new JdbiMessageStore(readers, writer),
            new JdbiFileStore(readers, writer),
            all.replays());
  }

  @AfterEach
  void close() {
    writer.close();
    readers.close();
    chat.close();
  }

  /** A SQLite database whose connections are watched. */
  private record Watched(SqliteDatabase real, StatementLog log) implements SqlDatabase {
    @Override
    public String name() {
      return real.name();
    }

    @Override
    public DataSource reading() {
      return log.watch(real.reading());
    }

    @Override
    public DataSource writing() {
      return log.watch(real.writing());
    }

    @Override
    public DataSource migrating() {
      return real.migrating();
    }

    @Override
    public String scripts() {
      return real.scripts();
    }

    @Override
    public void requireUsable() {
      real.requireUsable();
    }

    @Override
    public boolean exists() {
      return real.exists();
    }

    @Override
    public String hasHistory() {
      return real.hasHistory();
    }

    @Override
    public String tables() {
      return real.tables();
    }

    @Override
    public String columns() {
      return real.columns();
    }

    @Override
    public void lockSchema(Handle handle) {
      real.lockSchema(handle);
    }

    @Override
    public Duration connectionLifetime() {
      return real.connectionLifetime();
    }

    @Override
    public void begin(Statement control, SortedSet<Long> locks) throws SQLException {
      real.begin(control, locks);
    }

    @Override
    public String keepingRows() {
      return real.keepingRows();
    }

    @Override
    public boolean isOutage(Throwable failure) {
      return real.isOutage(failure);
    }

    @Override
    public boolean isClash(Throwable failure) {
      return real.isClash(failure);
    }

    @Override
    public DatabaseException cannotOpen(Exception cause) {
      return real.cannotOpen(cause);
    }
  }

  @Test
  void append_message_isOneQueryOneInsertAndOneUpdateThatArePreparedOnce() {
    Talk.Room room = talk.gather(alice, bob);
    Talk sending = new Talk(watched, talk.clock);
    for (int i = 0; i < 3; i++) {
      MessageDraft draft = room.group().message(alice, "message " + i);
      log.takeExecuted();

      sending.timeline.post().post(sending.calling(alice), room.id, draft);

      assertEquals(
          List.of(
              "SAVEPOINT unit",
              TimelineStatements.LOAD,
              TimelineStatements.INSERT,
              TimelineStatements.MOVE_TIP,
              "RELEASE unit"),
          log.takeExecuted());
    }
    assertEquals(1, log.countPrepared("INSERT INTO messages"));
  }

  @Test
  void page_withFilesEpochsAndDeletions_isThreeQueries() throws Exception {
    Talk.Room room = talk.gather(alice, bob);
    for (int i = 0; i < 10; i++) {
      FileRecord one = room.upload(alice, new byte[] {1, (byte) i});
      FileRecord other = room.upload(alice, new byte[] {2, (byte) i});
      Entry.Message message = room.post(alice, "files", one, other);
      room.post(alice, "none");
      room.renew(bob);
      room.delete(alice, message.place().id());
    }

    Page page = watched.messages().page(room.id, NEWEST, 50, 1 << 20);

    assertEquals(41, page.entries().size());
    assertEquals(
        20,
        page.entries().stream()
            .mapToInt(entry -> entry instanceof Entry.Message message ? message.files().size() : 0)
            .sum());
    assertEquals(3, log.takeExecuted().size());
  }

  @Test
  void page_withoutFiles_isTwoQueries() {
    Talk.Room room = talk.gather(alice, bob);
    room.post(alice, "hello");

    watched.messages().page(room.id, NEWEST, 50, 1 << 20);

    assertEquals(2, log.takeExecuted().size());
  }

  @Test
  void list_fiftyConversations_isTwoQueries() {
    for (int i = 0; i < 50; i++) {
      Talk.Room room = talk.gather(alice, bob);
      room.post(alice, "one");
      room.post(alice, "two");
    }

    List<ConversationView> list =
        watched.conversations().listBefore(bob.id(), Optional.empty(), 50, 100);

    assertEquals(50, list.size());
    assertTrue(list.stream().allMatch(view -> view.unread() == 2));
    assertEquals(2, log.takeExecuted().size());
  }

  @Test
  void viewParticipantAndStandings_areTwoOneAndOneQuery() {
    Talk.Room room = talk.gather(alice, bob);
    List<Integer> counts = new ArrayList<>();

    watched.conversations().view(room.id, bob.id());
    counts.add(log.takeExecuted().size());
    watched.conversations().participant(room.id, bob.id());
    counts.add(log.takeExecuted().size());
    watched.conversations().standings(bob.id());
    counts.add(log.takeExecuted().size());

    assertEquals(List.of(2, 1, 1), counts);
  }
}
