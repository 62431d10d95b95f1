package org.securechat.protocol.conversation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.securechat.protocol.conversation.StatementVectors.drawn;
import static org.securechat.protocol.vectors.Drawn.draw;
import static org.securechat.protocol.vectors.Drawn.flipped;
import static org.securechat.protocol.vectors.Drawn.hex;
import static org.securechat.protocol.vectors.Failure.DOES_NOT_OPEN;
import static org.securechat.protocol.vectors.Failure.INVALID_VALUE;
import static org.securechat.protocol.vectors.VectorFile.vector;
import static org.securechat.protocol.vectors.VectorFile.with;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.securechat.crypto.HpkeSuite;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.conversation.TestLog.Person;
import org.securechat.protocol.key.IdentityKeyPair;
import org.securechat.protocol.key.RecipientKey;
import org.securechat.protocol.key.X25519Key;
import org.securechat.protocol.vectors.Json;
import org.securechat.protocol.vectors.VectorFile;
import org.securechat.protocol.vectors.VectorFormat;

/** The conversation key as each member gets it. */
public final class WrappedKeyVectors implements VectorFormat {
  private static final String MALFORMED = "malformed";
  private static final String ANOTHER_KEY = "another_key";
  private static final int SUITE_X25519 = 1;
  private static final int SUITE_X_WING = 2;
  private static final int TAG = 16;

  private static final Person ALICE = drawn(10, "alice");
  private static final Person BOB = drawn(20, "bob");
  private static final ConversationKey KEY = key("conversation key");

  private static ConversationKey key(String what) {
    return ConversationKey.generate(count -> draw(what, count));
  }

  private static EpochStatement statement(String group, long epoch, ConversationKey key) {
    EpochStatement first =
        EpochStatement.of(
            new GroupId(hex(draw(group))),
            1,
            Seen.NOTHING.hash(),
            key.commitment(),
            Seen.NOTHING,
            ALICE.id(),
            List.of(ALICE.as(Role.ADMIN), BOB.as(Role.MEMBER)));
    return epoch == 1
        ? first
        : EpochStatement.of(
            first.group(),
            epoch,
            first.hash(),
            key.commitment(),
            Seen.NOTHING,
            ALICE.id(),
            first.members());
  }

  private static RecipientKey recipient(int suite, Person person) {
    return suite == SUITE_X25519
        ? X25519Key.of(person.identity().publicKey())
        : person.identity().encryptionKeyPair().publicKey();
  }

  @Override
  public String fileName() {
    return "wrapped-key.json";
  }

  @Override
  public VectorFile make() throws Exception {
    // W-1, W-2
    List<Map<String, Object>> cases = new ArrayList<>();
    EpochStatement first = statement("group", 1, KEY);
    EpochStatement second = statement("group", 2, KEY);
    for (int suite : new int[] {SUITE_X25519, SUITE_X_WING}) {
      cases.add(wrapped("suite " + suite, suite, first, BOB));
      cases.add(wrapped("suite " + suite + ", for its author", suite, second, ALICE));
    }
    List<Map<String, Object>> refused = new ArrayList<>();
    for (int suite : new int[] {SUITE_X25519, SUITE_X_WING}) {
      refuse(refused, suite, first);
    }
    refuseSuites(refused, first);
    return new VectorFile("3. Epochs", "wrapped conversation key", cases, refused);
  }

  private static Map<String, Object> wrapped(
      String name, int suite, EpochStatement statement, Person person) throws Exception {
    byte[] random = randomness(suite);
    return with(
        read(name, statement, person, sealed(suite, statement, person)),
        "suite",
        suite,
        "encryption_key",
        Base64Text.encode(recipient(suite, person).toByteArray()),
        "randomness",
        hex(random),
        "info",
        new String(WrappedConversationKey.info(statement, person.id()), US_ASCII),
        "associated_data",
        statement.hash().toHex(),
        "conversation_key",
        hex(KEY.secretBytes()));
  }

  /** What the encapsulation is derived from: one secret of X25519, two of X-Wing. */
  private static byte[] randomness(int suite) {
    return draw("encapsulation of suite " + suite, suite == SUITE_X25519 ? 32 : 64);
  }

  private static byte[] sealed(int suite, EpochStatement statement, Person person)
      throws Exception {
    return Base64Text.decode(
        WrappedConversationKey.wrap(
                EpochKey.of(KEY, statement),
                person.id(),
                recipient(suite, person),
                count -> randomness(suite))
            .keyData());
  }

  private static Map<String, Object> read(
      String name, EpochStatement statement, Person person, byte[] keyData) {
    return vector(
        name,
        "statement",
        statement.text(),
        "user_id",
        person.id().value(),
        "seed",
        hex(person.identity().secretSeed()),
        "key_data",
        Base64Text.encode(keyData));
  }

  private static void refuse(List<Map<String, Object>> refused, int suite, EpochStatement statement)
      throws Exception {
    // W-3, W-4, E-6
    byte[] good = sealed(suite, statement, BOB);
    int encapsulation = good.length - 1 - 32 - TAG;
    String of = "suite " + suite + ": ";
    refused.add(no(of + "another recipient", statement, ALICE, good, DOES_NOT_OPEN));
    refused.add(
        no(
            of + "the recipient's key under another id",
            statement,
            new Person(ALICE.id(), ALICE.name(), BOB.identity()),
            good,
            DOES_NOT_OPEN));
    refused.add(no(of + "another epoch", statement("group", 2, KEY), BOB, good, DOES_NOT_OPEN));
    refused.add(
        no(of + "another group", statement("another group", 1, KEY), BOB, good, DOES_NOT_OPEN));
    refused.add(
        no(
            of + "another statement of the same group and number",
            statement("group", 1, key("another key")),
            BOB,
            good,
            DOES_NOT_OPEN));
    refused.add(
        no(of + "a bit of the encapsulation", statement, BOB, flipped(good, 5), DOES_NOT_OPEN));
    refused.add(
        no(
            of + "a bit of the ciphertext",
            statement,
            BOB,
            flipped(good, 1 + encapsulation),
            DOES_NOT_OPEN));
    refused.add(
        no(of + "a bit of the tag", statement, BOB, flipped(good, good.length - 1), DOES_NOT_OPEN));
    refused.add(
        no(
            of + "a byte less",
            statement,
            BOB,
            Arrays.copyOf(good, good.length - 1),
            DOES_NOT_OPEN));
    refused.add(
        no(
            of + "a byte more",
            statement,
            BOB,
            Arrays.copyOf(good, good.length + 1),
            DOES_NOT_OPEN));
    refused.add(
        no(of + "no tag", statement, BOB, Arrays.copyOf(good, 1 + encapsulation), DOES_NOT_OPEN));
    refused.add(
        no(
            of + "another key than the statement's",
            statement,
            BOB,
            sealed(suite, statement, key("another key").secretBytes()),
            ANOTHER_KEY));
    refused.add(
        no(
            of + "a key of 31 bytes",
            statement,
            BOB,
            sealed(suite, statement, Arrays.copyOf(KEY.secretBytes(), 31)),
            MALFORMED));
  }

  private static void refuseSuites(List<Map<String, Object>> refused, EpochStatement statement)
      throws Exception {
    // W-1, G-2
    byte[] good = sealed(SUITE_X25519, statement, BOB);
    byte[] zeros = new byte[good.length];
    zeros[0] = SUITE_X25519;
    refused.add(no("an encapsulation that everybody knows", statement, BOB, zeros, DOES_NOT_OPEN));
    for (int suite : new int[] {0, 3, 255}) {
      byte[] other = good.clone();
      other[0] = (byte) suite;
      refused.add(no("suite " + suite + ", which is none", statement, BOB, other, MALFORMED));
    }
    byte[] swapped = good.clone();
    swapped[0] = SUITE_X_WING;
    refused.add(no("suite 1 called 2", statement, BOB, swapped, DOES_NOT_OPEN));
    refused.add(no("nothing", statement, BOB, new byte[0], MALFORMED));
    refused.add(no("the suite alone", statement, BOB, new byte[] {1}, DOES_NOT_OPEN));
    refused.add(
        with(
            no("no base64", statement, BOB, good, INVALID_VALUE),
            "key_data",
            Base64Text.encode(good).substring(1)));
    refused.add(
        with(
            no("base64 in the alphabet for addresses", statement, BOB, good, INVALID_VALUE),
            "key_data",
            "_" + Base64Text.encode(good).substring(1)));
  }

  private static Map<String, Object> no(
      String name, EpochStatement statement, Person person, byte[] keyData, String failure) {
    return with(read(name, statement, person, keyData), "failure", failure);
  }

  /** Seals anything for Bob, as nobody honest does. */
  private static byte[] sealed(int suite, EpochStatement statement, byte[] anything) {
    HpkeSuite hpke = suite == SUITE_X25519 ? HpkeSuite.X25519 : HpkeSuite.X_WING;
    byte[] sealed =
        hpke.seal(
            recipient(suite, BOB).toByteArray(),
            WrappedConversationKey.info(statement, BOB.id()),
            statement.hash().toByteArray(),
            anything,
            count -> randomness(suite));
    byte[] keyData = new byte[1 + sealed.length];
    keyData[0] = (byte) suite;
    System.arraycopy(sealed, 0, keyData, 1, sealed.length);
    return keyData;
  }

  @Override
  public Map<String, Object> outcome(Json vector) throws Exception {
    EpochStatement statement = EpochStatement.parse(vector.text("statement"));
    UserId user = new UserId(vector.longNumber("user_id"));
    IdentityKeyPair identity = IdentityKeyPair.ofSeed(vector.hex("seed"));
    EpochKey key =
        WrappedConversationKey.parse(vector.text("key_data")).unwrap(statement, user, identity);
    RecipientKey recipient =
        recipient(vector.number("suite"), new Person(user, ALICE.name(), identity));
    assertEquals(vector.text("encryption_key"), Base64Text.encode(recipient.toByteArray()));
    RandomSource random = count -> vector.hex("randomness");
    return Map.of(
        "conversation_key",
        hex(key.conversationKey().secretBytes()),
        "key_data",
        WrappedConversationKey.wrap(key, user, recipient, random).keyData(),
        "info",
        new String(WrappedConversationKey.info(statement, user), US_ASCII),
        "associated_data",
        statement.hash().toHex());
  }
}
