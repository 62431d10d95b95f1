/**
 * Conversations that prove themselves: sections 3 to 5 of the end-to-end encryption.
 *
 * <p>A {@link org.securechat.protocol.conversation.Transcript} takes the entries of a log one after
 * the other and verifies each before it gives out anything of it. What a message says comes out of
 * a {@link org.securechat.protocol.conversation.VerifiedMessage} only, which nothing else makes,
 * and only with the {@link org.securechat.protocol.conversation.EpochKey} of its epoch.
 *
 * <p>Three things can be wrong with an entry, and they are told apart: a {@link
 * org.securechat.protocol.conversation.ServerFault} proves that the server lied; an {@link
 * org.securechat.protocol.conversation.VerifiedEntry.Invalid} entry is some member's fault, is
 * shown as such and stays in the chain; a changed identity is for the user to decide about.
 */
@NullMarked
package org.securechat.protocol.conversation;

import org.jspecify.annotations.NullMarked;
