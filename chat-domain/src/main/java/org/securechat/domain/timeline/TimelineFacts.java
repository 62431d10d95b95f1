package org.securechat.domain.timeline;

import java.util.Optional;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.conversation.Tip;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.transcript.GroupId;

/**
 * What every change to a timeline is decided by. It does not change before the change is written.
 *
 * @param epoch the newest
 * @param epochEntry the entry of its statement
 * @param rekeyRequired whether somebody has left since
 * @param participant the actor's part in the conversation
 * @param atSeen the running hash at the entry that the change says its actor has seen; empty if
 *     there is no such entry
 */
public record TimelineFacts(
    GroupId group,
    long epoch,
    long epochEntry,
    boolean rekeyRequired,
    Tip tip,
    Optional<Participant> participant,
    Optional<Sha256> atSeen) {}
