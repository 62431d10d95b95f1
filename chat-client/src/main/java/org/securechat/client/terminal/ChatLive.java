package org.securechat.client.terminal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.conversation.ConversationEvent;
import org.securechat.client.conversation.ConversationInfo;
import org.securechat.client.conversation.ConversationInfo.Participant;
import org.securechat.client.conversation.Conversations;
import org.securechat.client.failure.ChangedIdentityException;
import org.securechat.client.failure.ChatException;
import org.securechat.client.failure.RefusalCode;
import org.securechat.client.failure.RefusedException;
import org.securechat.client.failure.ServerLiedException;
import org.securechat.client.state.StateException;
import org.securechat.client.terminal.chat.ChatForm;
import org.securechat.client.terminal.chat.Screen;
import org.securechat.domain.identity.UserId;

/**
 * Waits beside the prompt for what happens, and has it shown. While the server is away it goes on
 * trying, and says so once; after what only the user can decide it waits for {@link #resume}.
 */
final class ChatLive implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final Duration END = Duration.ofSeconds(2);
  private static final Set<RefusalCode> FINAL =
      Set.of(
          RefusalCode.NOT_AUTHENTICATED,
          RefusalCode.SECOND_FACTOR_RESET_REQUIRED,
          RefusalCode.NOT_FOUND,
          RefusalCode.FORBIDDEN);

  private final Conversations conversations;
  private final Conversation conversation;
  private final UserId self;
  private final Participants participants;
  private final ChatView view;
  private final Screen screen;
  private final ChatForm form;
  private final Thread thread = new Thread(this::run, "chat-live");
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean stopped;
  private boolean closed;

  // Only the thread's own, once it runs.
  private Duration pause = Duration.ZERO;
  private final Map<UserId, Participant> present = new HashMap<>();
  private final Set<UserId> told = new HashSet<>();
  private long readersOf;

  ChatLive(
      Conversations conversations,
      Conversation conversation,
      UserId self,
      Participants participants,
      ChatView view,
      Screen screen,
      ChatForm form) {
    this.conversations = conversations;
    this.conversation = conversation;
    this.self = self;
    this.participants = participants;
    this.view = view;
    this.screen = screen;
    this.form = form;
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((dead, mistake) ->
        screen.complain(
            form.complaint(
                "Nothing new is shown any more, because of a mistake in this program ("
                    + mistake.getClass().getName()
                    + "). Start the chat again.")));
  }

  /**
   * Begins to wait.
   *
   * @param info what is known already
   */
  void start(ConversationInfo info) {
    info.participants().ifPresent(all -> all.forEach(each -> present.put(each.user(), each)));
    // What was read before the chat began is no news.
    readersOf = view.lastOwn();
    present.values().stream()
        .filter(each -> each.readUpTo() >= readersOf)
        .forEach(each -> told.add(each.user()));
    thread.start();
  }

  /** Goes on after the user has decided, unless the server was caught at a lie here. */
  void resume() {
    if (conversations.faults().containsKey(conversation.id())) {
      return;
    }
    lock.lock();
    try {
      stopped = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
    try {
      thread.join(END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (mayGoOn()) {
      try {
        // After a failure it only asks, so that it is known at once when the server is back.
        Duration wait = pause.isZero() ? Conversations.MAX_WAIT : Duration.ZERO;
        List<ConversationEvent> events = conversations.await(wait);
        if (!pause.isZero()) {
          pause = Duration.ZERO;
          screen.print(form.note("The server is back."));
        }
        events.forEach(this::receive);
        view.refresh();
        view.markRead();
        if (isSomebodyBehind()) {
          // Events of reading and joining are hints, which get lost between two calls.
          conversation.info().participants().ifPresent(this::compare);
        }
        tellReaders();
      } catch (ChatException e) {
        fail(e);
      } catch (StateException e) {
        // At the end the thread is interrupted, perhaps while it writes.
        if (!isClosed()) {
          tryLater(e.sentence());
        }
      }
    }
  }

  /** Waits for as long as it has to; false at the end. */
  private boolean mayGoOn() {
    lock.lock();
    try {
      long left = pause.toNanos();
      while (!closed && (stopped || left > 0)) {
        if (stopped) {
          changed.await();
        } else {
          left = changed.awaitNanos(left);
        }
      }
      return !closed;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void fail(ChatException failure) {
    if (isClosed()) {
      return;
    }
    if (failure instanceof ServerLiedException
        && !conversations.faults().containsKey(conversation.id())) {
      screen.complain(
          form.complaint(
              "The server has lied about another conversation; client conversations says which."));
      return;
    }
    boolean isForTheUser =
        failure instanceof ServerLiedException
            || failure instanceof ChangedIdentityException
            || isOver(failure);
    if (isForTheUser) {
      stop();
      screen.complain(
          form.complaint(
              Sentences.of(failure)
                  + " Nothing new is shown until you decide, or start the chat again."));
    } else {
      tryLater(Sentences.of(failure));
    }
  }

  private void tryLater(String why) {
    if (pause.isZero()) {
      screen.complain(form.complaint(why + " Trying again and again."));
      pause = FIRST_PAUSE;
    } else {
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }
  }

  private static boolean isOver(ChatException failure) {
    return failure instanceof RefusedException refused && FINAL.contains(refused.code());
  }

  private void stop() {
    lock.lock();
    try {
      stopped = true;
    } finally {
      lock.unlock();
    }
  }

  private void receive(ConversationEvent event) {
    if (!event.conversation().equals(conversation.id())) {
      return;
    }
    if (event instanceof ConversationEvent.Changed changed) {
      changed.info().participants().ifPresent(this::compare);
    } else if (event instanceof ConversationEvent.Read read) {
      receive(read);
    } else if (event instanceof ConversationEvent.Removed && conversation.isJoined()) {
      view.refresh();
      screen.complain(form.complaint("You are not in this conversation any more."));
    }
  }

  private void compare(List<Participant> now) {
    Map<UserId, Participant> before = new HashMap<>(present);
    present.clear();
    // Who is in it, and their names, say the members' statements and not the server's list.
    Set<UserId> members = conversation.epoch().users();
    for (Participant each : now) {
      if (!members.contains(each.user())) {
        continue;
      }
      present.put(each.user(), each);
      Participant known = before.remove(each.user());
      if (each.joined() && known != null && !known.joined() && !each.user().equals(self)) {
        screen.print(form.note(name(each) + " has accepted the invitation."));
      }
    }
    before.values().stream()
        .filter(each -> !each.user().equals(self) && members.contains(each.user()))
        .forEach(each -> screen.print(form.note(name(each) + " has left.")));
  }

  private String name(Participant participant) {
    return participants.name(conversation, participant.user());
  }

  private void receive(ConversationEvent.Read read) {
    Participant before = present.get(read.user());
    if (before != null) {
      present.put(
          read.user(),
          new Participant(
              before.user(),
              before.name(),
              before.joined(),
              Math.max(before.readUpTo(), read.upTo())));
    }
  }

  private boolean isSomebodyBehind() {
    long own = view.lastOwn();
    return own > 0 && present.values().stream().anyMatch(each -> each.readUpTo() < own);
  }

  /** Tells who has read this user's last message, whoever was told already. */
  private void tellReaders() {
    long own = view.lastOwn();
    if (own != readersOf) {
      readersOf = own;
      told.clear();
    }
    List<Participant> readers =
        present.values().stream()
            .filter(each -> own > 0 && each.readUpTo() >= own && !each.user().equals(self))
            .toList();
    boolean isByAll = readers.size() == conversation.members().size() - 1;
    String sign = readers.isEmpty() ? "" : isByAll ? "\u2713" : "\u2713" + readers.size();
    List<String> news = new ArrayList<>();
    for (Participant reader : readers) {
      if (told.add(reader.user())) {
        news.addAll(form.note(name(reader) + " has read " + own + "."));
      }
    }
    screen.sign(sign, news);
  }
}
