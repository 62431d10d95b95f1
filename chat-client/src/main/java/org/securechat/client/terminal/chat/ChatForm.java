package org.securechat.client.terminal.chat;

import java.util.List;
import java.util.Optional;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.protocol.conversation.ShownEntry;

/** What a chat prints, in lines for people or for programs. Safe for use by many threads. */
public interface ChatForm {

  /**
   * Somebody in the conversation.
   *
   * @param joined false while they are only invited, by the server's word
   * @param verified whether safety numbers were compared
   * @param readUpTo the last entry that they have read, by the server's word
   */
  record Person(
      Username name,
      boolean self,
      boolean admin,
      boolean joined,
      boolean verified,
      long readUpTo) {}

  /** What a conversation is, apart from what was said in it. */
  record About(ConversationId id, Optional<String> name, List<Person> people) {}

  /** What a chat begins with. */
  List<String> opening(About about);

  /** Who is there. */
  List<String> people(About about);

  /**
   * An entry.
   *
   * @param previous the one that was printed before it, if that is known
   */
  List<String> entry(ShownEntry entry, Optional<ShownEntry> previous);

  /** An entry without any cut. */
  List<String> whole(ShownEntry entry);

  /** An entry that was printed before and has changed since. */
  List<String> changed(ShownEntry before, ShownEntry now);

  /** What comes below was not read before. */
  List<String> unread(int count);

  /** Between pages. */
  List<String> page(boolean isThereMore);

  /** Something to know; one sentence or more. */
  List<String> note(String sentences);

  /** Something that is wrong; one sentence or more. */
  List<String> complaint(String sentences);
}
