package org.securechat.client.conversation;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.conversation.ConversationKey;
import org.securechat.protocol.conversation.EpochKey;
import org.securechat.protocol.conversation.KeyRefusedException;
import org.securechat.protocol.conversation.SignedStatement;
import org.securechat.protocol.conversation.WrappedConversationKey;

/** An epoch that this user is about to begin, with a key for each of its members. */
record NextEpoch(SignedStatement signed, EpochKey key, Map<UserId, WrappedConversationKey> keys) {

  /** The first one of a new conversation. */
  static NextEpoch first(Desk desk, GroupId group, List<Member> members) {
    return make(desk, group, 1, Seen.NOTHING.hash(), Seen.NOTHING, members);
  }

  /** The one after another. */
  static NextEpoch after(Desk desk, EpochStatement previous, Seen seen, List<Member> members) {
    return make(desk, previous.group(), previous.epoch() + 1, previous.hash(), seen, members);
  }

  private static NextEpoch make(
      Desk desk, GroupId group, long epoch, Sha256 previous, Seen seen, List<Member> unordered) {
    List<Member> members =
        unordered.stream()
            .sorted(Comparator.comparingLong(member -> member.user().value()))
            .toList();
    ConversationKey key = ConversationKey.generate(desk.random());
    EpochStatement statement =
        EpochStatement.of(
            group, epoch, previous, key.commitment(), seen, desk.self().user(), members);
    EpochKey epochKey = bind(key, statement);
    Map<UserId, WrappedConversationKey> keys = new LinkedHashMap<>();
    for (Member member : members) {
      keys.put(
          member.user(),
          WrappedConversationKey.wrap(
              epochKey, member.user(), desk.recipientKey(member), desk.random()));
    }
    return new NextEpoch(SignedStatement.sign(statement, desk.self().identity()), epochKey, keys);
  }

  private static EpochKey bind(ConversationKey key, EpochStatement statement) {
    try {
      return EpochKey.of(key, statement);
    } catch (KeyRefusedException e) {
      throw new IllegalStateException("The statement commits to this very key", e);
    }
  }
}
