package org.securechat.http.sync;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.sync.Sync;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.http.call.FieldReader;
import org.securechat.http.call.FieldReader.Field;
import org.securechat.http.json.JsonObject;

/**
 * What a client has, and how long it waits for more.
 *
 * @param after the last entry of each conversation
 */
record SyncForm(Map<ConversationId, Long> after, Duration patience) {
  /** About what one of the conversations takes on the heap. */
  private static final int NAMED_BYTES = 128;

  static SyncForm read(JsonObject data) {
    FieldReader fields = new FieldReader(data);
    // The size of the body bounds how many there are.
    Field<Map<ConversationId, Long>> after =
        fields.integersById(
            "after",
            Integer.MAX_VALUE,
            ConversationId::new,
            entry -> ExactInteger.require(entry, 0, "The id of an entry"));
    Field<Optional<Long>> wait = fields.optionalInteger("wait", 0, Sync.MAX_WAIT.toSeconds());
    fields.requireNoFault();
    return new SyncForm(after.get(), Duration.ofSeconds(wait.get().orElse(0L)));
  }

  /** About how many bytes of the heap it takes. */
  long size() {
    return after.size() * (long) NAMED_BYTES;
  }
}
