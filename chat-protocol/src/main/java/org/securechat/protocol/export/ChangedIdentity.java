package org.securechat.protocol.export;

import org.securechat.domain.transcript.Member;

/**
 * Somebody is another than they were earlier in the log: an account that was deleted and made
 * again, or an attack. Whoever kept the conversation was asked; who only has the file was not.
 *
 * @param entry the epoch that says so
 */
public record ChangedIdentity(long entry, Member known, Member claimed) {}
