package org.securechat.testkit.model;

import java.util.ArrayList;
import java.util.List;
import org.securechat.domain.file.FileId;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.LogEntry;
import org.securechat.domain.transcript.Seen;

/** What is known of a conversation by whoever has followed it from its beginning. */
final class Chat {
  private final ConversationId id;
  private final List<Seen> chain = new ArrayList<>();
  private final List<FileId> files = new ArrayList<>();
  private EpochStatement statement;

  Chat(ConversationId id, EpochStatement statement) {
    this.id = id;
    this.statement = statement;
    chain.add(Seen.NOTHING);
  }

  ConversationId id() {
    return id;
  }

  List<FileId> files() {
    return files;
  }

  /** The newest epoch's. */
  EpochStatement statement() {
    return statement;
  }

  long last() {
    return chain.size() - 1L;
  }

  /** The place so many entries before the last. */
  Seen seen(int back) {
    return chain.get(Math.max(0, chain.size() - 1 - back));
  }

  /** Takes in an entry that follows. */
  void add(Entry entry) {
    if (entry instanceof Entry.Epoch epoch) {
      statement = EpochStatement.parse(epoch.statement());
    }
    LogEntry logged =
        new LogEntry(
            entry.place().id(),
            entry.kind(),
            entry.place().sender(),
            entry.place().epoch(),
            entry.bodyHash(),
            entry.signature());
    chain.add(chain.get(chain.size() - 1).next(logged));
  }
}
