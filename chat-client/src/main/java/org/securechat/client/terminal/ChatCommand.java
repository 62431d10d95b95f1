package org.securechat.client.terminal;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.securechat.client.ChatSession;
import org.securechat.client.User;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.conversation.ConversationInfo;
import org.securechat.client.conversation.Conversations;
import org.securechat.client.failure.ChatException;
import org.securechat.client.terminal.chat.ChatForm;
import org.securechat.client.terminal.chat.Ink;
import org.securechat.client.terminal.chat.JlineScreen;
import org.securechat.client.terminal.chat.JsonForm;
import org.securechat.client.terminal.chat.Screen;
import org.securechat.client.terminal.chat.TextForm;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.protocol.key.DoesNotOpenException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code client chat}: a conversation, to read and to take part in. */
@Command(
    name = "chat",
    description =
        "Talk with people: opens the conversation with exactly these, or starts one; asks for the"
            + " password.",
    mixinStandardHelpOptions = true)
final class ChatCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions options = new CommonOptions();

  @Parameters(arity = "0..*", paramLabel = "USER", description = "Whom to talk with.")
  private List<String> users = new ArrayList<>();

  @Option(
      names = "--conversation",
      paramLabel = "ID",
      description = "An existing conversation, by the number that client conversations shows.")
  private @Nullable Long id;

  @Option(names = "--name", paramLabel = "NAME", description = "Start a new one of this name.")
  private @Nullable String name;

  @Option(names = "--no-color", description = "Print without colours, as with NO_COLOR set.")
  private boolean noColour;

  ChatCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws DoesNotOpenException {
    try (Workplace work = new Workplace(surroundings, options)) {
      return call(work);
    }
  }

  private int call(Workplace work) throws DoesNotOpenException {
    if (users.isEmpty() == (id == null)) {
      throw new UsageException("With whom? Name people, or one --conversation.");
    }
    if (id != null && name != null) {
      throw new UsageException("--name is for a new conversation; type /name in this one.");
    }
    ConversationId existing = id == null ? null : new ConversationId(id);
    ChatSession session = work.signedIn();
    AtomicReference<List<String>> others = new AtomicReference<>(List.of());
    try (Screen screen = screen(work, others)) {
      return chat(work, session, existing, screen, others);
    } catch (ChatException e) {
      // Ctrl-C while the conversation was read.
      if (Thread.interrupted()) {
        return TerminalClient.DONE;
      }
      throw e;
    }
  }

  private Screen screen(Workplace work, AtomicReference<List<String>> others) {
    return isDrawn(work) ? JlineScreen.ofProcess(others::get) : new PlainScreen(work.terminal());
  }

  private boolean isDrawn(Workplace work) {
    return work.terminal().isInteractive()
        && !work.isJson()
        && !surroundings.environment().getOrDefault("TERM", "").equals("dumb");
  }

  private boolean isColoured(Workplace work) {
    return isDrawn(work)
        && !noColour
        && surroundings.environment().getOrDefault("NO_COLOR", "").isEmpty();
  }

  private int chat(
      Workplace work,
      ChatSession session,
      @Nullable ConversationId existing,
      Screen screen,
      AtomicReference<List<String>> others) {
    Conversations conversations = work.conversations(session);
    People people = new People(session, conversations.contacts());
    UserId self = session.saved().account().id();
    Participants participants = new Participants(self, conversations.contacts());
    screen.status("Reading and verifying the conversation \u2026");
    Conversation conversation =
        existing == null ? findOrStart(conversations, people, self) : conversations.open(existing);
    ChatForm form =
        work.isJson()
            ? new JsonForm(user -> participants.name(conversation, user))
            : new TextForm(
                new Ink(isColoured(work)),
                ZoneId.systemDefault(),
                screen::width,
                user -> participants.name(conversation, user),
                each -> conversation.show(each, each).stream().findFirst());
    if (!conversation.isJoined()
        && !new Invitation(conversation, participants, screen, form).isAccepted()) {
      return TerminalClient.DONE;
    }
    others.set(participants.others(conversation));
    ChatView view = new ChatView(conversation, self, screen, form);
    Outbox outbox = new Outbox(conversation);
    try (ChatLive live =
        new ChatLive(conversations, conversation, self, participants, view, screen, form)) {
      ChatOrders orders =
          new ChatOrders(
              conversation,
              participants,
              people,
              view,
              screen,
              form,
              outbox,
              live::resume,
              isColoured(work));
      ChatRoom room = new ChatRoom(conversation, participants, view, screen, form, outbox, orders);
      ConversationInfo info = conversation.info();
      room.open(info);
      live.start(info);
      int code = room.run();
      return work.terminal().isInteractive() ? TerminalClient.DONE : code;
    }
  }

  /** The newest with exactly these people, or a new one. */
  private Conversation findOrStart(Conversations conversations, People people, UserId self) {
    Map<UserId, User> asked =
        users.stream()
            .map(people::ask)
            .collect(Collectors.toMap(User::id, user -> user, (one, same) -> one));
    Set<UserId> wanted = new HashSet<>(asked.keySet());
    wanted.add(self);
    Optional<Conversation> found =
        name != null
            ? Optional.empty()
            : conversations.list().stream()
                .filter(info -> users(info).equals(wanted))
                .map(info -> conversations.open(info.id()))
                .filter(each -> !each.isJoined() || each.epoch().users().equals(wanted))
                .findFirst();
    return found.orElseGet(
        () -> conversations.start(Optional.ofNullable(name), List.copyOf(asked.values())));
  }

  private static Set<UserId> users(ConversationInfo info) {
    return info.participants().orElse(List.of()).stream()
        .map(ConversationInfo.Participant::user)
        .collect(Collectors.toSet());
  }
}
