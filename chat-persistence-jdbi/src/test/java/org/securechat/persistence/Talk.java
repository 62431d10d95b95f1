package org.securechat.persistence;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.securechat.domain.ChatStores;
import org.securechat.domain.conversation.ConversationSettings;
import org.securechat.domain.conversation.Conversations;
import org.securechat.domain.event.LocalEventBus;
import org.securechat.domain.file.FileName;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.file.FileSettings;
import org.securechat.domain.file.Files;
import org.securechat.domain.file.MimeType;
import org.securechat.domain.file.UploadFile.Arriving;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;
import org.securechat.domain.session.Caller;
import org.securechat.domain.session.Session;
import org.securechat.domain.session.SessionState;
import org.securechat.domain.session.SignedCaller;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.timeline.MessageDraft;
import org.securechat.domain.timeline.PageRange;
import org.securechat.domain.timeline.Timeline;
import org.securechat.domain.timeline.TimelineSettings;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;
import org.securechat.testkit.TestUser;
import org.securechat.testkit.memory.InMemoryChat;

/** People who talk over the stores of a database, by the use cases of the domain. */
final class Talk {
  final ChatStores stores;
  final TestClock clock;
  final Conversations conversations;
  final Timeline timeline;
  final Files files;

  private final AtomicLong requests = new AtomicLong();

  Talk(ChatStores stores, TestClock clock) {
    this.stores = stores;
    this.clock = clock;
    SignatureVerifier signatures = InMemoryChat.ports(clock).signatures();
    RandomSource random = InMemoryChat.ports(clock).random();
    LocalEventBus events = new LocalEventBus();
    conversations =
        new Conversations(
            stores.conversations(),
            stores.conversationKeys(),
            signatures,
            ConversationSettings.defaults(),
            events,
            random,
            clock);
    timeline =
        new Timeline(
            stores.messages(),
            stores.conversations(),
            signatures,
            TimelineSettings.defaults(),
            events,
            clock);
    files =
        new Files(stores.files(), stores.conversations(), FileSettings.defaults(), random, clock);
  }

  /** Puts somebody's account and session into the database. */
  static Person register(Handle handle, long id, String name) {
    TestUser user = TestUser.named(name);
    handle
        .createUpdate(
            """
            INSERT INTO users (
              id, username, username_canonical, email, email_canonical, created_at_ms,
              password_hash, encrypted_private_key, public_key, encryption_iv, kdf_memory_kib,
              kdf_iterations, kdf_parallelism, twofa_secret)
            VALUES (
              :id, :name, :name, :name, :name, 0, 'phc', :key, :key, :iv, 1, 1, 1, :key)
            """)
        .bind("id", id)
        .bind("name", user.profile().username().value())
        .bind("key", user.identityKey().toByteArray())
        .bind("iv", "0".repeat(24))
        .execute();
    handle
        .createUpdate(
            """
            INSERT INTO sessions (
              token_hash, id, user_id, state, created_at_ms, last_used_at_ms, user_agent)
            VALUES (:token, :name, :id, 'FULL', 0, 0, '')
            """)
        .bind("token", token(id).toByteArray())
        .bind("name", name)
        .bind("id", id)
        .execute();
    return new Person(new UserId(id), user);
  }

  static Sha256 token(long id) {
    return Sha256.of(("token of " + id).getBytes(StandardCharsets.UTF_8));
  }

  static Caller caller(Person person) {
    Instant began = Instant.EPOCH;
    return new Caller(
        new Session(
            token(person.id().value()),
            person.user().name(),
            person.id(),
            SessionState.FULL,
            began,
            began,
            ""),
        person.user().identityKey());
  }

  static Actor actor(Person person) {
    return new Actor(person.id(), token(person.id().value()));
  }

  /** The right to a change that nobody has made. */
  Once once(Person person) {
    String request = "request " + requests.incrementAndGet();
    return new Once(
        clock.instant(),
        person.user().identityKey(),
        Sha256.of(request.getBytes(StandardCharsets.UTF_8)));
  }

  SignedCaller calling(Person person) {
    return new SignedCaller(caller(person), once(person));
  }

  /** A conversation in which everybody has joined. */
  Room gather(Person author, Person... others) {
    TestGroup group = TestGroup.create();
    ConversationId id =
        conversations
            .start()
            .start(calling(author), group.id(), Optional.empty(), group.first(author, others))
            .id();
    for (Person other : others) {
      conversations.join().join(calling(other), id);
    }
    return new Room(this, id, group);
  }

  /** One conversation; for one thread. */
  static final class Room {
    final ConversationId id;
    private final Talk talk;
    private TestGroup group;

    Room(Talk talk, ConversationId id, TestGroup group) {
      this.talk = talk;
      this.id = id;
      this.group = group;
    }

    /** As its members have read it up to now. */
    TestGroup group() {
      group = group.read(talk.stores.messages().page(id, after(), 1000, 1 << 30).entries());
      return group;
    }

    private PageRange after() {
      return new PageRange(group.seen().entry(), Long.MAX_VALUE, false);
    }

    Entry.Message post(Person sender, String content, FileRecord... files) {
      return post(sender, group().message(sender, content, List.of(files), Optional.empty()));
    }

    Entry.Message post(Person sender, MessageDraft draft) {
      return talk.timeline.post().post(talk.calling(sender), id, draft).message();
    }

    Entry.Message postExpiring(Person sender, String content, Duration life, FileRecord... files) {
      Optional<Integer> seconds = Optional.of(Math.toIntExact(life.toSeconds()));
      return post(sender, group().message(sender, content, List.of(files), seconds));
    }

    void delete(Person sender, long message) {
      talk.timeline.delete().delete(talk.calling(sender), id, group().deletion(sender, message));
    }

    void renew(Person author) {
      talk.conversations
          .startEpoch()
          .start(
              talk.calling(author),
              id,
              group().statement().epoch() + 1,
              Optional.empty(),
              group().renew(author));
    }

    void leave(Person person) {
      talk.conversations.leave().leave(talk.calling(person), id);
    }

    FileRecord upload(Person uploader, byte[] content) throws IOException {
      return talk.files
          .upload()
          .upload(
              talk.calling(uploader),
              id,
              new FileName("file"),
              new MimeType("application/octet-stream"),
              new Arriving(
                  new ByteArrayInputStream(content), OptionalLong.empty(), Sha256.of(content)));
    }
  }
}
