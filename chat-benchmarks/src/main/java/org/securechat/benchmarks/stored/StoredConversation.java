package org.securechat.benchmarks.stored;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.securechat.benchmarks.prototype.BareSendScenario;
import org.securechat.domain.conversation.EpochForm;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.timeline.EncryptedContent;
import org.securechat.domain.timeline.MessageDraft;
import org.securechat.domain.timeline.Page;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.MessageText;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.testkit.TestGroup;

/** A conversation in a database, in its first epoch. May be used by many threads. */
public final class StoredConversation {
  /** How many fill it at a time: as many as one commit takes along. */
  private static final int FILLERS = 200;

  /** How many of the members send and read: the same number, however many there are. */
  private static final int ACTIVE = 2;

  private static final int PAGE = 50;
  private static final Signature UNVERIFIED = Signature.copyOf(new byte[Signature.LENGTH]);

  private final StoredChat chat;
  private final List<StoredUser> members;
  private final ConversationId id;
  private final Seen beginning;
  private final AtomicLong messages = new AtomicLong();

  private StoredConversation(
      StoredChat chat, List<StoredUser> members, ConversationId id, Seen beginning) {
    this.chat = chat;
    this.members = members;
    this.id = id;
    this.beginning = beginning;
  }

  /** The first begins it, the others join. */
  static StoredConversation begin(StoredChat chat, List<StoredUser> members) {
    StoredUser author = members.get(0);
    TestGroup group = TestGroup.create();
    EpochForm form =
        group.first(
            author.person(),
            members.stream()
                .map(member -> member.person().as(member == author ? Role.ADMIN : Role.MEMBER))
                .toList());
    ConversationId id =
        chat.chat()
            .conversations()
            .start()
            .start(author.request(), group.id(), Optional.empty(), form)
            .id();
    for (StoredUser member : members.subList(1, members.size())) {
      chat.chat().conversations().join().join(member.request(), id);
    }
    return new StoredConversation(chat, members, id, group.read(form).seen());
  }

  /**
   * Sends 2 KiB, through every rule but for the signed request; durable when it returns. The
   * message's own signature is nothing, because a server does not look at it.
   *
   * @param caller from 0
   * @param ids how it is named
   */
  public void send(int caller, ClientIds ids) {
    MessageDraft draft =
        new MessageDraft(
            ids.next(),
            1,
            0,
            beginning,
            EncryptedContent.wrap(
                new byte[MessageText.NONCE_LENGTH], new byte[BareSendScenario.MESSAGE_BYTES]),
            UNVERIFIED,
            List.of(),
            Optional.empty());
    chat.chat().timeline().post().post(active(caller).request(), id, draft);
    messages.incrementAndGet();
  }

  /**
   * Reads the newest 50 entries.
   *
   * @param caller from 0
   */
  public void readPage(int caller) {
    Page page =
        chat.chat()
            .timeline()
            .read()
            .page(active(caller).caller(), id, Optional.empty(), Optional.empty(), PAGE);
    if (page.entries().size() < PAGE) {
      throw new IllegalStateException("A page is not full");
    }
  }

  private StoredUser active(int caller) {
    return members.get(caller % Math.min(ACTIVE, members.size()));
  }

  /** How many messages there are. */
  public long messages() {
    return messages.get();
  }

  /** Sends until there are so many. */
  public void fill(long count) {
    long missing = count - messages();
    if (missing <= 0) {
      return;
    }
    AtomicLong left = new AtomicLong(missing);
    try (ExecutorService fillers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<? extends Future<?>> ends =
          IntStream.range(0, FILLERS).mapToObj(i -> fillers.submit(() -> fill(i, left))).toList();
      for (Future<?> end : ends) {
        end.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("A conversation could not be filled", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  private void fill(int caller, AtomicLong left) {
    while (left.getAndDecrement() > 0) {
      send(caller, ClientIds.RANDOM);
    }
  }
}
