package org.securechat.protocol.conversation;

import static org.securechat.protocol.conversation.StatementVectors.drawn;
import static org.securechat.protocol.vectors.Drawn.draw;
import static org.securechat.protocol.vectors.Drawn.hex;
import static org.securechat.protocol.vectors.Failure.AGAINST_THE_RULES;
import static org.securechat.protocol.vectors.Failure.INVALID_SIGNATURE;
import static org.securechat.protocol.vectors.VectorFile.vector;
import static org.securechat.protocol.vectors.VectorFile.with;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.EpochRules;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.conversation.TestLog.Person;
import org.securechat.protocol.vectors.Json;
import org.securechat.protocol.vectors.VectorFile;
import org.securechat.protocol.vectors.VectorFormat;

/** What an epoch's statement may be after another one, and as the first that somebody sees. */
public final class EpochRulesVectors implements VectorFormat {
  private static final Person ALICE = drawn(10, "alice");
  private static final Person BOB = drawn(20, "bob");
  private static final Person CAROL = drawn(30, "carol");
  private static final Person MALLORY = drawn(40, "mallory");

  private static final Member A = ALICE.as(Role.ADMIN);
  private static final Member B = BOB.as(Role.MEMBER);
  private static final Member C = CAROL.as(Role.MEMBER);

  private static final GroupId GROUP = new GroupId(hex(draw("group")));
  private static final Seen SEEN = new Seen(17, Sha256.copyOf(draw("seen")));

  private static EpochStatement statement(
      long epoch, Sha256 previous, Person author, Member... members) {
    return EpochStatement.of(
        GROUP,
        epoch,
        previous,
        Sha256.copyOf(draw("commitment " + epoch)),
        SEEN,
        author.id(),
        List.of(members));
  }

  private static EpochStatement before(Member... members) {
    return statement(4, Sha256.copyOf(draw("previous")), ALICE, members);
  }

  private static EpochStatement after(EpochStatement previous, Person author, Member... members) {
    return statement(5, previous.hash(), author, members);
  }

  @Override
  public String fileName() {
    return "epoch-rules.json";
  }

  @Override
  public VectorFile make() {
    return new VectorFile("3. Epochs", "one epoch after another", cases(), refused());
  }

  private static List<Map<String, Object>> cases() {
    // E-10, E-11
    EpochStatement three = before(A, B, C);
    Member bobAdmin = BOB.as(Role.ADMIN);
    EpochStatement admins = before(A, bobAdmin, C);
    EpochStatement two = before(A, B);
    EpochStatement none =
        statement(4, Sha256.copyOf(draw("previous")), BOB, ALICE.as(Role.MEMBER), B);
    return Stream.of(
            follows("an admin renews the key", three, ALICE, after(three, ALICE, A, B, C)),
            follows("a member renews the key", three, BOB, after(three, BOB, A, B, C)),
            follows("an admin adds", two, ALICE, after(two, ALICE, A, B, C)),
            follows(
                "an admin adds an admin",
                two,
                ALICE,
                after(two, ALICE, A, B, CAROL.as(Role.ADMIN))),
            follows("an admin removes", three, ALICE, after(three, ALICE, A, C)),
            follows("an admin raises", three, ALICE, after(three, ALICE, A, bobAdmin, C)),
            follows(
                "an admin lowers another",
                admins,
                BOB,
                after(admins, BOB, ALICE.as(Role.MEMBER), bobAdmin, C)),
            follows(
                "an admin adds, removes and raises at once",
                three,
                ALICE,
                after(three, ALICE, A, bobAdmin, MALLORY.as(Role.MEMBER))),
            follows("a member drops who left", three, BOB, after(three, BOB, A, B), CAROL),
            follows(
                "a member drops two who left", three, CAROL, after(three, CAROL, C), ALICE, BOB),
            follows("an admin drops who left", three, ALICE, after(three, ALICE, A, B), CAROL),
            follows(
                "without an admin a member renews",
                none,
                BOB,
                after(none, BOB, ALICE.as(Role.MEMBER), B)),
            follows("an admin alone", two, ALICE, after(two, ALICE, A)),
            with(
                first("the first that somebody sees, by an admin of it", ALICE, three),
                "accepted",
                true))
        .toList();
  }

  private static List<Map<String, Object>> refused() {
    // E-7, E-8, E-9, E-10, E-11, E-12
    EpochStatement three = before(A, B, C);
    EpochStatement two = before(A, B);
    Member bobAdmin = BOB.as(Role.ADMIN);
    List<Map<String, Object>> refused = new ArrayList<>();
    EpochStatement other =
        EpochStatement.of(
            new GroupId(hex(draw("another group"))),
            5,
            two.hash(),
            Sha256.copyOf(draw("commitment 5")),
            SEEN,
            ALICE.id(),
            List.of(A, B));
    refused.add(breaks("another group", two, ALICE, other));
    refused.add(breaks("the same number", two, ALICE, statement(4, two.hash(), ALICE, A, B)));
    refused.add(breaks("a number left out", two, ALICE, statement(6, two.hash(), ALICE, A, B)));
    refused.add(
        breaks(
            "another one before", two, ALICE, statement(5, Sha256.copyOf(draw("x")), ALICE, A, B)));
    refused.add(
        breaks(
            "an author who was no member before",
            two,
            MALLORY,
            after(two, MALLORY, A, B, MALLORY.as(Role.ADMIN))));
    refused.add(
        breaks(
            "another key of a member who stays",
            two,
            ALICE,
            after(two, ALICE, A, new Member(BOB.id(), Role.MEMBER, C.key(), BOB.name()))));
    refused.add(
        breaks(
            "another name of a member who stays",
            two,
            ALICE,
            after(two, ALICE, A, new Member(BOB.id(), Role.MEMBER, B.key(), CAROL.name()))));
    refused.add(
        breaks(
            "the name of a member who stays in another case",
            two,
            ALICE,
            after(two, ALICE, A, new Member(BOB.id(), Role.MEMBER, B.key(), new Username("Bob")))));
    refused.add(breaks("a member adds", two, BOB, after(two, BOB, A, B, C)));
    refused.add(breaks("a member raises itself", two, BOB, after(two, BOB, A, bobAdmin)));
    refused.add(
        breaks("a member lowers an admin", two, BOB, after(two, BOB, ALICE.as(Role.MEMBER), B)));
    refused.add(
        breaks(
            "a member drops who left and raises itself",
            three,
            BOB,
            after(three, BOB, A, bobAdmin),
            CAROL));
    refused.add(
        breaks(
            "an admin who lowers itself adds",
            two,
            ALICE,
            after(two, ALICE, ALICE.as(Role.MEMBER), B, C)));
    refused.add(
        breaks("an admin lowers itself", two, ALICE, after(two, ALICE, ALICE.as(Role.MEMBER), B)));
    refused.add(breaksFor("a member drops who did not leave", three, BOB, after(three, BOB, A, B)));
    refused.add(
        breaksFor("a member keeps who left", three, BOB, after(three, BOB, A, B, C), CAROL));
    refused.add(
        breaksFor("an admin keeps who left", three, ALICE, after(three, ALICE, A, B, C), CAROL));
    refused.add(
        breaksFor(
            "a member drops one of two who left",
            three,
            BOB,
            after(three, BOB, A, B),
            ALICE,
            CAROL));
    EpochStatement renewed = after(two, ALICE, A, B);
    refused.add(
        with(rule("signed by another member", two, BOB, renewed), "failure", INVALID_SIGNATURE));
    refused.add(
        with(
            rule("signed by somebody outside", two, CAROL, renewed), "failure", INVALID_SIGNATURE));
    refused.add(
        with(
            first(
                "the first that somebody sees, by one who is no admin",
                BOB,
                statement(4, Sha256.copyOf(draw("previous")), BOB, A, B)),
            "failure",
            AGAINST_THE_RULES));
    refused.add(
        with(
            first("the first that somebody sees, signed by another", BOB, two),
            "failure",
            AGAINST_THE_RULES));
    return refused;
  }

  /** Whoever is missing has left, which is all that a client knows. */
  private static Map<String, Object> follows(
      String name, EpochStatement previous, Person author, EpochStatement next, Person... left) {
    Map<String, Object> rule = rule(name, previous, author, next);
    return with(left.length == 0 ? rule : with(rule, "left", ids(left)), "accepted", true);
  }

  private static Map<String, Object> breaks(
      String name, EpochStatement previous, Person author, EpochStatement next, Person... left) {
    Map<String, Object> rule = rule(name, previous, author, next);
    return with(
        left.length == 0 ? rule : with(rule, "left", ids(left)), "failure", AGAINST_THE_RULES);
  }

  /** A fault that only whoever knows who left can see: the server. */
  private static Map<String, Object> breaksFor(
      String name, EpochStatement previous, Person author, EpochStatement next, Person... left) {
    return with(
        rule(name, previous, author, next), "left", ids(left), "failure", AGAINST_THE_RULES);
  }

  private static List<Long> ids(Person... people) {
    return Stream.of(people).map(person -> person.id().value()).toList();
  }

  private static Map<String, Object> rule(
      String name, EpochStatement previous, Person author, EpochStatement next) {
    return vector(
        name,
        "previous",
        previous.text(),
        "statement",
        next.text(),
        "statement_signature",
        author.identity().signStatement(next).toHex());
  }

  private static Map<String, Object> first(String name, Person author, EpochStatement statement) {
    return vector(
        name,
        "previous",
        null,
        "statement",
        statement.text(),
        "statement_signature",
        author.identity().signStatement(statement).toHex());
  }

  @Override
  public Map<String, Object> outcome(Json vector) throws Exception {
    SignedStatement next =
        SignedStatement.parse(vector.text("statement"), vector.text("statement_signature"));
    boolean accepted =
        vector.has("previous")
            ? continues(vector, EpochStatement.parse(vector.text("previous")), next)
            : next.isFirst(TestLog.STRICT);
    return accepted ? Map.of("accepted", true) : Map.of("failure", AGAINST_THE_RULES);
  }

  private static boolean continues(Json vector, EpochStatement previous, SignedStatement next)
      throws Exception {
    Set<UserId> left =
        vector.has("left")
            ? vector
                .items("left")
                .map(id -> new UserId(Long.parseLong((String) id.value())))
                .collect(Collectors.toSet())
            : previous.leavers(next.statement().users());
    try {
      EpochRules.requireContinues(previous, next.statement(), left);
    } catch (InvalidValueException e) {
      return false;
    }
    if (!EpochRules.mayWrite(previous, next.statement(), left)) {
      return false;
    }
    next.verify(previous.member(next.statement().author()).orElseThrow().key(), TestLog.STRICT);
    return true;
  }
}
