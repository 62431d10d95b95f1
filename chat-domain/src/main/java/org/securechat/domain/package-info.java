/**
 * The chat core: give it adapters for its ports, and it gives you the use cases.
 *
 * <pre>{@code
 * ChatPorts ports = new ChatPorts(stores, signatures, …);
 * SecureChat chat = new SecureChat(ports, ChatSettings.defaults());
 * OwnAccount me = chat.accounts().readOwnAccount().read(caller);
 * }</pre>
 *
 * <p>Start with {@link org.securechat.domain.SecureChat}. Adapters for every port stand ready:
 * {@code InMemoryChat} of chat-testkit, {@code JdbiChat} of chat-persistence-jdbi, and those of
 * chat-crypto. To bring your own, implement the port and run its contract from chat-testkit.
 *
 * <p>Three kinds of exception come out of it: {@link
 * org.securechat.domain.rejection.RejectedException} is an answer for whoever asked, {@link
 * org.securechat.domain.rejection.UnavailableException} says that something is away and that asking
 * again is safe, and anything else is a fault of the program or its data.
 */
@NullMarked
package org.securechat.domain;

import org.jspecify.annotations.NullMarked;
