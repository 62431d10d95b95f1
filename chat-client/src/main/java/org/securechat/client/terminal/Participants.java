package org.securechat.client.terminal;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.conversation.ConversationInfo;
import org.securechat.client.conversation.ConversationInfo.Participant;
import org.securechat.client.terminal.chat.ChatForm;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.protocol.conversation.Contacts;
import org.securechat.protocol.conversation.Contacts.Contact;

/**
 * Who is in a conversation: by its verified statement, and beside it what only the server knows.
 */
final class Participants {
  private final UserId self;
  private final Contacts contacts;

  Participants(UserId self, Contacts contacts) {
    this.self = self;
    this.contacts = contacts;
  }

  boolean isSelf(UserId user) {
    return user.equals(self);
  }

  /** Somebody's name, whether they are still there or not. */
  String name(Conversation conversation, UserId user) {
    return conversation
        .epoch()
        .member(user)
        .map(member -> member.name().value())
        .or(() -> contacts.find(user).map(contact -> contact.name().value()))
        .orElseGet(() -> "user " + user.value());
  }

  /** The names of the others, in their order. */
  List<String> others(Conversation conversation) {
    return conversation.members().stream()
        .filter(member -> !isSelf(member.user()))
        .map(member -> member.name().value())
        .sorted(String.CASE_INSENSITIVE_ORDER)
        .toList();
  }

  /** This user first, then the others by name. */
  private List<Member> ordered(Conversation conversation) {
    return conversation.members().stream()
        .sorted(
            Comparator.comparing((Member member) -> !isSelf(member.user()))
                .thenComparing(member -> member.name().canonical()))
        .toList();
  }

  /**
   * A member by name, ignoring case.
   *
   * @throws UsageException if there is none
   */
  static Member member(Conversation conversation, String name) {
    return conversation.members().stream()
        .filter(member -> member.name().canonical().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new UsageException("Nobody of that name is in the conversation."));
  }

  /** The conversation as it is now; asks the server. */
  ChatForm.About about(Conversation conversation) {
    return about(conversation, conversation.info());
  }

  ChatForm.About about(Conversation conversation, ConversationInfo info) {
    return new ChatForm.About(
        conversation.id(),
        conversation.name(),
        ordered(conversation).stream().map(member -> person(conversation, member, info)).toList());
  }

  private ChatForm.Person person(Conversation conversation, Member member, ConversationInfo info) {
    Optional<Participant> participant = info.participant(member.user());
    return new ChatForm.Person(
        member.name(),
        isSelf(member.user()),
        member.role() == Role.ADMIN,
        participant.map(Participant::joined).orElse(true),
        contacts.find(member.user()).map(Contact::verified).orElse(false),
        // The server's word, but nobody has read what is not there.
        Math.min(participant.map(Participant::readUpTo).orElse(0L), conversation.last()));
  }
}
