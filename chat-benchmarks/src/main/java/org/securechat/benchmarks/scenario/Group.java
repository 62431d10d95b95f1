package org.securechat.benchmarks.scenario;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.securechat.benchmarks.prototype.BareSendScenario;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.LogEntry;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.MessageText;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;

/**
 * A conversation on a server, in its first epoch, which its members share. They have seen nothing
 * but its beginning, so that what they send can be signed long before it is sent. May be used by
 * many threads.
 */
final class Group {
  private static final int EPOCH = 1;

  private final String path;
  private final GroupId group;
  private final Seen beginning;
  private final Clock clock;

  private Group(String path, GroupId group, Seen beginning, Clock clock) {
    this.path = path;
    this.group = group;
    this.beginning = beginning;
    this.clock = clock;
  }

  /**
   * Begins one.
   *
   * @param members the first begins it, the others join
   * @throws IllegalStateException if the server refuses
   */
  static Group begin(List<SignedInUser> members, Clock clock) {
    SignedInUser author = members.get(0);
    GroupId group = GroupId.random(new SystemRandomSource());
    List<Member> lines = new ArrayList<>(List.of(author.as(Role.ADMIN)));
    members.stream().skip(1).forEach(member -> lines.add(member.as(Role.MEMBER)));
    lines.sort(Comparator.comparingLong(line -> line.user().value()));
    EpochStatement statement =
        EpochStatement.of(
            group, EPOCH, Seen.NOTHING.hash(), Sha256.of(), Seen.NOTHING, author.id(), lines);
    Signature signature = author.sign(statement.bytes());
    String id =
        author
            .call("/api/conversations", data(statement, signature), 201)
            .text("conversation", "id");
    String path = "/api/conversations/" + id;
    members.stream().skip(1).forEach(member -> member.call(path + "/join", "", 200));
    LogEntry first =
        new LogEntry(1, EntryKind.EPOCH, author.id(), EPOCH, statement.hash(), signature);
    return new Group(path, group, Seen.NOTHING.next(first), clock);
  }

  private static String data(EpochStatement statement, Signature signature) {
    String keys =
        statement.members().stream()
            .map(member -> "{\"user_id\":" + member.user().value() + ",\"key_data\":\"a2V5\"}")
            .collect(Collectors.joining(","));
    return Stream.of(
            "\"group_id\":\"" + statement.group().value() + "\"",
            "\"statement\":\"" + statement.text().replace("\n", "\\n") + "\"",
            "\"statement_signature\":\"" + signature.toHex() + "\"",
            "\"keys\":[" + keys + "]")
        .collect(Collectors.joining(","));
  }

  /** Where it is. */
  String path() {
    return path;
  }

  /** Its number. */
  String id() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The whole bytes of a request that sends 2 KiB that nobody has sent before, signed now. */
  byte[] send(SignedInUser sender) {
    byte[] content = new byte[BareSendScenario.MESSAGE_BYTES];
    byte[] nonce = new byte[MessageText.NONCE_LENGTH];
    ThreadLocalRandom.current().nextBytes(content);
    ThreadLocalRandom.current().nextBytes(nonce);
    MessageText text =
        new MessageText(
            group,
            EPOCH,
            sender.id(),
            new ClientId(UUID.randomUUID().toString()),
            clock.millis(),
            beginning,
            0,
            List.of());
    Signature signature = sender.sign(text.signed(MessageText.contentHash(nonce, content)));
    return sender.post(
        path + "/messages",
        Stream.of(
                "\"client_id\":\"" + text.client().value() + "\"",
                "\"epoch\":" + EPOCH,
                "\"sent_at\":" + text.sentAtMillis(),
                "\"seen\":{\"id\":1,\"hash\":\"" + beginning.hash().toHex() + "\"}",
                "\"content\":\"" + Base64Text.encode(content) + "\"",
                "\"nonce\":\"" + HexFormat.of().formatHex(nonce) + "\"",
                "\"signature\":\"" + signature.toHex() + "\"")
            .collect(Collectors.joining(",")));
  }
}
