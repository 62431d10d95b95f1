package org.securechat.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.wire.WireAnswer;
import org.securechat.testkit.wire.WireGroup;
import org.securechat.testkit.wire.WireGroup.Line;
import org.securechat.testkit.wire.WireJson;
import org.securechat.testkit.wire.WireUser;
import org.securechat.testkit.wire.WireWorld;

/**
 * Somebody who calls, and a new conversation of Olga's, its admin, and of Walter's, a member, which
 * the caller is to as they are.
 */
final class AccessScene {
  /** What the caller is. */
  enum Standing {
    ANONYMOUS,
    NO_SESSION,
    UNSIGNED,
    ANOTHER_KEY,
    OUTSIDER,
    BLOCKED,
    INVITED,
    MEMBER,
    ADMIN,
    REMOVED,
    LEFT,
    HALF_REGISTERED,
    SECOND_FACTOR_RESET;

    /** Whether they have once joined the conversation. */
    boolean joins() {
      return switch (this) {
        case ANONYMOUS, NO_SESSION, OUTSIDER, INVITED, HALF_REGISTERED -> false;
        default -> true;
      };
    }

    /** Whether they are in the conversation, as seen by whoever begins it. */
    boolean belongs() {
      return joins() || this == INVITED;
    }
  }

  /**
   * Somebody with all that they know.
   *
   * @param home where they have a session with all rights, unless they are half registered
   * @param device what they call from
   */
  record Account(WireUser home, WireUser device, String secret) {}

  private final Authenticator authenticator;
  private final Standing standing;
  private final Account account;
  private final WireUser olga;
  private final WireUser walter;
  private @Nullable WireGroup group;
  private boolean settled;
  private boolean special;

  AccessScene(WireWorld world, TestClock clock, Standing standing, Account account) {
    this.authenticator = new Authenticator(clock);
    this.standing = standing;
    this.account = account;
    this.olga = world.user("olga");
    this.walter = world.user("walter");
  }

  /** Makes somebody new who can be a caller of a kind. */
  static Account register(WireWorld world, Standing standing) {
    WireUser user = world.stranger("caller");
    String secret = user.beginRegistration();
    if (standing == Standing.HALF_REGISTERED) {
      return new Account(user, user, secret);
    }
    WireAnswer registered = user.confirmRegistration(secret);
    WireUser device = user;
    if (standing == Standing.SECOND_FACTOR_RESET) {
      device = user.elsewhere();
      device
          .post(
              "/api/login",
              WireJson.object(
                  "username",
                  user.name(),
                  "password_hash",
                  user.key().passwordHash(),
                  "recovery_code",
                  registered.text("recovery_codes.0")))
          .expect(200);
    } else if (standing == Standing.BLOCKED) {
      world.user("olga").post("/api/users/" + user.name() + "/block", "{}").expect(200);
    }
    return new Account(user, device, secret);
  }

  WireUser olga() {
    return olga;
  }

  WireUser walter() {
    return walter;
  }

  /** Who calls; signs, too, unless somebody else does. */
  WireUser caller() {
    return account.device();
  }

  String passwordHash() {
    return account.home().key().passwordHash();
  }

  /** A code that was not used yet. */
  String code() {
    return authenticator.nextCode(account.secret());
  }

  /** The id of the caller's session, if they may know it, otherwise of Olga's. */
  String ownSession() {
    boolean known =
        switch (standing) {
          case ANONYMOUS, NO_SESSION, HALF_REGISTERED, SECOND_FACTOR_RESET -> false;
          default -> true;
        };
    return sessionOf(known ? account.home() : olga);
  }

  String sessionOf(WireUser user) {
    return user.get("/api/sessions").expect(200).text("sessions.0.id");
  }

  /** The conversation, made when it is asked for first. */
  WireGroup group() {
    if (group == null) {
      group = begin();
    }
    return group;
  }

  private WireGroup begin() {
    WireUser user = account.home();
    WireGroup begun = new WireGroup();
    List<Line> members = new ArrayList<>(List.of(admin(olga), member(walter)));
    if (standing.belongs()) {
      members.add(standing == Standing.ADMIN ? admin(user) : member(user));
    }
    begun.follow(olga.post("/api/conversations", begun.start(olga, members)).expect(201), members);
    begun.join(walter);
    if (standing.joins()) {
      begun.join(user);
    }
    return begun;
  }

  /** Whether the conversation is not as most rows want it. */
  boolean isSpecial() {
    return special;
  }

  /** The conversation when the caller is out of it, if they are who was removed or has left. */
  WireGroup settled() {
    WireGroup known = group();
    if (settled) {
      return known;
    }
    settled = true;
    special |= standing == Standing.REMOVED || standing == Standing.LEFT;
    if (standing == Standing.REMOVED) {
      known.advance(olga, List.of(admin(olga), member(walter)));
    } else if (standing == Standing.LEFT) {
      account.home().post(known.path("/leave"), "{}").expect(200);
    }
    return known;
  }

  /** The same conversation, where the caller came late, after a message with a file. */
  Map<String, @Nullable Object> beforeTheCallerCame() {
    List<Line> others = List.of(admin(olga), member(walter));
    WireGroup begun = WireGroup.joined(olga, walter);
    Map<String, @Nullable Object> file = upload(begun, olga);
    Map<String, @Nullable Object> entry =
        begun.send(olga, begun.message(olga, WireGroup.bytes(5), List.of(file), null));
    if (standing.belongs()) {
      WireUser user = account.home();
      begun.advance(olga, with(others, standing == Standing.ADMIN ? admin(user) : member(user)));
      if (standing.joins()) {
        begun.join(user);
      }
    }
    group = begun;
    special = true;
    return entry;
  }

  /** A message with a file: the caller's own if they can have written one, otherwise Olga's. */
  Map<String, @Nullable Object> ownMessage() {
    return message(standing.joins() ? account.home() : olga);
  }

  Map<String, @Nullable Object> message(WireUser by) {
    return group()
        .send(by, group().message(by, WireGroup.bytes(5), List.of(upload(group(), by)), null));
  }

  /** A file that is in no message yet: the caller's own if they can have one, otherwise Olga's. */
  Map<String, @Nullable Object> ownFile() {
    return upload(group(), standing.joins() ? account.home() : olga);
  }

  static Map<String, @Nullable Object> upload(WireGroup group, WireUser by) {
    return by.upload(uploads(group.id()), WireGroup.bytes(9)).expect(201).object("file");
  }

  static String uploads(long conversation) {
    return "/api/conversations/" + conversation + "/files?filename=file&mime_type=a/b";
  }

  /** The members; the caller too, as an admin, whom only the server can tell from one. */
  List<Line> members() {
    List<Line> members = group().lines();
    return members.stream().anyMatch(line -> line.user() == account.home())
        ? members
        : with(members, admin(account.home()));
  }

  /** The same, without this one and with these. */
  List<Line> membersBut(WireUser left, Line... more) {
    List<Line> members = new ArrayList<>(members());
    members.removeIf(line -> line.user() == left);
    members.addAll(Arrays.asList(more));
    return members;
  }

  List<Line> membersAnd(Line more) {
    return with(members(), more);
  }

  private static List<Line> with(List<Line> members, Line more) {
    List<Line> all = new ArrayList<>(members);
    all.add(more);
    return all;
  }

  static Line admin(WireUser user) {
    return new Line(user, "admin");
  }

  static Line member(WireUser user) {
    return new Line(user, "member");
  }
}
