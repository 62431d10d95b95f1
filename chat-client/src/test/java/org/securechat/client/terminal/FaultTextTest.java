package org.securechat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.protocol.conversation.Evidence;
import org.securechat.protocol.conversation.ReceivedEntry;
import org.securechat.protocol.conversation.ServerFault;

/** The proof of a lie, as a terminal shows it. */
class FaultTextTest {
  private static final UserId ALICE = new UserId(7);
  private static final Signature SIGNATURE = Signature.copyOf(new byte[Signature.LENGTH]);
  private static final String ZEROS = "00".repeat(Signature.LENGTH);

  private static FaultText of(ServerFault.Kind kind, Evidence evidence) {
    return new FaultText(new ServerFault(kind, 3, Optional.empty(), Optional.of(evidence)));
  }

  @Test
  void text_hostileStatement_cantDriveTheTerminal() {
    Evidence evidence =
        new Evidence(
            ALICE,
            SIGNATURE,
            Optional.of("secure-chat\n\u001b[2Jgone\n"),
            Optional.empty(),
            Optional.of(new Evidence.Earlier(2, SIGNATURE)));
    assertEquals(
        "The server was caught: "
            + ServerFault.Kind.REPEATED.sentence()
            + " (entry 3).\nThe server says that user 7 has signed\n    secure-chat\n"
            + "    \ufffd[2Jgone\nwith\n    "
            + ZEROS
            + "\nand this device had, at entry 2\n    "
            + ZEROS,
        of(ServerFault.Kind.REPEATED, evidence).text());
  }

  @Test
  void stub_tellsThatItsTextIsNotThere_andIsWholeInJson() {
    Evidence evidence =
        new Evidence(
            ALICE,
            SIGNATURE,
            Optional.empty(),
            Optional.of(
                new ReceivedEntry.Stub(
                    3,
                    ALICE,
                    1,
                    Instant.EPOCH,
                    EntryKind.MESSAGE,
                    Sha256.of(new byte[0]),
                    SIGNATURE)),
            Optional.empty());
    FaultText fault = of(ServerFault.Kind.HIDDEN_FROM_MEMBER, evidence);
    assertEquals(
        "The server was caught: "
            + ServerFault.Kind.HIDDEN_FROM_MEMBER.sentence()
            + " (entry 3).\n"
            + "The server says that user 7 has signed it (what was signed is not there) with\n"
            + "    "
            + ZEROS,
        fault.text());
    assertEquals(
        "{\"fault\":\"HIDDEN_FROM_MEMBER\",\"evidence\":{\"signer\":7,\"signature\":\""
            + ZEROS
            + "\",\"entry\":{\"kind\":\"message\",\"id\":3,\"sender_id\":7,\"epoch\":1,"
            + "\"created_at\":\"1970-01-01T00:00:00Z\",\"stub\":true,\"body_hash\":\""
            + Sha256.of(new byte[0]).toHex()
            + "\",\"signature\":\""
            + ZEROS
            + "\"}}}",
        fault.json().text());
  }
}
