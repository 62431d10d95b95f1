package org.securechat.client.conversation;

import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.protocol.key.IdentityKeyPair;

/** Who this client acts for. */
record Myself(UserId user, Username name, IdentityKeyPair identity) {

  Member as(Role role) {
    return new Member(user, role, identity.publicKey(), name);
  }
}
