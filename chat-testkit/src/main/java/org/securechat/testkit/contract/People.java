package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.AccountFixtures.NOTHING_CHARGED;
import static org.securechat.testkit.contract.AccountFixtures.once;
import static org.securechat.testkit.contract.AccountFixtures.proof;
import static org.securechat.testkit.contract.AccountFixtures.session;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.securechat.domain.ChatPorts;
import org.securechat.domain.ChatStores;
import org.securechat.domain.account.AccountClosing;
import org.securechat.domain.conversation.ConversationName;
import org.securechat.domain.conversation.ConversationSettings;
import org.securechat.domain.conversation.Conversations;
import org.securechat.domain.event.LocalEventBus;
import org.securechat.domain.file.FileSettings;
import org.securechat.domain.file.Files;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;
import org.securechat.domain.session.Caller;
import org.securechat.domain.session.SignedCaller;
import org.securechat.domain.timeline.Timeline;
import org.securechat.domain.timeline.TimelineSettings;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;
import org.securechat.testkit.TestUser;
import org.securechat.testkit.memory.InMemoryChat;

/**
 * People with accounts, and the use cases by which they talk, over the stores under test. Safe for
 * use by many threads.
 */
final class People {
  final ChatStores stores;
  final TestClock clock = TestClock.atNoon();
  final Conversations conversations;
  final Timeline timeline;
  final Files files;

  private final AtomicInteger requests = new AtomicInteger();

  People(ChatStores stores) {
    this(stores, ConversationSettings.defaults(), FileSettings.defaults());
  }

  People(ChatStores stores, ConversationSettings settings, FileSettings fileSettings) {
    ChatPorts tools = InMemoryChat.ports(clock);
    LocalEventBus events = new LocalEventBus();
    this.stores = stores;
    conversations =
        new Conversations(
            stores.conversations(),
            stores.conversationKeys(),
            tools.signatures(),
            settings,
            events,
            tools.random(),
            clock);
    timeline =
        new Timeline(
            stores.messages(),
            stores.conversations(),
            tools.signatures(),
            TimelineSettings.defaults(),
            events,
            clock);
    files = new Files(stores.files(), stores.conversations(), fileSettings, tools.random(), clock);
  }

  /** Somebody with an account and a session. */
  Person register(long id, String name) {
    TestUser user = TestUser.named(name);
    return new Person(AccountFixtures.register(stores, id, user).id(), user);
  }

  Caller caller(Person person) {
    String token = "first session of " + person.user().name();
    return new Caller(session(person.id().value(), token), person.user().identityKey());
  }

  Actor actor(Person person) {
    return caller(person).actor();
  }

  /** A request that nobody has made. */
  SignedCaller calling(Person person) {
    return new SignedCaller(caller(person), fresh(person));
  }

  Once fresh(Person person) {
    return once(person.id().value(), "request " + requests.incrementAndGet());
  }

  /** A conversation without a name. */
  Room begin(Person author, Person... others) {
    return begin(author, Optional.empty(), others);
  }

  Room begin(Person author, Optional<ConversationName> name, Person... others) {
    TestGroup group = TestGroup.create();
    return new Room(
        this,
        conversations
            .start()
            .start(calling(author), group.id(), name, group.first(author, others))
            .id(),
        group);
  }

  /** A conversation in which everybody has joined. */
  Room gather(Person author, Person... others) {
    Room room = begin(author, others);
    for (Person other : others) {
      room.join(other);
    }
    return room;
  }

  /** Ends somebody's account. */
  void close(Person person) {
    AccountClosing closing =
        new AccountClosing(
            actor(person), proof(person.id().value()), clock.instant(), NOTHING_CHARGED);
    assertTrue(stores.accounts().close(closing, fresh(person)));
  }
}
