package org.securechat.domain.account;

/**
 * How many users one may block.
 *
 * @param perUser at least 1
 */
public record BlockSettings(int perUser) {

  public BlockSettings {
    if (perUser < 1) {
      throw new IllegalArgumentException("A user may block at least one other");
    }
  }

  /** 10,000, more than anybody needs and less than what would weigh on the database. */
  public static BlockSettings defaults() {
    return new BlockSettings(10_000);
  }
}
