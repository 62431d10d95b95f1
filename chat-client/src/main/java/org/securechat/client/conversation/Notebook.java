package org.securechat.client.conversation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.state.DeviceState;
import org.securechat.client.state.KnownConversation;
import org.securechat.client.state.StateException;
import org.securechat.client.state.StateStore;
import org.securechat.client.state.UnsentMessage;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.conversation.Contacts;
import org.securechat.protocol.conversation.Contacts.Contact;
import org.securechat.protocol.conversation.ConversationKey;
import org.securechat.protocol.conversation.ServerFault;

/** What this device remembers, and keeps in its store. Safe for use by many threads. */
final class Notebook {
  private final StateStore store;
  private final Contacts contacts;
  private final Map<ConversationId, KnownConversation> conversations;
  private final Map<ClientId, UnsentMessage> unsent = new LinkedHashMap<>();
  private List<Contact> met;
  private boolean isSaved = true;

  private Notebook(StateStore store, DeviceState state) {
    this.store = store;
    this.met = state.contacts();
    this.contacts = new Contacts(state.contacts(), this::meet);
    this.conversations = new HashMap<>(state.conversations());
    state.unsent().forEach(message -> unsent.put(message.client(), message));
  }

  /**
   * Opens what was kept.
   *
   * @throws StateException if it can't be read
   */
  static Notebook open(StateStore store) {
    return new Notebook(store, store.load());
  }

  /** Everybody that was met; each change is kept at once. */
  Contacts contacts() {
    return contacts;
  }

  private synchronized void meet(List<Contact> all) {
    met = all;
    saveNow();
  }

  /**
   * Binds a conversation to its group, for good: a twin could show its members' texts elsewhere.
   *
   * @throws UntrustedAnswerException if the group is another conversation's, or the conversation
   *     another group's, or there are too many
   */
  synchronized void bind(ConversationId id, GroupId group) {
    KnownConversation known = conversations.get(id);
    if (known == null) {
      for (Map.Entry<ConversationId, KnownConversation> other : conversations.entrySet()) {
        if (other.getValue().group().equals(group)) {
          throw new UntrustedAnswerException(
              "The server names one group for two conversations, "
                  + other.getKey().value()
                  + " and "
                  + id.value());
        }
      }
      requireRoom(conversations.size());
      conversations.put(id, KnownConversation.of(group));
      isSaved = false;
    } else if (!known.group().equals(group)) {
      throw anotherGroup(id);
    }
  }

  /** Refuses one more than may be: whoever names them could fill the memory, and the disk. */
  static void requireRoom(int followed) {
    if (followed >= DeviceState.MAX_CONVERSATIONS) {
      throw tooMany();
    }
  }

  static UntrustedAnswerException tooMany() {
    return new UntrustedAnswerException(
        "The server names more than "
            + DeviceState.MAX_CONVERSATIONS
            + " conversations; a device follows no more");
  }

  static UntrustedAnswerException anotherGroup(ConversationId id) {
    return new UntrustedAnswerException(
        "The server names another group for conversation " + id.value());
  }

  /** What was verified of a conversation that was bound. */
  synchronized KnownConversation known(ConversationId id) {
    KnownConversation known = conversations.get(id);
    if (known == null) {
      throw new IllegalStateException("A conversation is bound before it is read");
    }
    return known;
  }

  /**
   * A conversation was verified up to here, if not further. Kept with {@link #save}, or whatever is
   * kept next.
   */
  synchronized void reached(ConversationId id, Seen seen, Map<Long, ConversationKey> keys) {
    KnownConversation known = known(id);
    boolean isFurther = seen.entry() > known.seen().entry();
    if (isFurther || !known.keys().keySet().containsAll(keys.keySet())) {
      Map<Long, ConversationKey> all = new HashMap<>(known.keys());
      all.putAll(keys);
      conversations.put(
          id,
          new KnownConversation(
              known.group(), isFurther ? seen : known.seen(), all, known.fault()));
      isSaved = false;
    }
  }

  /** The server was caught; that is told whether it can be kept or not. */
  synchronized void caught(ConversationId id, ServerFault fault) {
    conversations.put(id, known(id).with(fault));
    isSaved = false;
    saveIfPossible();
  }

  /** What the server was caught at in a conversation. */
  synchronized Optional<ServerFault> fault(ConversationId id) {
    return Optional.ofNullable(conversations.get(id)).flatMap(KnownConversation::fault);
  }

  /** What the server was caught at, wherever it was. */
  synchronized Map<ConversationId, ServerFault> faults() {
    Map<ConversationId, ServerFault> faults = new HashMap<>();
    conversations.forEach((id, known) -> known.fault().ifPresent(fault -> faults.put(id, fault)));
    return faults;
  }

  /**
   * Forgets what was verified of a conversation, and what the server was caught at there; the group
   * stays.
   */
  synchronized void forget(ConversationId id) {
    conversations.computeIfPresent(id, (same, known) -> KnownConversation.of(known.group()));
    saveNow();
  }

  /**
   * Leaves out conversations that are no longer this user's, where nothing was read of them. Of
   * others the group stays: their members' texts could be shown elsewhere.
   */
  synchronized void prune(Predicate<ConversationId> isGone) {
    boolean pruned =
        conversations
            .entrySet()
            .removeIf(each ->
                isGone.test(each.getKey())
                    && each.getValue().equals(KnownConversation.of(each.getValue().group())));
    isSaved = isSaved && !pruned;
  }

  /**
   * Keeps a message before it is sent, for the case that no answer comes.
   *
   * @throws StateException if too many wait already
   */
  synchronized void keep(UnsentMessage message) {
    if (unsent.size() >= DeviceState.MAX_UNSENT) {
      throw new StateException(
          DeviceState.MAX_UNSENT + " messages wait to be sent; send or discard them first");
    }
    unsent.put(message.client(), message);
    try {
      saveNow();
    } catch (StateException e) {
      unsent.remove(message.client());
      throw e;
    }
  }

  /**
   * A message is in the log, or never will be. If that can't be kept now, it is with what is kept
   * next; after a restart before that the message waits again, and stands in the log once.
   */
  synchronized void settle(ClientId client) {
    if (unsent.remove(client) != null) {
      isSaved = false;
    }
    saveIfPossible();
  }

  /** A message is given up. */
  synchronized void drop(ClientId client) {
    if (unsent.remove(client) != null) {
      saveNow();
    }
  }

  /** The messages of a conversation that wait to be sent, in their order. */
  synchronized List<UnsentMessage> unsent(ConversationId id) {
    return unsent.values().stream().filter(message -> message.conversation().equals(id)).toList();
  }

  private void saveNow() {
    isSaved = false;
    save();
  }

  /** Keeps what has changed since it was kept last. */
  synchronized void save() {
    if (!isSaved) {
      store.save(new DeviceState(met, conversations, new ArrayList<>(unsent.values())));
      isSaved = true;
    }
  }

  /** The same, after what has happened already whether it can be kept or not. */
  synchronized void saveIfPossible() {
    try {
      save();
    } catch (StateException e) {
      // It is not saved, so the next one keeps it, or says why it can't.
    }
  }
}
