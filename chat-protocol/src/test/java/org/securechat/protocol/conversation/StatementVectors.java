package org.securechat.protocol.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.securechat.protocol.vectors.Drawn.draw;
import static org.securechat.protocol.vectors.Drawn.flipped;
import static org.securechat.protocol.vectors.Drawn.hex;
import static org.securechat.protocol.vectors.Drawn.person;
import static org.securechat.protocol.vectors.Failure.INVALID_SIGNATURE;
import static org.securechat.protocol.vectors.Failure.INVALID_VALUE;
import static org.securechat.protocol.vectors.VectorFile.object;
import static org.securechat.protocol.vectors.VectorFile.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.conversation.TestLog.Person;
import org.securechat.protocol.key.IdentityKeyPair;
import org.securechat.protocol.vectors.Json;
import org.securechat.protocol.vectors.RawSignatures;
import org.securechat.protocol.vectors.VectorFile;
import org.securechat.protocol.vectors.VectorFormat;

/** An epoch's statement: text, hash and signature. */
public final class StatementVectors implements VectorFormat {
  private static final Person ALICE = drawn(10, "alice");
  private static final Person BOB = drawn(20, "bob");
  private static final long LARGEST = (1L << 53) - 1;

  private final GroupId group = new GroupId(hex(draw("group")));
  private final List<Member> both = List.of(ALICE.as(Role.ADMIN), BOB.as(Role.MEMBER));

  static Person drawn(long id, String name) {
    return new Person(new UserId(id), new Username(name), person(name));
  }

  @Override
  public String fileName() {
    return "epoch-statement.json";
  }

  @Override
  public VectorFile make() {
    return new VectorFile("3. Epochs", "statement of an epoch", cases(), refused());
  }

  private EpochStatement first(Member... members) {
    return EpochStatement.of(
        group, 1, Seen.NOTHING.hash(), commitment(), Seen.NOTHING, ALICE.id(), List.of(members));
  }

  private EpochStatement later(long epoch, long entry, Person author, List<Member> members) {
    return EpochStatement.of(
        group,
        epoch,
        Sha256.copyOf(draw("previous")),
        commitment(),
        new Seen(entry, Sha256.copyOf(draw("seen"))),
        author.id(),
        members);
  }

  private static Sha256 commitment() {
    return Sha256.copyOf(draw("commitment"));
  }

  private List<Map<String, Object>> cases() {
    // E-1, E-5
    Person last =
        new Person(new UserId(LARGEST), new Username("A.long-name_with_24chars"), BOB.identity());
    Person digit = new Person(new UserId(1), new Username("0"), BOB.identity());
    Person dots = new Person(new UserId(2), new Username("..."), person("carol"));
    return List.of(
        written("the first of one member", ALICE, first(ALICE.as(Role.ADMIN))),
        written("the first of two", ALICE, first(both.get(0), both.get(1))),
        written("a later one", ALICE, later(2, 17, ALICE, both)),
        written("by a member who is no admin", BOB, later(3, 17, BOB, both)),
        written(
            "nobody is an admin any more",
            BOB,
            later(4, 17, BOB, List.of(ALICE.as(Role.MEMBER), BOB.as(Role.MEMBER)))),
        written(
            "the largest numbers and the longest name",
            last,
            later(LARGEST, LARGEST, last, List.of(ALICE.as(Role.ADMIN), last.as(Role.ADMIN)))),
        written(
            "in the order of numbers, not of texts",
            digit,
            later(
                2,
                0,
                digit,
                List.of(digit.as(Role.MEMBER), dots.as(Role.MEMBER), ALICE.as(Role.ADMIN)))));
  }

  private static Map<String, Object> written(String name, Person author, EpochStatement statement) {
    return vector(
        name,
        "seed",
        hex(author.identity().secretSeed()),
        "group",
        statement.group().value(),
        "epoch",
        statement.epoch(),
        "previous",
        statement.previous().toHex(),
        "key_commitment",
        statement.keyCommitment().toHex(),
        "seen",
        WireJson.of(statement.seen()),
        "author",
        statement.author().value(),
        "members",
        statement.members().stream().map(StatementVectors::line).toList(),
        "statement",
        statement.text(),
        "statement_hash",
        statement.hash().toHex(),
        "statement_signature",
        author.identity().signStatement(statement).toHex());
  }

  private static Map<String, Object> line(Member member) {
    return object(
        "user_id",
        member.user().value(),
        "role",
        member.role().word(),
        "identity_key",
        member.key().toHex(),
        "username",
        member.name().value());
  }

  private List<Map<String, Object>> refused() {
    List<Map<String, Object>> refused = new ArrayList<>();
    refusedLines(refused);
    refusedMembers(refused);
    refusedFirsts(refused);
    refusedSignatures(refused);
    return refused;
  }

  private void refusedLines(List<Map<String, Object>> refused) {
    // G-1, E-1
    String good = later(2, 17, ALICE, both).text();
    String group = this.group.value();
    String previous = hex(draw("previous"));
    String key = commitment().toHex();
    String seen = hex(draw("seen"));
    replaced(refused, good, "another version", "secure-chat/v1/epoch", "secure-chat/v2/epoch");
    replaced(refused, good, "another text's first line", "v1/epoch", "v1/deletion");
    misformed(refused, "the first line is missing", good.substring(good.indexOf('\n') + 1));
    misformed(refused, "nothing", "");
    misformed(refused, "a byte order mark", "\ufeff" + good);
    misformed(refused, "a space before it", " " + good);
    misformed(refused, "lines end in CR LF", good.replace("\n", "\r\n"));
    misformed(refused, "the last line has no end", good.substring(0, good.length() - 1));
    misformed(refused, "an empty line at the end", good + "\n");
    misformed(refused, "another line at the end", good + "note hello\n");
    replaced(refused, good, "two spaces", "epoch 2", "epoch  2");
    replaced(refused, good, "a tabulator", "epoch 2", "epoch\t2");
    replaced(refused, good, "a space at the end of a line", "epoch 2\n", "epoch 2 \n");
    replaced(refused, good, "a line is missing", "epoch 2\n", "");
    replaced(refused, good, "a line twice", "epoch 2\n", "epoch 2\nepoch 2\n");
    replaced(
        refused,
        good,
        "two lines the other way round",
        "group " + group + "\nepoch 2\n",
        "epoch 2\ngroup " + group + "\n");
    replaced(refused, good, "a word in upper case", "author", "Author");
    replaced(refused, good, "the group in upper case", group, group.toUpperCase(Locale.ROOT));
    replaced(refused, good, "the group with 62 digits", group, group.substring(2));
    replaced(refused, good, "the group with 66 digits", group, group + "00");
    replaced(refused, good, "epoch 0", "epoch 2", "epoch 0");
    replaced(refused, good, "a leading zero", "epoch 2", "epoch 02");
    replaced(refused, good, "a sign", "epoch 2", "epoch +2");
    replaced(refused, good, "a negative epoch", "epoch 2", "epoch -2");
    replaced(refused, good, "a fraction", "epoch 2", "epoch 2.0");
    replaced(refused, good, "no number", "epoch 2", "epoch two");
    replaced(refused, good, "a digit beyond ASCII", "epoch 2", "epoch \u0662");
    replaced(refused, good, "an epoch of 2^53", "epoch 2", "epoch 9007199254740992");
    replaced(refused, good, "an epoch of 2^64 + 2", "epoch 2", "epoch 18446744073709551618");
    replaced(refused, good, "previous in upper case", previous, previous.toUpperCase(Locale.ROOT));
    replaced(refused, good, "previous with 62 digits", previous, previous.substring(2));
    replaced(refused, good, "key in upper case", key, key.toUpperCase(Locale.ROOT));
    replaced(refused, good, "key with 66 digits", key, key + "00");
    replaced(refused, good, "key is no hex", key, "g" + key.substring(1));
    replaced(refused, good, "seen in upper case", seen, seen.toUpperCase(Locale.ROOT));
    replaced(refused, good, "seen without an entry", "seen 17 ", "seen ");
    replaced(refused, good, "seen with a leading zero", "seen 17", "seen 017");
    replaced(refused, good, "seen at 2^53", "seen 17", "seen 9007199254740992");
    replaced(refused, good, "author 0", "author 10", "author 0");
    replaced(refused, good, "author with a leading zero", "author 10", "author 010");
    replaced(refused, good, "the author is no member", "author 10", "author 11");
  }

  private void refusedMembers(List<Map<String, Object>> refused) {
    // E-2, E-3
    String good = later(2, 17, ALICE, both).text();
    String alice = text(ALICE, "alice");
    String bob = text(BOB, "bob");
    replaced(refused, good, "nobody", alice + bob, "");
    replaced(refused, good, "a member's id is 0", "member 10", "member 0");
    replaced(refused, good, "a member's id with a leading zero", "member 20", "member 020");
    replaced(refused, good, "a member's id of 2^53", "member 20", "member 9007199254740992");
    replaced(refused, good, "a role that nobody knows", "20 member", "20 owner");
    replaced(refused, good, "a role in upper case", "10 admin", "10 ADMIN");
    replaced(refused, good, "no role", "10 admin ", "10 ");
    String key = hex(BOB.identity().publicKey().toByteArray());
    replaced(refused, good, "a key in upper case", key, key.toUpperCase(Locale.ROOT));
    replaced(refused, good, "a key of 31 bytes", key, key.substring(2));
    replaced(refused, good, "a key of 33 bytes", key, key + "00");
    replaced(refused, good, "an empty name", bob, bob.replace(" bob\n", " \n"));
    replaced(refused, good, "no name", bob, bob.replace(" bob\n", "\n"));
    replaced(refused, good, "a name of 25 characters", " bob\n", " " + "b".repeat(25) + "\n");
    replaced(refused, good, "a name with a space", " bob\n", " bob b\n");
    replaced(refused, good, "a name beyond ASCII", " bob\n", " b\u043eb\n");
    replaced(refused, good, "the name .", " bob\n", " .\n");
    replaced(refused, good, "the name ..", " bob\n", " ..\n");
    replaced(refused, good, "a name with a slash", " bob\n", " b/b\n");
    replaced(refused, good, "members in descending order", alice + bob, bob + alice);
    replaced(refused, good, "one id twice", "member 20", "member 10");
    replaced(refused, good, "one key twice", key, hex(ALICE.identity().publicKey().toByteArray()));
    replaced(refused, good, "one name twice", " bob\n", " alice\n");
    replaced(refused, good, "one name twice, ignoring case", " bob\n", " ALICE\n");
    Person nine = drawn(9, "nine");
    replaced(refused, good, "in the order of texts, not of numbers", bob, bob + text(nine, "nine"));
  }

  private static String text(Person person, String name) {
    return "member "
        + person.id().value()
        + (person.equals(ALICE) ? " admin " : " member ")
        + person.identity().publicKey().toHex()
        + " "
        + name
        + "\n";
  }

  private void refusedFirsts(List<Map<String, Object>> refused) {
    // E-4
    String good = first(both.get(0), both.get(1)).text();
    String zeros = "0".repeat(64);
    replaced(
        refused,
        good,
        "the first names one before",
        "previous " + zeros,
        "previous " + hex(draw("previous")));
    replaced(refused, good, "the first has seen an entry", "seen 0", "seen 1");
    replaced(
        refused,
        good,
        "the first has seen a hash",
        "seen 0 " + zeros,
        "seen 0 " + "0".repeat(63) + "1");
    replaced(refused, good, "the first is by one who is no admin", "10 admin", "10 member");
  }

  private void refusedSignatures(List<Map<String, Object>> refused) {
    // E-5, G-5
    EpochStatement good = later(2, 17, ALICE, both);
    byte[] signature = ALICE.identity().signStatement(good).toByteArray();
    refused.add(
        forged(
            "signed by another member", good, RawSignatures.signed(BOB.identity(), good.bytes())));
    refused.add(forged("a bit of R", good, flipped(signature, 0)));
    refused.add(forged("a bit of S", good, flipped(signature, 33)));
    refused.add(forged("S plus the group order", good, RawSignatures.malleated(signature)));
    refused.add(
        forged(
            "R of small order",
            good,
            RawSignatures.signedWithNeutralR(ALICE.identity(), good.bytes())));
    refused.add(
        forged(
            "the hash signed instead of the text",
            good,
            RawSignatures.signed(ALICE.identity(), good.hash().toByteArray())));
    refused.add(
        forged(
            "another statement's signature",
            good,
            ALICE.identity().signStatement(later(3, 17, ALICE, both)).toByteArray()));
  }

  private static Map<String, Object> forged(
      String name, EpochStatement statement, byte[] signature) {
    return vector(
        name,
        "statement",
        statement.text(),
        "statement_signature",
        hex(signature),
        "failure",
        INVALID_SIGNATURE);
  }

  private static void replaced(
      List<Map<String, Object>> refused, String good, String name, String from, String to) {
    String changed = good.replace(from, to);
    if (changed.equals(good)) {
      throw new IllegalStateException("No fault: " + name);
    }
    misformed(refused, name, changed);
  }

  /** Its author signs what stands there: nothing else is wrong with it. */
  private static void misformed(List<Map<String, Object>> refused, String name, String text) {
    refused.add(
        vector(
            name,
            "statement",
            text,
            "statement_signature",
            hex(RawSignatures.signed(ALICE.identity(), text.getBytes(UTF_8))),
            "failure",
            INVALID_VALUE));
  }

  @Override
  public Map<String, Object> outcome(Json vector) throws Exception {
    SignedStatement signed =
        SignedStatement.parse(vector.text("statement"), vector.text("statement_signature"));
    EpochStatement statement = signed.statement();
    signed.verify(statement.member(statement.author()).orElseThrow().key(), TestLog.STRICT);
    EpochStatement again =
        EpochStatement.of(
            new GroupId(vector.text("group")),
            vector.longNumber("epoch"),
            Sha256.copyOf(vector.hex("previous")),
            Sha256.copyOf(vector.hex("key_commitment")),
            WireJson.seen(vector.get("seen")),
            new UserId(vector.longNumber("author")),
            vector.items("members").map(StatementVectors::member).toList());
    assertEquals(statement, again);
    return Map.of(
        "members",
        statement.members().stream().map(StatementVectors::line).toList(),
        "statement",
        again.text(),
        "statement_hash",
        statement.hash().toHex(),
        "statement_signature",
        IdentityKeyPair.ofSeed(vector.hex("seed")).signStatement(again).toHex());
  }

  private static Member member(Json line) {
    return new Member(
        new UserId(line.longNumber("user_id")),
        line.text("role").equals("admin") ? Role.ADMIN : Role.MEMBER,
        IdentityKey.copyOf(line.hex("identity_key")),
        new Username(line.text("username")));
  }
}
