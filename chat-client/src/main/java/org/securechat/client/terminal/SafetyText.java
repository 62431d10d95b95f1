package org.securechat.client.terminal;

import org.securechat.client.http.JsonMembers;
import org.securechat.protocol.conversation.Contacts.Contact;
import org.securechat.protocol.key.SafetyNumber;

/** A safety number as it is shown: digits to read out, and a QR code to hold side by side. */
record SafetyText(Contact contact, SafetyNumber number) {

  String text(boolean colours) {
    String name = contact.name().value();
    return "Safety number with "
        + name
        + (contact.verified() ? " (compared)" : " (not compared yet)")
        + "\n\n"
        + People.digits(number)
        + QrText.of(number.digits(), colours)
        + "If "
        + name
        + " sees the same digits, nobody stands between you.";
  }

  JsonMembers json() {
    return json -> {
      json.writeStringField("username", contact.name().value());
      json.writeNumberField("user_id", contact.user().value());
      json.writeStringField("safety_number", number.digits());
      json.writeBooleanField("verified", contact.verified());
    };
  }
}
