package org.securechat.persistence;

import java.util.List;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.timeline.Entry;

/**
 * An entry, as a row of {@code messages} has it.
 *
 * @param entry a message is without its files
 * @param files how many files it carries
 */
record StoredEntry(Entry entry, int files) {

  long id() {
    return entry.place().id();
  }

  Entry with(List<FileRecord> carried) {
    return entry instanceof Entry.Message message && !carried.isEmpty()
        ? new Entry.Message(
            message.place(),
            message.client(),
            message.sentAtMillis(),
            message.seen(),
            message.content(),
            message.contentHash(),
            message.bodyHash(),
            message.signature(),
            carried,
            message.expiresIn(),
            message.expiresAt())
        : entry;
  }
}
