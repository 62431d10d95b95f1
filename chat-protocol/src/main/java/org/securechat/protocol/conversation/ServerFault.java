package org.securechat.protocol.conversation;

import java.util.Optional;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.Seen;

/**
 * Something that no member can bring about: the server has dropped, inserted, changed, reordered or
 * withheld something, or shown two people two histories.
 *
 * @param entry where it shows
 * @param claim what a member has signed that contradicts it, where that is the proof
 * @param evidence what the server gave there; empty where it is caught because nothing came, or
 *     nothing more
 */
public record ServerFault(
    Kind kind, long entry, Optional<Claim> claim, Optional<Evidence> evidence) {

  /** What was done. */
  public enum Kind {
    /** The ids of entries have a gap, or one comes twice. */
    GAP("The server left entries out, or gave one twice"),
    /** The statement that this member's history begins with is another, or elsewhere. */
    OTHER_BEGINNING("The history does not begin with the epoch that added this member"),
    /** An epoch breaks a rule that the server checks. */
    EPOCH_AGAINST_THE_RULES("An epoch breaks the rules: a member list was forged or changed"),
    /** An entry says that it belongs to another epoch than the newest. */
    OTHER_EPOCH("An entry was moved to another epoch"),
    /** Somebody has seen what had not been written yet. */
    SEEN_AHEAD("An entry was moved to an earlier place"),
    /** A member had another history before them. */
    HISTORIES_DIFFER("A member was shown another history than this one"),
    /** One message stands in the log twice. */
    REPEATED("A message was put into the log twice"),
    /** What this member sent is not what stands there. */
    OWN_ENTRY_CHANGED("An entry of this member is not as it was sent"),
    /** The log ends before, or contradicts, what the server showed or confirmed earlier. */
    ROLLED_BACK("The server took back entries that it had shown or confirmed"),
    /** The ciphertext is not the one whose hash stands beside it. */
    CONTENT_CHANGED("The content of a message was exchanged"),
    /** An entry that this member may read comes as a stub. */
    HIDDEN_FROM_MEMBER("An entry that this member may read is kept from them");

    private final String sentence;

    Kind(String sentence) {
      this.sentence = sentence;
    }

    /** What was done, for people. */
    public String sentence() {
      return sentence;
    }
  }

  /**
   * Two histories side by side: anybody can check the signature.
   *
   * @param theirs what the signer had
   * @param ours what this client had been shown up to the same entry
   * @param text the bytes that were signed, as text
   */
  public record Claim(UserId signer, Seen theirs, Seen ours, String text, Signature signature) {}

  /** For people: what was done, and where. */
  public String sentence() {
    return kind.sentence() + " (entry " + entry + ")";
  }
}
