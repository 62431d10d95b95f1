package org.securechat.domain.account;

import java.util.function.Supplier;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.rejection.RejectedException;

/**
 * A registration that is still to be read. In two parts, because the key must be in form before the
 * signature can be looked at, and the rest is judged only after it.
 *
 * @param key reads the key; throws a {@link RejectedException} that names every bad field
 * @param whole reads all of it; throws a {@link RejectedException} that names every bad field
 */
public record RegistrationForm(Supplier<IdentityKey> key, Supplier<Registration> whole) {}
