package org.securechat.domain.transcript;

/** What a member may do to an epoch's list of members. */
public enum Role {
  /** May write any list. */
  ADMIN("admin"),
  /** May only repeat the list, without those who left. */
  MEMBER("member");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /** The word in signed texts and on the wire; never changes. */
  public String word() {
    return word;
  }
}
