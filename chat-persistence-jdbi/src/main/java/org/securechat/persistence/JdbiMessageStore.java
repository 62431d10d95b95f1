package org.securechat.persistence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.file.StoredFile;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;
import org.securechat.domain.timeline.DeletionDecision;
import org.securechat.domain.timeline.DeletionFacts;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.timeline.MessageDraft;
import org.securechat.domain.timeline.MessageStore;
import org.securechat.domain.timeline.Page;
import org.securechat.domain.timeline.PageRange;
import org.securechat.domain.timeline.PostDecision;
import org.securechat.domain.timeline.PostFacts;
import org.securechat.domain.timeline.TimelineFacts;
import org.securechat.domain.transcript.ConversationId;

/** Timelines in SQL tables. Safe for use by many threads. */
final class JdbiMessageStore implements MessageStore {
  private final Readers readers;
  private final GroupCommit writer;

  JdbiMessageStore(Readers readers, GroupCommit writer) {
    this.readers = readers;
    this.writer = writer;
  }

  /** Locks the conversation only, so that all that is sent to it meets in one lane. */
  @Override
  public Optional<PostDecision> append(
      ConversationId conversation,
      MessageDraft draft,
      Function<PostFacts, PostDecision> decision,
      Actor actor) {
    return writer.call(
        Locks.on(conversation),
        draft.content().ciphertext().length,
        tables -> {
          LoadedTimeline loaded =
              tables
                  .timelineStatements()
                  .load(conversation, actor, draft.seen().entry(), Optional.of(draft.client()), 0)
                  .requireLive();
          if (loaded.facts().isEmpty()) {
            return Optional.empty();
          }
          List<StoredFile> files =
              draft.files().isEmpty() ? List.of() : tables.files().findAll(draft.files());
          PostDecision decided =
              decision.apply(new PostFacts(loaded.facts().get(), loaded.earlier(), files));
          if (decided instanceof PostDecision.Append append) {
            append(append, loaded, tables);
          }
          return Optional.of(decided);
        });
  }

  private static void append(PostDecision.Append append, LoadedTimeline loaded, Tables tables) {
    Entry.Message message = append.message();
    long messages = loaded.messageCount() + 1;
    TimelineStatements sql = tables.timelineStatements();
    sql.insert(NewEntry.of(message, append.tip(), messages, loaded.senderNumber() + 1));
    sql.moveTip(message.place().conversation(), append.tip(), messages);
    tables.timelines().attach(message.files(), message.place().id(), message.expiresAt());
  }

  @Override
  public Optional<DeletionDecision> delete(
      ConversationId conversation,
      long message,
      long seen,
      Function<DeletionFacts, DeletionDecision> decision,
      Actor actor,
      Once once) {
    return writer.call(
        Locks.on(conversation).and(once),
        tables -> {
          tables.requireUnspent(once);
          LoadedTimeline loaded =
              tables
                  .timelineStatements()
                  .load(conversation, actor, seen, Optional.empty(), message)
                  .requireLive();
          if (loaded.facts().isEmpty()) {
            return Optional.empty();
          }
          DeletionDecision decided =
              decision.apply(new DeletionFacts(loaded.facts().get(), loaded.target()));
          tables.replays().add(once);
          if (decided instanceof DeletionDecision.Append append) {
            append(append, loaded, tables);
          }
          return Optional.of(decided);
        });
  }

  private static void append(DeletionDecision.Append append, LoadedTimeline loaded, Tables tables) {
    Entry.Deletion deletion = append.deletion();
    ConversationId conversation = deletion.place().conversation();
    TimelineStatements sql = tables.timelineStatements();
    sql.insert(NewEntry.of(deletion, append.tip(), loaded.messageCount()));
    sql.moveTip(conversation, append.tip(), loaded.messageCount());
    tables.timelines().delete(conversation, deletion.deleted(), deletion.place().id());
    tables.timelines().eraseFiles(List.of(conversation), List.of(deletion.deleted()));
  }

  @Override
  public Optional<Long> markRead(
      ConversationId conversation,
      long upTo,
      Instant at,
      Consumer<TimelineFacts> rules,
      Actor actor) {
    return writer.call(
        Locks.on(conversation),
        tables -> {
          LoadedTimeline loaded =
              tables
                  .timelineStatements()
                  .load(conversation, actor, upTo, Optional.empty(), 0)
                  .requireLive();
          if (loaded.facts().isEmpty()) {
            return Optional.empty();
          }
          rules.accept(loaded.facts().get());
          if (upTo > loaded.readUpTo()) {
            tables.timelines().mark(conversation, actor.user(), upTo, at);
          }
          return Optional.of(Math.max(upTo, loaded.readUpTo()));
        });
  }

  @Override
  public Optional<Entry> entry(ConversationId conversation, long id) {
    return page(conversation, new PageRange(id - 1, id + 1, false), 1, Integer.MAX_VALUE)
        .entries()
        .stream()
        .findFirst();
  }

  @Override
  public Page page(ConversationId conversation, PageRange range, int limit, int maxBytes) {
    LoadedPage page = readers.read(sql -> load(conversation, range, limit, maxBytes, sql));
    List<StoredEntry> entries = page.entries();
    if (entries.isEmpty()) {
      return new Page(List.of(), false);
    }
    Map<Long, List<FileRecord>> files =
        entries.stream().anyMatch(each -> each.files() > 0)
            ? files(conversation, entries.get(0).id(), entries.get(entries.size() - 1).id())
            : Map.of();
    return new Page(
        entries.stream().map(each -> each.with(files.getOrDefault(each.id(), List.of()))).toList(),
        page.more());
  }

  /**
   * A page but for its files.
   *
   * @param more whether there are entries beyond it
   */
  private record LoadedPage(List<StoredEntry> entries, boolean more) {}

  /** What a page has room for is known before any of it is read. */
  private static LoadedPage load(
      ConversationId conversation, PageRange range, int limit, int maxBytes, ReadingSql sql) {
    List<EntrySize> found = sql.sizes(conversation, range, limit + 1);
    List<EntrySize> taken = EntrySize.take(found, limit, maxBytes);
    if (taken.isEmpty()) {
      return new LoadedPage(List.of(), false);
    }
    long one = taken.get(0).id();
    long other = taken.get(taken.size() - 1).id();
    return new LoadedPage(
        sql.entries(conversation, Math.min(one, other), Math.max(one, other)),
        taken.size() < found.size());
  }

  private Map<Long, List<FileRecord>> files(ConversationId conversation, long first, long last) {
    return readers.read(FileSql.class, sql -> sql.carried(conversation, first, last)).stream()
        .collect(
            Collectors.groupingBy(
                file -> file.entry().orElseThrow(),
                Collectors.mapping(StoredFile::file, Collectors.toList())));
  }

  @Override
  public int expire(Instant now, int limit) {
    List<FullMessage> expired = readers.read(TimelineSql.class, sql -> sql.expired(now, limit));
    int emptied = 0;
    for (List<FullMessage> batch : batches(expired)) {
      emptied += empty(batch);
    }
    return emptied;
  }

  private int empty(List<FullMessage> batch) {
    Locks locks = Locks.none();
    batch.forEach(message -> locks.and(message.conversation()));
    return writer.call(locks, FullMessage.bytes(batch), tables -> tables.timelines().empty(batch));
  }

  /** So few at once that a message that comes meanwhile does not wait for long. */
  private static List<List<FullMessage>> batches(List<FullMessage> messages) {
    List<List<FullMessage>> batches = new ArrayList<>();
    List<FullMessage> rest = messages;
    while (!rest.isEmpty()) {
      List<FullMessage> batch = FullMessage.batch(rest);
      batches.add(batch);
      rest = rest.subList(batch.size(), rest.size());
    }
    return batches;
  }
}
