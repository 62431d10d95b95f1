package org.securechat.domain.account;

import java.util.Optional;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.TotpCode;

/**
 * What a reset of the second factor is asked for with; each value is in form.
 *
 * @param code of the old secret; not looked at in a session that a recovery code opened
 */
public record ResetForm(PasswordHash passwordHash, Optional<TotpCode> code) {}
