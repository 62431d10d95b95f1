package org.securechat.protocol.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;

/** How much is kept of what a server was caught at. */
class EvidenceTest {
  private static final Signature SIGNATURE = Signature.copyOf(new byte[Signature.LENGTH]);
  private static final UserId SENDER = new UserId(2);

  /** Characters of an epoch's JSON beside the statement. */
  private static final int AROUND =
      ("{'kind':'epoch','id':1,'sender_id':2,'epoch':1,'created_at':'1970-01-01T00:00:00Z',"
                  + "'statement':'','statement_signature':''}")
              .length()
          + 2 * Signature.LENGTH;

  private static Evidence of(int length) {
    String statement = "x".repeat(length - AROUND);
    return Evidence.of(
        new ReceivedEntry.Epoch(1, SENDER, 1, Instant.EPOCH, statement, SIGNATURE),
        Optional.of(statement));
  }

  @Test
  void of_entryOfTheBoundAndLonger_isKeptAndLeftOut() {
    assertEquals(Optional.of(1L), of(Evidence.MAX_ENTRY).entry().map(ReceivedEntry::id));
    assertEquals(
        new Evidence(SENDER, SIGNATURE, Optional.empty(), Optional.empty(), Optional.empty()),
        of(Evidence.MAX_ENTRY + 1));
  }

  @Test
  void text_isShort() {
    assertFalse(of(1000).toString().contains("xxx"));
  }
}
