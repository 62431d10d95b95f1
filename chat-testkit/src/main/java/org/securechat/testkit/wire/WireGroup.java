package org.securechat.testkit.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.Sha256;

/** A conversation, with the log as a member who was there from the beginning has it. */
public final class WireGroup {
  public static final String ZEROS = "0".repeat(64);

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Somebody in a statement. */
  public record Line(WireUser user, String role) {
    String text() {
      return "member %d %s %s %s\n".formatted(user.id(), role, user.keyHex(), user.name());
    }
  }

  /** A place in the log and the running hash there. */
  public record Seen(long id, String hash) {
    Map<String, @Nullable Object> json() {
      return WireJson.object("id", id, "hash", hash);
    }
  }

  private final String group = hex(32);
  private final List<String> hashes = new ArrayList<>(List.of(ZEROS));
  private final List<String> statements = new ArrayList<>();
  private List<Line> lines = List.of();
  private long id;

  /** Begins a conversation; whoever begins it is its admin, the others are invited. */
  public static WireGroup begin(WireUser creator, WireUser... others) {
    WireGroup group = new WireGroup();
    List<Line> lines = new ArrayList<>(List.of(new Line(creator, "admin")));
    for (WireUser other : others) {
      lines.add(new Line(other, "member"));
    }
    group.follow(
        creator.post("/api/conversations", group.start(creator, lines)).expect(201), lines);
    return group;
  }

  /** The same, with all of them there. */
  public static WireGroup joined(WireUser creator, WireUser... others) {
    WireGroup group = begin(creator, others);
    for (WireUser other : others) {
      group.join(other);
    }
    return group;
  }

  public void join(WireUser user) {
    user.post(path("/join"), "{}").expect(200);
  }

  public String groupId() {
    return group;
  }

  public long id() {
    return id;
  }

  public String path(String end) {
    return "/api/conversations/" + id + end;
  }

  public long epoch() {
    return statements.size();
  }

  public String statement() {
    return statements.get(statements.size() - 1);
  }

  public long last() {
    return hashes.size() - 1L;
  }

  /** The last entry. */
  public Seen seen() {
    return seen(last());
  }

  public Seen seen(long entry) {
    return new Seen(entry, hashes.get((int) entry));
  }

  public List<Line> lines() {
    return lines;
  }

  /** The data of a beginning. */
  public Map<String, @Nullable Object> start(WireUser author, List<Line> members) {
    String text = statement(author, 1, ZEROS, new Seen(0, ZEROS), members);
    return WireJson.object(
        "group_id",
        group,
        "name",
        "Table of " + author.name(),
        "statement",
        text,
        "statement_signature",
        author.sign(text),
        "keys",
        keys(members));
  }

  /** The data of the next epoch. */
  public Map<String, @Nullable Object> next(WireUser author, List<Line> members) {
    return next(author, nextStatement(author, members), members);
  }

  public Map<String, @Nullable Object> next(WireUser author, String text, List<Line> members) {
    return WireJson.object(
        "epoch",
        epoch() + 1,
        "statement",
        text,
        "statement_signature",
        author.sign(text),
        "keys",
        keys(members));
  }

  public String nextStatement(WireUser author, List<Line> members) {
    return statement(author, epoch() + 1, hash(statement()), seen(), members);
  }

  public String statement(
      WireUser author, long epoch, String previous, Seen seen, List<Line> members) {
    return "secure-chat/v1/epoch\ngroup %s\nepoch %d\nprevious %s\nkey %s\nseen %d %s\nauthor %d\n"
            .formatted(group, epoch, previous, hex(32), seen.id(), seen.hash(), author.id())
        + members.stream()
            .sorted(Comparator.comparingLong(line -> line.user().id()))
            .map(Line::text)
            .collect(Collectors.joining());
  }

  /** A key for each. */
  public static List<@Nullable Object> keys(List<Line> members) {
    List<@Nullable Object> keys = new ArrayList<>();
    members.forEach(line -> keys.add(key(line.user().id(), keyData(line.user()))));
    return keys;
  }

  public static Map<String, @Nullable Object> key(long user, String keyData) {
    return WireJson.object("user_id", user, "key_data", keyData);
  }

  public static String keyData(WireUser user) {
    return base64(("wrapped for " + user.name()).getBytes(StandardCharsets.UTF_8));
  }

  /** Starts the next epoch with these members. */
  public void advance(WireUser author, List<Line> members) {
    follow(author.post(path("/epochs"), next(author, members)).expect(201), members);
  }

  /** Takes the epoch in that was just begun, as everybody finds it in the timeline. */
  public void follow(WireAnswer begun, List<Line> members) {
    id = begun.number("conversation.id");
    lines = List.copyOf(members);
    WireUser anybody = members.get(0).user();
    for (Map<String, @Nullable Object> entry : entriesAfter(anybody, last())) {
      append(entry);
    }
    assertEquals(last(), begun.number("conversation.last_id"));
  }

  public List<Map<String, @Nullable Object>> entriesAfter(WireUser user, long entry) {
    return user.get(path("/messages?after=" + entry)).expect(200).objects("messages");
  }

  /** Takes in what others have appended, and returns it. */
  public List<Map<String, @Nullable Object>> catchUp(WireUser reader) {
    List<Map<String, @Nullable Object>> entries = new ArrayList<>();
    boolean more = true;
    while (more) {
      WireAnswer page = reader.get(path("/messages?limit=100&after=" + last())).expect(200);
      page.objects("messages")
          .forEach(entry -> {
            append(entry);
            entries.add(entry);
          });
      more = Boolean.TRUE.equals(page.at("has_more"));
    }
    return entries;
  }

  /** The data of a message that is in order. */
  public Map<String, @Nullable Object> message(WireUser sender, String text) {
    return message(sender, text.getBytes(StandardCharsets.UTF_8), List.of(), null);
  }

  public Map<String, @Nullable Object> message(
      WireUser sender,
      byte[] content,
      List<Map<String, @Nullable Object>> files,
      @Nullable Long expiresIn) {
    String client = UUID.randomUUID().toString();
    String nonce = hex(24);
    long sentAt = 1_768_824_000_123L;
    String header =
        header(
            sender.id(),
            epoch(),
            client,
            sentAt,
            seen(),
            expiresIn,
            files.stream().map(file -> String.valueOf(file.get("sha256"))).toList());
    return WireJson.object(
        "client_id", client,
        "epoch", epoch(),
        "sent_at", sentAt,
        "seen", seen().json(),
        "content", base64(content),
        "nonce", nonce,
        "signature", sender.sign(header + "content " + contentHash(nonce, content) + "\n"),
        "file_ids", files.stream().map(file -> file.get("id")).toList(),
        "expires_in", expiresIn);
  }

  private String header(
      long sender,
      long epoch,
      String client,
      long sentAt,
      Seen seen,
      @Nullable Object expiresIn,
      List<String> files) {
    return ("secure-chat/v1/message\ngroup %s\nepoch %d\nsender %d\nclient %s\nsent %d\n"
            + "seen %d %s\nexpires %s\nfiles %s\n")
        .formatted(
            group,
            epoch,
            sender,
            client,
            sentAt,
            seen.id(),
            seen.hash(),
            expiresIn == null ? "0" : expiresIn,
            files.isEmpty() ? "-" : String.join(",", files));
  }

  public static String contentHash(String nonce, byte[] content) {
    return Sha256.of(HexFormat.of().parseHex(nonce), content).toHex();
  }

  /** Sends a message and takes it in. */
  public Map<String, @Nullable Object> send(WireUser sender, String text) {
    return send(sender, message(sender, text));
  }

  public Map<String, @Nullable Object> send(
      WireUser sender, Map<String, @Nullable Object> message) {
    Map<String, @Nullable Object> entry =
        sender.post(path("/messages"), message).expect(201).object("message");
    append(entry);
    return entry;
  }

  /** The data of a deletion. */
  public Map<String, @Nullable Object> deletion(WireUser by, long message) {
    String text =
        "secure-chat/v1/deletion\ngroup %s\nmessage %d\nsender %d\nseen %d %s\n"
            .formatted(group, message, by.id(), seen().id(), seen().hash());
    return WireJson.object(
        "message_id", message, "seen", seen().json(), "signature", by.sign(text));
  }

  public Map<String, @Nullable Object> delete(WireUser by, long message) {
    Map<String, @Nullable Object> entry =
        by.post(path("/deletions"), deletion(by, message)).expect(201).object("entry");
    append(entry);
    return entry;
  }

  /** Takes the next entry in, as everybody computes the running hash from what they get. */
  public void append(Map<String, @Nullable Object> entry) {
    assertEquals(hashes.size(), ((Long) member(entry, "id")).intValue());
    String hash = hashes.get(hashes.size() - 1);
    hashes.add(nextHash(hash, entry));
    if (entry.containsKey("statement")) {
      statements.add((String) member(entry, "statement"));
    }
  }

  /** The running hash one entry further on, of an entry or a stub. */
  public String nextHash(String before, Map<String, @Nullable Object> entry) {
    String body =
        entry.containsKey("stub") ? (String) member(entry, "body_hash") : hash(signedText(entry));
    Object signature =
        entry.containsKey("statement_signature")
            ? member(entry, "statement_signature")
            : member(entry, "signature");
    String text =
        "entry %s %s %s %s\nbody %s\nsig %s\n"
            .formatted(
                member(entry, "id"),
                member(entry, "kind"),
                member(entry, "sender_id"),
                member(entry, "epoch"),
                body,
                signature);
    return Sha256.of(
            "secure-chat/v1/chain\n".getBytes(StandardCharsets.US_ASCII),
            HexFormat.of().parseHex(before),
            text.getBytes(StandardCharsets.US_ASCII))
        .toHex();
  }

  @SuppressWarnings("unchecked") // names of JSON members are strings
  private String signedText(Map<String, @Nullable Object> entry) {
    if (entry.containsKey("statement")) {
      return (String) member(entry, "statement");
    }
    Map<String, Object> json = (Map<String, Object>) member(entry, "seen");
    Seen seen = new Seen((Long) member(json, "id"), (String) member(json, "hash"));
    long sender = (Long) member(entry, "sender_id");
    if (entry.containsKey("deleted_id")) {
      return "secure-chat/v1/deletion\ngroup %s\nmessage %s\nsender %d\nseen %d %s\n"
          .formatted(group, member(entry, "deleted_id"), sender, seen.id(), seen.hash());
    }
    List<Map<String, Object>> files = (List<Map<String, Object>>) member(entry, "files");
    return header(
            sender,
            (Long) member(entry, "epoch"),
            (String) member(entry, "client_id"),
            (Long) member(entry, "sent_at"),
            seen,
            entry.get("expires_in"),
            files.stream().map(file -> (String) member(file, "sha256")).toList())
        + "content "
        + member(entry, "content_hash")
        + "\n";
  }

  private static <T extends @Nullable Object> Object member(Map<String, T> object, String name) {
    return Objects.requireNonNull(object.get(name), name);
  }

  public static String hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).toHex();
  }

  public static String hex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  public static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** So many bytes. */
  public static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }
}
