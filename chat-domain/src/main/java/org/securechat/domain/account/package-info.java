/**
 * Accounts: registration, signing in with and without the key, passwords and second factors, what a
 * user may know of another, blocks, export, and the end.
 */
@NullMarked
package org.securechat.domain.account;

import org.jspecify.annotations.NullMarked;
