package org.securechat.domain.conversation;

import java.util.List;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;

/**
 * Where the keys of epochs are found, each wrapped for one member. They are written by {@link
 * ConversationStore}, with the epoch, and go when their owner does.
 *
 * <p>Implementations are safe for use by many threads and pass {@code ConversationKeyStoreContract}
 * in chat-testkit.
 */
public interface ConversationKeyStore {

  /**
   * The epochs of a conversation from a number on, in their order, with the keys of one user.
   *
   * @param limit how many at most
   * @param maxBytes ends the list early: of statements and keys no more is read than this, but for
   *     the first epoch
   * @return and whether there are more
   */
  Epochs keysFrom(ConversationId conversation, UserId user, long from, int limit, int maxBytes);

  /**
   * Some epochs in a row.
   *
   * @param more whether others follow
   */
  record Epochs(List<EpochRecord> epochs, boolean more) {
    public Epochs {
      epochs = List.copyOf(epochs);
    }
  }
}
