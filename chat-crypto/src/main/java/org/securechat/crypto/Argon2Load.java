package org.securechat.crypto;

/**
 * How busy an {@link Argon2PasswordHasher} is at one moment.
 *
 * @param running computations
 * @param waiting callers that wait for one to begin
 * @param refused callers that were sent away since the start
 */
public record Argon2Load(int running, int waiting, long refused) {}
