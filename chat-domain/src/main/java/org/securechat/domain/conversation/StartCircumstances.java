package org.securechat.domain.conversation;

import java.time.Instant;
import java.util.Optional;

/**
 * What the beginning of a conversation is decided by.
 *
 * @param groupTaken whether another conversation has the group id
 * @param started how many conversations the actor has begun since {@link
 *     NewConversation#startedSince()}, whether they are still there or not
 * @param firstStarted when the first of these began; empty if there is none
 */
public record StartCircumstances(
    boolean groupTaken, int started, Optional<Instant> firstStarted, Newcomers newcomers) {}
