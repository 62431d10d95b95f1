/**
 * The JVM client of a Secure Chat server. {@link ChatClient} registers and signs in; what it gives
 * back, a {@link ChatSession}, does everything else.
 *
 * <pre>{@code
 * ChatClient chat = ChatClient.to(server, clock); // "https://chat.example.org", Clock.systemUTC()
 * EmailAddress email = new EmailAddress("alice@example.org");
 * Password password = Password.of(ask("Password"));
 *
 * SignUp signUp = chat.register(email, new Username("alice"), password);
 * show(signUp.secret().provisioningUri()); // for an authenticator
 * SignedUp done = signUp.confirm(ask("Code"));
 * keepSafe(done.recoveryCodes().secretTexts());
 * done.session().logOut();
 *
 * // On any other device: nothing but email, password and a code.
 * ChatSession alice = chat.logIn(email, password, SecondFactor.totp(ask("Code")));
 * for (SessionInfo session : alice.sessions()) {
 *   if (!session.current()) {
 *     alice.endSession(session.id());
 *   }
 * }
 * }</pre>
 *
 * <p>Passwords and private keys never leave the device; every request is signed. A call that fails
 * throws one of the exceptions in {@link org.securechat.client.failure}; a value that breaks a rule
 * of its own, {@link org.securechat.domain.rejection.InvalidValueException}. Nothing here prints a
 * secret.
 */
@NullMarked
package org.securechat.client;

import org.jspecify.annotations.NullMarked;
