package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.securechat.app.StoredConversations.Deletion;
import org.securechat.app.StoredConversations.Entry;
import org.securechat.app.StoredConversations.Epoch;
import org.securechat.app.StoredConversations.Message;
import org.securechat.app.StoredConversations.Wrapped;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.conversation.ShownEntry;
import org.securechat.protocol.key.IdentityKeyPair;

/**
 * A conversation of a {@link Simulation} as somebody sees it who knows everything: what was said,
 * told by those who said it; the log, as the server has stored it; and every key. Says who must be
 * shown what. What was said may be told by many threads; all else is for quiet times.
 */
final class Room {
  private final ConversationId id;
  private final Map<Long, Said> said = new ConcurrentHashMap<>();
  private final Set<Long> deleted = ConcurrentHashMap.newKeySet();
  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private final Map<Long, byte[]> keys = new TreeMap<>();
  private List<Entry> log = List.of();
  private final Map<Long, EpochStatement> epochs = new HashMap<>();

  Room(ConversationId id) {
    this.id = id;
  }

  ConversationId id() {
    return id;
  }

  /** Somebody was told that this stands there. */
  void said(long entry, Said content) {
    Said before = said.put(entry, content);
    assertTrue(before == null, () -> entry + " stands for two messages in " + this);
  }

  /** Somebody was told that this is deleted. */
  void deleted(long entry) {
    deleted.add(entry);
  }

  /** It may be called so from now on. */
  void called(String name) {
    names.add(name);
  }

  /**
   * Reads what the server has: the log must be what was told, nothing lost, nothing twice, and
   * everybody's running hash the true one.
   *
   * @param identities everybody's
   */
  void read(StoredConversations stored, Map<UserId, IdentityKeyPair> identities) {
    log = stored.log(id);
    log.forEach(entry -> {
      if (entry instanceof Epoch epoch) {
        epochs.put(epoch.statement().epoch(), epoch.statement());
      }
    });
    stored.keys(id).forEach(wrapped -> collect(wrapped, identities));
    requireOneHistory();
    requireWhatWasTold();
  }

  private void collect(Wrapped wrapped, Map<UserId, IdentityKeyPair> identities) {
    EpochStatement statement = epoch(wrapped.epoch());
    assertTrue(
        statement.member(wrapped.user()).isPresent(),
        () -> "a key for who is no member of epoch " + wrapped.epoch() + " of " + this);
    keys.computeIfAbsent(
        wrapped.epoch(),
        epoch -> {
          byte[] key =
              KeyProbe.unwrap(
                      statement,
                      wrapped.user(),
                      wrapped.key(),
                      Objects.requireNonNull(identities.get(wrapped.user())))
                  .orElseThrow();
          assertTrue(KeyProbe.isCommitted(statement, key));
          return key;
        });
  }

  /** Whatever was signed with {@code seen}, its author had the same history as everybody. */
  private void requireOneHistory() {
    Map<Long, Seen> chain = new HashMap<>();
    Seen last = Seen.NOTHING;
    chain.put(0L, last);
    for (Entry entry : log) {
      assertEquals(chain.get(entry.seen().entry()), entry.seen(), () -> entry.id() + " of " + this);
      last = last.next(entry.line());
      assertEquals(last.hash(), entry.running(), () -> entry.id() + " of " + this);
      chain.put(entry.id(), last);
    }
  }

  private void requireWhatWasTold() {
    Set<Long> messages = new HashSet<>();
    Set<Long> deletions = new HashSet<>();
    for (Entry entry : log) {
      if (entry instanceof Message message) {
        messages.add(message.id());
        requireSaid(message);
      } else if (entry instanceof Deletion deletion) {
        deletions.add(deletion.text().message());
      }
    }
    assertTrue(messages.containsAll(said.keySet()), () -> "a message is lost in " + this);
    assertTrue(deletions.containsAll(deleted), () -> "a deletion is lost in " + this);
  }

  private void requireSaid(Message message) {
    byte[] key = keys.get(message.header().epoch());
    if (key != null && message.ciphertext().isPresent()) {
      Said opened =
          KeyProbe.open(key, message.header(), message.ciphertext().get())
              .map(Said::of)
              .orElseThrow();
      // The SDK itself says how a conversation is called, when it begins and to who is added.
      if (opened.type() == Said.Type.NAME && names.contains(opened.text())) {
        said.putIfAbsent(message.id(), opened);
      }
      assertEquals(said.get(message.id()), opened, () -> message.id() + " of " + this);
    }
    assertTrue(
        said.containsKey(message.id()), () -> "nobody has said " + message.id() + " of " + this);
  }

  private EpochStatement epoch(long number) {
    return Objects.requireNonNull(epochs.get(number));
  }

  private boolean isIn(long epoch, UserId user) {
    return epoch(epoch).member(user).isPresent();
  }

  private Said told(Message message) {
    return Objects.requireNonNull(said.get(message.id()));
  }

  /** Who was in it at some time. */
  Set<UserId> everybody() {
    return epochs.values().stream()
        .flatMap(epoch -> epoch.users().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Nobody's keys open what was said when they were not in it: neither those of the epochs they
   * were in, nor what was wrapped for others.
   *
   * @return how many messages were tried
   */
  int requireSecrecy(StoredConversations stored, Map<UserId, IdentityKeyPair> identities) {
    int tried = 0;
    Map<Long, Wrapped> wrapped = new HashMap<>();
    stored.keys(id).forEach(key -> wrapped.putIfAbsent(key.epoch(), key));
    for (UserId user : everybody()) {
      IdentityKeyPair identity = Objects.requireNonNull(identities.get(user));
      List<byte[]> held = new ArrayList<>();
      keys.forEach((epoch, key) -> {
        if (isIn(epoch, user)) {
          held.add(key);
        }
      });
      wrapped.values().stream()
          .filter(key -> !isIn(key.epoch(), user))
          .forEach(key ->
              KeyProbe.unwrap(epoch(key.epoch()), key.user(), key.key(), identity)
                  .ifPresent(held::add));
      for (Entry entry : log) {
        if (entry instanceof Message message
            && message.ciphertext().isPresent()
            && !isIn(message.header().epoch(), user)) {
          tried++;
          for (byte[] key : held) {
            assertEquals(
                Optional.empty(),
                KeyProbe.open(key, message.header(), message.ciphertext().get()),
                () -> "a stranger reads " + message.id() + " of " + this);
          }
        }
      }
    }
    return tried;
  }

  /**
   * What somebody must be shown who has verified the log up to an entry: nothing, if they were no
   * member there.
   */
  List<String> entitled(UserId user, long upTo, Instant now) {
    List<Entry> read = log.stream().filter(entry -> entry.id() <= upTo).toList();
    long first = 0;
    long hiddenFrom = 0;
    boolean member = false;
    for (Entry entry : read) {
      if (entry instanceof Epoch epoch) {
        boolean before = member;
        member = epoch.statement().member(user).isPresent();
        if (member && !before) {
          first = entry.id();
          hiddenFrom = entry.seen().entry() + 1;
        }
      }
    }
    return !member ? List.of() : new View(read, first, hiddenFrom, now).lines();
  }

  /** What is left of a log, for who reads it from some entry on. */
  private final class View {
    private final List<Entry> read;
    private final Map<Long, Message> messages = new TreeMap<>();
    private final Set<Long> gone = new HashSet<>();
    private final long first;
    private final long hiddenFrom;
    private final Instant now;

    View(List<Entry> read, long first, long hiddenFrom, Instant now) {
      this.read = read;
      this.first = first;
      this.hiddenFrom = hiddenFrom;
      this.now = now;
      for (Entry entry : read) {
        if (entry instanceof Message message) {
          messages.put(message.id(), message);
        } else if (entry instanceof Deletion deletion) {
          gone.add(deletion.text().message());
        }
      }
    }

    List<String> lines() {
      List<String> lines = new ArrayList<>();
      for (Entry entry : read) {
        if (entry.id() < first) {
          continue;
        }
        if (entry instanceof Epoch epoch) {
          lines.add(entry.id() + " " + text(epoch.statement()));
        } else if (entry instanceof Message message) {
          line(message).ifPresent(line -> lines.add(message.id() + " " + line));
        }
      }
      return lines;
    }

    private boolean isExpired(Message message) {
      long sent = message.header().sentAtMillis();
      long from = Math.min(sent, message.createdAt().toEpochMilli());
      long seconds = message.header().expiresSeconds();
      return seconds > 0 && from + seconds * 1_000 <= now.toEpochMilli();
    }

    private boolean isLive(Message message) {
      return !gone.contains(message.id()) && !isExpired(message);
    }

    private Optional<String> line(Message message) {
      if (gone.contains(message.id())) {
        return Optional.of("DELETED");
      }
      if (isExpired(message)) {
        return Optional.of("EXPIRED");
      }
      Said content = told(message);
      return content.isShownAlone() ? Optional.of(withAll(message, content)) : Optional.empty();
    }

    private String withAll(Message message, Said original) {
      Said content = original;
      boolean edited = false;
      Map<String, Set<UserId>> reactions = new TreeMap<>();
      for (Message other : messages.values()) {
        Said about = told(other);
        if (!about.isAbout(message.id()) || !isLive(other)) {
          continue;
        }
        if (about.type() == Said.Type.EDIT) {
          content = content.edited(about.text());
          edited = true;
        } else {
          reactions
              .computeIfAbsent(about.text(), emoji -> new LinkedHashSet<>())
              .add(other.line().sender());
        }
      }
      long target = content.target();
      boolean isKnown = messages.containsKey(target) && (target >= first || target >= hiddenFrom);
      return text(message.line().sender(), content, edited, isKnown ? target : 0, reactions);
    }
  }

  /** What a client shows, in the same words. */
  static List<String> shown(List<ShownEntry> history) {
    return history.stream().map(entry -> entry.id() + " " + text(entry)).toList();
  }

  private static String text(ShownEntry entry) {
    if (entry instanceof ShownEntry.Epoch epoch) {
      return text(epoch.statement());
    }
    if (entry instanceof ShownEntry.Gone gone) {
      return gone.cause().toString();
    }
    if (entry instanceof ShownEntry.Message message) {
      return text(
          message.sender().user(),
          Said.of(message.content()),
          message.edited(),
          message.replyTo().orElse(0L),
          new TreeMap<>(message.reactions()));
    }
    return entry.toString();
  }

  private static String text(EpochStatement statement) {
    Function<Member, String> line = member -> member.name().value() + " " + member.role();
    return "epoch " + statement.epoch() + statement.members().stream().map(line).sorted().toList();
  }

  private static String text(
      UserId sender,
      Said content,
      boolean edited,
      long replyTo,
      Map<String, Set<UserId>> reactions) {
    return "%d: %s %s '%s'%s to %d %s"
        .formatted(
            sender.value(),
            content.type(),
            content.files(),
            content.text(),
            edited ? " (edited)" : "",
            replyTo,
            reactions);
  }

  @Override
  public String toString() {
    return "room " + id.value();
  }
}
