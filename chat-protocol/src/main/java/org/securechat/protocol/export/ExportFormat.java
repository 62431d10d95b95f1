package org.securechat.protocol.export;

/** The words of the format. */
final class ExportFormat {
  static final String NAME = "secure-chat/v1 conversation export";

  /** Bytes of a line at most, its line feed included. */
  static final int MAX_LINE = 1 << 20;

  static final String KEY = "key";
  static final String END = "end";

  private ExportFormat() {}
}
