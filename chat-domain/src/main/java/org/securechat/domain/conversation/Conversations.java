package org.securechat.domain.conversation;

import java.time.Clock;
import org.securechat.domain.event.EventBus;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.SignatureVerifier;

/** The use cases of conversations. Safe for use by many threads. */
public final class Conversations {
  private final StartConversation start;
  private final StartEpoch startEpoch;
  private final JoinConversation join;
  private final LeaveConversation leave;
  private final ReadConversation read;
  private final ListConversations list;
  private final ListEpochs listEpochs;

  public Conversations(
      ConversationStore conversations,
      ConversationKeyStore keys,
      SignatureVerifier signatures,
      ConversationSettings settings,
      EventBus events,
      RandomSource random,
      Clock clock) {
    read = new ReadConversation(conversations);
    start = new StartConversation(conversations, read, signatures, settings, events, random, clock);
    startEpoch = new StartEpoch(conversations, read, signatures, settings, events, clock);
    join = new JoinConversation(conversations, read, events, clock);
    leave = new LeaveConversation(conversations, events);
    list = new ListConversations(conversations, clock);
    listEpochs = new ListEpochs(conversations, keys);
  }

  public StartConversation start() {
    return start;
  }

  public StartEpoch startEpoch() {
    return startEpoch;
  }

  public JoinConversation join() {
    return join;
  }

  public LeaveConversation leave() {
    return leave;
  }

  public ReadConversation read() {
    return read;
  }

  public ListConversations list() {
    return list;
  }

  public ListEpochs listEpochs() {
    return listEpochs;
  }
}
