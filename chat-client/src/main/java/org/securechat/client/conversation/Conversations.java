package org.securechat.client.conversation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.securechat.client.ChatSession;
import org.securechat.client.SavedSession;
import org.securechat.client.User;
import org.securechat.client.failure.ChatException;
import org.securechat.client.failure.RefusalCode;
import org.securechat.client.failure.RefusedException;
import org.securechat.client.failure.ServerLiedException;
import org.securechat.client.failure.UnavailableException;
import org.securechat.client.failure.UnreachableException;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.http.JsonObject;
import org.securechat.client.state.DeviceState;
import org.securechat.client.state.MemoryStateStore;
import org.securechat.client.state.StateStore;
import org.securechat.crypto.SignatureVerifiers;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.Contacts;
import org.securechat.protocol.conversation.Contacts.Contact;
import org.securechat.protocol.conversation.ServerFault;

/**
 * The conversations of an account, as this device knows them. Safe for use by many threads.
 *
 * <pre>{@code
 * Conversations conversations = Conversations.of(session);
 * Conversation lunch = conversations.start(Optional.of("lunch"), List.of(session.user(bob)));
 * lunch.say("Hungry?");
 * for (ConversationEvent event : conversations.await(Duration.ofSeconds(30))) { … }
 * }</pre>
 *
 * <p>Whatever asks the server throws a {@link ChatException} when that fails.
 */
public final class Conversations {
  /** The longest that {@link #await} asks the server to wait. */
  public static final Duration MAX_WAIT = Duration.ofSeconds(30);

  /** Of 100 conversations each; nobody has that many, and a server could go on for ever. */
  private static final int MAX_PAGES = 1_000;

  /** How often {@link #await} asks for more before it gives out what it has. */
  private static final int MAX_ROUNDS = 20;

  private final Desk desk;
  private final Map<ConversationId, Conversation> open = new HashMap<>();
  private final Map<ConversationId, Long> known = new HashMap<>();

  /** Those that somebody may still have in hand. */
  private final Set<ConversationId> used = new HashSet<>();

  /** What came, until somebody is given it: the server tells it once. */
  private final List<ConversationEvent> events = new ArrayList<>();

  /** Conversations that could not go on, and who was known then: a decision lets them go on. */
  private final Map<ConversationId, List<Contact>> stuck = new HashMap<>();

  private Conversations(Desk desk) {
    this.desk = desk;
  }

  /**
   * Those of a signed-in account, with nothing remembered from before: everybody is new, and that
   * the server shows an older state than it did is not noticed. One object for as long as the
   * session is used.
   */
  public static Conversations of(ChatSession session) {
    return of(session, new MemoryStateStore());
  }

  /**
   * Those of a signed-in account, with what this device remembers of them. One object for as long
   * as the session is used.
   *
   * @param store the account's own
   * @throws org.securechat.client.state.StateException if the store can't be read; like every
   *     method where it can't be written
   */
  public static Conversations of(ChatSession session, StateStore store) {
    RandomSource random = new SystemRandomSource();
    SavedSession saved = session.saved();
    ConversationCalls calls =
        new ConversationCalls(
            session.calls(),
            new Retries(time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()), random));
    Notebook notebook = Notebook.open(store);
    return new Conversations(
        new Desk(
            new Myself(saved.account().id(), saved.account().username(), saved.identity()),
            calls,
            new KeyBook(calls, notebook.contacts()),
            notebook,
            SignatureVerifiers.fastest().verifier(),
            random,
            session.clock()));
  }

  /** Everybody that was met, for {@linkplain Contacts#verify safety numbers} and decisions. */
  public Contacts contacts() {
    return desk.notebook().contacts();
  }

  /**
   * All of them, the most recently active first. One that the server names another group for, or
   * another's, is among them: {@link #open} refuses it.
   *
   * @throws UntrustedAnswerException if the list does not end, or has more than {@value
   *     DeviceState#MAX_CONVERSATIONS}
   */
  public List<ConversationInfo> list() {
    Map<ConversationId, ConversationInfo> all = new LinkedHashMap<>();
    Set<String> cursors = new HashSet<>();
    Optional<String> cursor = Optional.empty();
    do {
      ConversationCalls.Listed page = desk.calls().list(cursor);
      page.conversations().forEach(info -> all.putIfAbsent(info.id(), info));
      if (all.size() > DeviceState.MAX_CONVERSATIONS) {
        throw Notebook.tooMany();
      }
      cursor = page.next();
      if (cursor.isPresent() && (!cursors.add(cursor.get()) || cursors.size() == MAX_PAGES)) {
        throw new UntrustedAnswerException("The server's list of conversations does not end");
      }
    } while (cursor.isPresent());
    prune(id -> !all.containsKey(id));
    all.values().forEach(this::rememberIfSound);
    return List.copyOf(all.values());
  }

  private void rememberIfSound(ConversationInfo info) {
    try {
      remember(info);
    } catch (UntrustedAnswerException e) {
      // Its own alone: whoever opens it is told, and the others go on.
    }
  }

  private synchronized void remember(ConversationInfo info) {
    note(info.id(), info.last());
    desk.notebook().bind(info.id(), info.group());
  }

  private synchronized void use(ConversationInfo info) {
    remember(info);
    used.add(info.id());
  }

  /** Makes room: of what is gone, the server would tell anew if it came back. */
  private synchronized void prune(Predicate<ConversationId> isGone) {
    Predicate<ConversationId> isUnused = id -> isGone.test(id) && !used.contains(id);
    known.keySet().removeIf(isUnused);
    desk.notebook().prune(isUnused);
  }

  /** What the server was caught at, for as long as the user has not decided. */
  public Map<ConversationId, ServerFault> faults() {
    return desk.notebook().faults();
  }

  /**
   * The user has seen what the server did and wants to go on: what this device knows of the
   * conversation is forgotten, and it is verified anew from its beginning. Where the log itself
   * holds the proof, that catches the server again.
   */
  public synchronized void startOver(ConversationId id) {
    open.remove(id);
    stuck.remove(id);
    desk.notebook().forget(id);
  }

  /**
   * A conversation with everything that this user may read of it, verified.
   *
   * @throws ServerLiedException also where the server was caught earlier, until the user decides to
   *     {@linkplain #startOver start over}
   */
  public synchronized Conversation open(ConversationId id) {
    Optional<ServerFault> fault = desk.notebook().fault(id);
    if (fault.isPresent()) {
      throw new ServerLiedException(fault.get());
    }
    Conversation conversation = open.get(id);
    if (conversation == null) {
      ConversationInfo info = desk.calls().find(id);
      use(info);
      conversation = Conversation.open(desk, info);
      open.put(id, conversation);
    }
    return conversation;
  }

  /**
   * Reads a conversation once more from its beginning and writes what this user may read of it into
   * a file that {@link org.securechat.protocol.export.ExportVerifier} verifies without a server.
   * Goes entry by entry. The file is readable by its owner alone, where the file system can do
   * that, and under its name there is all of it or nothing.
   *
   * @param keys whether the texts can be read by whoever has the file
   * @return the last entry of it, and the running hash there
   * @throws java.nio.file.FileAlreadyExistsException if there is something of that name; it stays
   * @throws org.securechat.client.failure.ServerLiedException if the server is proven to have lied;
   *     unless that shows in the beginning already, the file is there and proves it
   */
  public Seen export(ConversationId id, Path target, boolean keys) throws IOException {
    ConversationInfo info = desk.calls().find(id);
    use(info);
    return ConversationExport.write(desk, info, target, keys);
  }

  /**
   * Begins a conversation, with this user as its admin; the others are invited.
   *
   * @param name for its members only
   * @throws UntrustedAnswerException if the server answers with a conversation that is another:
   *     nothing is said there
   */
  public Conversation start(Optional<String> name, List<User> people) {
    List<Member> members = new ArrayList<>();
    members.add(desk.self().as(Role.ADMIN));
    for (User person : people) {
      members.add(new Member(person.id(), Role.MEMBER, person.publicKey(), person.username()));
    }
    GroupId group = new GroupId(HexFormat.of().formatHex(desk.random().bytes(GroupId.LENGTH)));
    NextEpoch first = NextEpoch.first(desk, group, members);
    Conversation conversation = open(begin(group, first));
    if (!conversation.beginsWith(first.signed().statement())) {
      throw new UntrustedAnswerException("The server answers with another conversation");
    }
    name.ifPresent(text -> conversation.send(new MessageContent.Name(text)));
    return conversation;
  }

  /** Once; a lost answer is found again by the group that this client has chosen. */
  private ConversationId begin(GroupId group, NextEpoch first) {
    for (int tries = 1; ; tries++) {
      try {
        return desk.calls().start(group, first.signed(), first.keys()).id();
      } catch (UnreachableException | UnavailableException e) {
        if (tries == Retries.MAX_TRIES || !desk.calls().waited(e, tries)) {
          throw e;
        }
      } catch (RefusedException e) {
        if (e.code() != RefusalCode.GROUP_ID_TAKEN || tries == 1) {
          throw e;
        }
        return list().stream()
            .filter(info -> info.group().equals(group))
            .map(ConversationInfo::id)
            .findFirst()
            .orElseThrow(() -> e);
      }
    }
  }

  /**
   * Waits for something to happen in any conversation.
   *
   * @param wait at most {@link #MAX_WAIT}; zero to ask only
   * @return what has happened; nothing if nothing did in time. Events may come twice
   * @throws ChatException when the server can't be asked; or when one conversation can't go on, be
   *     it that the server was caught or that somebody in it has changed: once, and again when
   *     something new happens there or the user has decided. The other conversations go on, and
   *     what has happened in them is returned by the next call
   */
  public List<ConversationEvent> await(Duration wait) {
    if (!hasEvents()) {
      receiveAll(wait);
    }
    desk.notebook().save();
    return takeEvents();
  }

  private synchronized boolean hasEvents() {
    return !events.isEmpty();
  }

  private synchronized List<ConversationEvent> takeEvents() {
    List<ConversationEvent> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  private void receiveAll(Duration wait) {
    Optional<ChatException> first = Optional.empty();
    boolean more = true;
    for (int rounds = 0; more && rounds < MAX_ROUNDS; rounds++) {
      JsonObject answer = desk.calls().sync(after(), rounds == 0 ? wait : Duration.ZERO);
      for (JsonObject event : answer.objects("events")) {
        Optional<ChatException> failure = receiveOne(event);
        first = first.or(() -> failure);
      }
      more = answer.flag("more");
    }
    if (first.isPresent()) {
      throw first.get();
    }
  }

  /** Returns the failure that is one conversation's own. */
  private Optional<ChatException> receiveOne(JsonObject event) {
    try {
      Optional<ConversationEvent> received = receive(event);
      synchronized (this) {
        received.ifPresent(events::add);
      }
      return Optional.empty();
    } catch (InvalidValueException e) {
      return Optional.of(
          new UntrustedAnswerException("The server tells of an event that can't be", e));
    } catch (ChatException e) {
      if (isOfAll(e)) {
        throw e;
      }
      return Optional.of(e);
    }
  }

  /** Whether it would be the same with any other conversation; then the events come again. */
  private static boolean isOfAll(ChatException failure) {
    return failure instanceof UnreachableException
        || failure instanceof UnavailableException
        || (failure instanceof RefusedException refused
            && refused.code() != RefusalCode.NOT_FOUND
            && refused.code() != RefusalCode.FORBIDDEN);
  }

  private synchronized Map<ConversationId, Long> after() {
    Map<ConversationId, Long> after = new HashMap<>(known);
    open.forEach((id, conversation) -> {
      if (conversation.isJoined() && !isStuck(id)) {
        after.put(id, conversation.last());
      }
    });
    return after;
  }

  /** Then what came is asked for no more: it would come again and again, before anything else. */
  private boolean isStuck(ConversationId id) {
    return desk.notebook().fault(id).isPresent()
        || (stuck.containsKey(id) && contacts().all().equals(stuck.get(id)));
  }

  private Optional<ConversationEvent> receive(JsonObject event) {
    return switch (event.text("type")) {
      case "entry" -> Optional.of(receiveEntry(event.object("entry")));
      case "conversation" -> Optional.of(receiveShape(event.object("conversation")));
      case "removed" -> Optional.of(forget(new ConversationId(event.number("conversation_id"))));
      case "read" ->
          Optional.of(
              new ConversationEvent.Read(
                  new ConversationId(event.number("conversation_id")),
                  new UserId(event.number("user_id")),
                  event.number("up_to")));
      default -> Optional.empty();
    };
  }

  private ConversationEvent receiveEntry(JsonObject entry) {
    ConversationId id = new ConversationId(entry.number("conversation_id"));
    note(id, entry.number("id"));
    Optional<Conversation> conversation = find(id);
    if (conversation.isPresent() && desk.notebook().fault(id).isEmpty()) {
      receiveEntry(conversation.get(), entry);
    }
    return new ConversationEvent.Entry(id, entry.number("id"));
  }

  private void receiveEntry(Conversation conversation, JsonObject entry) {
    try {
      conversation.receive(EntryReader.read(entry, conversation.id()));
    } catch (ChatException e) {
      if (!isOfAll(e)) {
        setStuck(conversation.id());
      }
      throw e;
    }
  }

  private synchronized void setStuck(ConversationId id) {
    stuck.put(id, contacts().all());
  }

  private synchronized Optional<Conversation> find(ConversationId id) {
    return Optional.ofNullable(open.get(id));
  }

  private synchronized void note(ConversationId id, long entry) {
    if (!known.containsKey(id)) {
      Notebook.requireRoom(known.size());
    }
    known.merge(id, entry, Math::max);
  }

  /** What it knows of entries stays: those come by themselves. */
  private ConversationEvent receiveShape(JsonObject json) {
    ConversationInfo info = ConversationCalls.info(json);
    synchronized (this) {
      note(info.id(), 0);
      desk.notebook().bind(info.id(), info.group());
    }
    return new ConversationEvent.Changed(info);
  }

  private synchronized ConversationEvent forget(ConversationId id) {
    open.remove(id);
    known.remove(id);
    stuck.remove(id);
    prune(id::equals);
    return new ConversationEvent.Removed(id);
  }
}
