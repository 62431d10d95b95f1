package org.securechat.testkit.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.file.StoredFile;
import org.securechat.domain.identity.UserId;
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

/** Timelines on the heap. */
final class InMemoryMessageStore implements MessageStore {
  private final MemoryTables tables;

  InMemoryMessageStore(MemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public Optional<PostDecision> append(
      ConversationId conversation,
      MessageDraft draft,
      Function<PostFacts, PostDecision> decision,
      Actor actor) {
    synchronized (tables) {
      tables.requireLive(actor);
      Optional<MemoryConversation> found = tables.find(conversation);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      PostDecision decided = decision.apply(facts(found.get(), draft, actor.user()));
      if (decided instanceof PostDecision.Append append) {
        Entry.Message message = append.message();
        found.get().append(message, append.tip());
        for (FileRecord file : message.files()) {
          Objects.requireNonNull(tables.files.get(file.id()))
              .attach(message.place().id(), message.expiresAt());
        }
      }
      return Optional.of(decided);
    }
  }

  private PostFacts facts(MemoryConversation conversation, MessageDraft draft, UserId sender) {
    List<StoredFile> files =
        draft.files().stream()
            .map(tables.files::get)
            .filter(Objects::nonNull)
            .flatMap(file -> file.sealed().stream())
            .toList();
    Optional<Long> earlier =
        conversation.entries.stream()
            .filter(entry ->
                entry instanceof Entry.Message message
                    && message.place().sender().equals(sender)
                    && message.client().equals(draft.client()))
            .map(entry -> entry.place().id())
            .findFirst();
    return new PostFacts(conversation.facts(sender, draft.seen().entry()), earlier, files);
  }

  @Override
  public Optional<DeletionDecision> delete(
      ConversationId conversation,
      long message,
      long seen,
      Function<DeletionFacts, DeletionDecision> decision,
      Actor actor,
      Once once) {
    synchronized (tables) {
      tables.requireUnspentAndLive(once, actor);
      Optional<MemoryConversation> found = tables.find(conversation);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      MemoryConversation log = found.get();
      DeletionDecision decided =
          decision.apply(new DeletionFacts(log.facts(actor.user(), seen), target(log, message)));
      tables.used.add(once);
      if (decided instanceof DeletionDecision.Append append) {
        log.append(append.deletion(), append.tip());
        log.entry(append.deletion().deleted())
            .map(Entry.Message.class::cast)
            .ifPresent(tables::empty);
      }
      return Optional.of(decided);
    }
  }

  private static Optional<DeletionFacts.Target> target(MemoryConversation log, long message) {
    Optional<Long> deletion =
        log.entries.stream()
            .filter(entry -> entry instanceof Entry.Deletion each && each.deleted() == message)
            .map(entry -> entry.place().id())
            .findFirst();
    return log.entry(message)
        .map(entry ->
            new DeletionFacts.Target(message, entry.kind(), entry.place().sender(), deletion));
  }

  /** When somebody has read is not told to anybody, so it is not kept here. */
  @Override
  public Optional<Long> markRead(
      ConversationId conversation,
      long upTo,
      Instant at,
      Consumer<TimelineFacts> rules,
      Actor actor) {
    synchronized (tables) {
      tables.requireLive(actor);
      Optional<MemoryConversation> found = tables.find(conversation);
      found.ifPresent(log -> rules.accept(log.facts(actor.user(), upTo)));
      return found.map(log -> log.markRead(actor.user(), upTo));
    }
  }

  @Override
  public Optional<Entry> entry(ConversationId conversation, long id) {
    synchronized (tables) {
      return tables.find(conversation).flatMap(log -> log.entry(id));
    }
  }

  @Override
  public Page page(ConversationId conversation, PageRange range, int limit, int maxBytes) {
    synchronized (tables) {
      List<Entry> all = new ArrayList<>();
      tables.find(conversation).ifPresent(log -> all.addAll(log.entries));
      all.removeIf(
          entry -> entry.place().id() <= range.after() || entry.place().id() >= range.before());
      if (range.newestFirst()) {
        Collections.reverse(all);
      }
      List<Entry> taken = new ArrayList<>(take(all, limit, maxBytes));
      if (range.newestFirst()) {
        Collections.reverse(taken);
      }
      return new Page(taken, taken.size() < all.size());
    }
  }

  private static List<Entry> take(List<Entry> all, int limit, int maxBytes) {
    long bytes = 0;
    int taken = 0;
    for (Entry entry : all) {
      bytes += entry.size();
      if (taken == limit || (bytes > maxBytes && taken > 0)) {
        break;
      }
      taken++;
    }
    return all.subList(0, taken);
  }

  @Override
  public int expire(Instant now, int limit) {
    synchronized (tables) {
      List<Entry.Message> expired =
          tables.conversations.values().stream()
              .flatMap(log -> log.entries.stream())
              .filter(Entry.Message.class::isInstance)
              .map(Entry.Message.class::cast)
              .filter(message ->
                  message.content().isPresent()
                      && message.expiresAt().filter(at -> !at.isAfter(now)).isPresent())
              .limit(limit)
              .toList();
      expired.forEach(tables::empty);
      return expired.size();
    }
  }
}
