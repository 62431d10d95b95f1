package org.securechat.domain.export;

import java.util.List;
import org.securechat.domain.account.AccountExport;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.file.StoredFile;

/**
 * Everything that the server holds about a user, but for what its thief alone would want and what
 * the user reads from the timeline of each conversation: its entries and the statements of epochs.
 *
 * @param conversations all that the user is in, with the user as the only participant listed
 * @param files all that the user has uploaded and that are still there, without their bytes
 */
public record UserExport(
    AccountExport account, List<ConversationView> conversations, List<StoredFile> files) {

  public UserExport {
    conversations = List.copyOf(conversations);
    files = List.copyOf(files);
  }
}
