package org.securechat.testkit.contract;

import static org.securechat.testkit.contract.AccountFixtures.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.securechat.domain.conversation.AppendedEpoch;
import org.securechat.domain.conversation.ConversationChange;
import org.securechat.domain.conversation.EpochForm;
import org.securechat.domain.conversation.NewConversation;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.conversation.StartCircumstances;
import org.securechat.domain.conversation.Tip;
import org.securechat.domain.conversation.Window;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.LogEntry;
import org.securechat.domain.transcript.Role;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;

/** Conversations that begin, without the rules of the domain. */
final class Beginnings {
  private Beginnings() {}

  /** A conversation of its author alone, as the domain would begin it at noon. */
  static NewConversation alone(Person author, long id, TestGroup group) {
    EpochForm form = group.first(author);
    EpochStatement statement = EpochStatement.parse(form.statement());
    LogEntry entry =
        new LogEntry(1, EntryKind.EPOCH, author.id(), 1, statement.hash(), form.signature());
    Participant participant =
        new Participant(
            author.id(), Role.ADMIN, Optional.of(NOON), 1, new Window(0, 1), author.id());
    return new NewConversation(
        new ConversationId(id),
        group.id(),
        NOON,
        NOON.minus(Duration.ofDays(1)),
        new ConversationChange(
            Optional.of(
                new AppendedEpoch(
                    entry,
                    Tip.beginning(NOON).append(entry, NOON),
                    statement,
                    Map.of(author.id(), TestGroup.key(1, author.id())))),
            Optional.empty(),
            Set.of(),
            List.of(participant)));
  }

  static NewConversation alone(Person author, long id) {
    return alone(author, id, TestGroup.create());
  }

  /** What a store gives to the rules; nothing begins. */
  static StartCircumstances circumstances(
      People people, Person author, GroupId group, Instant startedSince, Person... others) {
    NewConversation plain = alone(author, 999);
    List<Participant> put = new ArrayList<>(plain.change().put());
    for (Person other : others) {
      put.add(
          new Participant(
              other.id(), Role.MEMBER, Optional.empty(), 1, new Window(0, 1), author.id()));
    }
    ConversationChange change =
        new ConversationChange(plain.change().epoch(), Optional.empty(), Set.of(), put);
    NewConversation conversation =
        new NewConversation(plain.id(), group, NOON, startedSince, change);
    return StoreChecks.<StartCircumstances, Void>given(rules ->
        people
            .stores
            .conversations()
            .create(conversation, rules::apply, people.actor(author), people.fresh(author)));
  }
}
