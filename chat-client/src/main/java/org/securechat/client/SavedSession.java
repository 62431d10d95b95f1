package org.securechat.client;

import org.securechat.client.http.SessionCookie;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.protocol.key.IdentityKeyPair;
import org.securechat.protocol.key.PasswordKdf;

/**
 * A signed-in device, to be kept and {@linkplain ChatClient#resume resumed}. Holds the private key:
 * whoever keeps it seals it, such as with a {@link org.securechat.protocol.key.DeviceKey}.
 *
 * @param email as it was given when signing in; the password's salt depends on it
 * @param kdf how the account's password is stretched
 * @param account what later answers of the server are compared with
 */
public record SavedSession(
    EmailAddress email,
    PasswordKdf kdf,
    IdentityKeyPair identity,
    SessionCookie cookie,
    KnownAccount account) {}
