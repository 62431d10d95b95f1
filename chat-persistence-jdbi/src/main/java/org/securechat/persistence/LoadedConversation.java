package org.securechat.persistence;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.securechat.domain.conversation.ConversationHead;
import org.securechat.domain.conversation.ConversationName;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.transcript.EpochStatement;

/**
 * A conversation as a change finds it.
 *
 * @param statement the newest epoch's
 * @param atSeen the running hash at the entry that was asked for
 */
record LoadedConversation(ConversationRow row, EpochStatement statement, Optional<Sha256> atSeen) {

  ConversationHead head(List<Participant> participants) {
    return new ConversationHead(
        row.id(),
        row.group(),
        Optional.ofNullable(row.name()).map(ConversationName::new),
        statement,
        row.tip(),
        participants.stream().collect(Collectors.toMap(Participant::user, Function.identity())));
  }
}
