package org.securechat.client;

import org.securechat.domain.identity.EmailAddress;
import org.securechat.protocol.key.IdentityKeyPair;
import org.securechat.protocol.key.Password;
import org.securechat.protocol.key.PasswordKdf;
import org.securechat.protocol.key.PasswordKeys;

/** What a device knows of its user. */
record Device(EmailAddress email, PasswordKdf kdf, IdentityKeyPair identity) {

  PasswordKeys keys(Password password) {
    return PasswordKeys.derive(email, password, kdf);
  }

  Device with(PasswordKdf other) {
    return new Device(email, other, identity);
  }
}
