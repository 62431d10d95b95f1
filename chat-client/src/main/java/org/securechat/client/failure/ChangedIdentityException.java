package org.securechat.client.failure;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.transcript.Member;
import org.securechat.protocol.conversation.IdentityChangedException;

/**
 * Somebody is another than this device knows, by the server's word: this account itself, or a
 * person that was met. Ids, names and keys are for good, so it is no change that anybody made
 * honestly, unless an account was deleted and its name given to a new one.
 */
public final class ChangedIdentityException extends ChatException {
  private final transient @Nullable Member claimed;

  /** This account, or somebody whose keys were only asked for. */
  public ChangedIdentityException(String sentence) {
    this(sentence, null);
  }

  /**
   * Somebody in a conversation, or to be in one.
   *
   * @param claimed who the server says they are now, for the user to decide about
   */
  public ChangedIdentityException(String sentence, @Nullable Member claimed) {
    super(sentence, null);
    this.claimed = claimed;
  }

  /** Somebody who was met. */
  public ChangedIdentityException(IdentityChangedException change) {
    this(String.valueOf(change.getMessage()), change.claimed());
  }

  /**
   * Who they are now, by a conversation's list of members or by the server's answer about them. The
   * member that was known where only the encryption key has changed. Empty for this account itself,
   * and for somebody whose keys were only asked for.
   */
  public Optional<Member> claimed() {
    return Optional.ofNullable(claimed);
  }
}
