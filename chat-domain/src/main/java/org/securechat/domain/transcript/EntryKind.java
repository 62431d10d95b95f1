package org.securechat.domain.transcript;

/** What an entry of a conversation's log is. */
public enum EntryKind {
  MESSAGE("message"),
  EPOCH("epoch"),
  DELETION("deletion");

  private final String word;

  EntryKind(String word) {
    this.word = word;
  }

  /** The word in signed texts and on the wire; never changes. */
  public String word() {
    return word;
  }
}
