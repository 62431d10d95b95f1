package org.securechat.testkit.contract;

import java.util.Optional;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.transcript.LogEntry;

/** What messages become. */
final class MessageChecks {
  private MessageChecks() {}

  /** The same message without its content. */
  static Entry.Message emptied(Entry.Message message) {
    return new Entry.Message(
        message.place(),
        message.client(),
        message.sentAtMillis(),
        message.seen(),
        Optional.empty(),
        message.contentHash(),
        message.bodyHash(),
        message.signature(),
        message.files(),
        message.expiresIn(),
        message.expiresAt());
  }

  /** What the running hash takes in of an entry. */
  static LogEntry logEntry(Entry entry) {
    return new LogEntry(
        entry.place().id(),
        entry.kind(),
        entry.place().sender(),
        entry.place().epoch(),
        entry.bodyHash(),
        entry.signature());
  }
}
