package org.securechat.client.terminal;

import org.securechat.client.http.JsonMembers;
import org.securechat.client.state.FaultJson;
import org.securechat.client.terminal.chat.SafeText;
import org.securechat.protocol.conversation.Evidence;
import org.securechat.protocol.conversation.ServerFault;

/** What a server was caught at, with the proof. */
record FaultText(ServerFault fault) {
  private static final String INDENT = "\n    ";

  String text() {
    return "The server was caught: "
        + fault.sentence()
        + "."
        + fault.claim().map(FaultText::text).orElse("")
        + fault.evidence().map(FaultText::text).orElse("");
  }

  private static String text(ServerFault.Claim claim) {
    return "\nUser "
        + claim.signer().value()
        + " has signed to have seen, at entry "
        + claim.theirs().entry()
        + INDENT
        + claim.theirs().hash().toHex()
        + "\nand this device was shown"
        + INDENT
        + claim.ours().hash().toHex();
  }

  /** The server may have made up all of it. */
  private static String text(Evidence evidence) {
    StringBuilder text = new StringBuilder("\nThe server says that user ");
    text.append(evidence.signer().value()).append(" has signed");
    if (evidence.text().isPresent()) {
      SafeText.lines(evidence.text().get())
          .lines()
          .forEach(line -> text.append(INDENT).append(line));
      text.append("\nwith");
    } else {
      text.append(" it (what was signed is not there) with");
    }
    text.append(INDENT).append(evidence.signature().toHex());
    if (evidence.earlier().isPresent()) {
      Evidence.Earlier earlier = evidence.earlier().get();
      text.append("\nand this device had, at entry ")
          .append(earlier.entry())
          .append(INDENT)
          .append(earlier.signature().toHex());
    }
    return text.toString();
  }

  JsonMembers json() {
    return json -> {
      json.writeStringField("fault", fault.kind().name());
      FaultJson.writeProof(fault, json);
    };
  }
}
