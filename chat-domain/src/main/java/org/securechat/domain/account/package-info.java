/** Accounts: registration, its confirmation, signing in and out, and reading one's own. */
@NullMarked
package org.securechat.domain.account;

import org.jspecify.annotations.NullMarked;
