package org.securechat.persistence;

import java.util.List;
import org.securechat.domain.transcript.ConversationId;

/**
 * A message whose content is to be erased.
 *
 * @param size bytes of its ciphertext
 */
record FullMessage(ConversationId conversation, long id, long size) {
  /** How many are erased at once, so that what others send does not wait for long. */
  static final int BATCH = 64;

  static final long BATCH_BYTES = WriterLane.MAX_BYTES / 4;

  /** The first of these that are not too many or too large together; at least one. */
  static List<FullMessage> batch(List<FullMessage> messages) {
    int count = 0;
    long bytes = 0;
    for (FullMessage message : messages) {
      bytes += message.size();
      if (count == BATCH || (count > 0 && bytes > BATCH_BYTES)) {
        break;
      }
      count++;
    }
    return messages.subList(0, count);
  }

  static long bytes(List<FullMessage> messages) {
    return messages.stream().mapToLong(FullMessage::size).sum();
  }
}
