package org.securechat.testkit.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.securechat.testkit.usecase.ChatFixture.assertRejected;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.securechat.domain.ChatSettings;
import org.securechat.domain.account.Block;
import org.securechat.domain.account.BlockSettings;
import org.securechat.domain.account.PublicUser;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.SignedCaller;
import org.securechat.testkit.TestUser;

class BlocksTest {
  private static final ChatSettings DEFAULTS = ChatSettings.defaults();

  private final ChatFixture fixture =
      new ChatFixture(
          new ChatSettings(
              DEFAULTS.requests(),
              DEFAULTS.sessions(),
              DEFAULTS.registrations(),
              DEFAULTS.credentials(),
              new BlockSettings(2),
              DEFAULTS.conversations(),
              DEFAULTS.timeline(),
              DEFAULTS.files(),
              DEFAULTS.sync()));
  private final Member alice = fixture.join(TestUser.named("alice"));
  private final Member bob = fixture.join(TestUser.named("Bob"));

  private void block(SignedCaller caller, String name) {
    fixture.chat.accounts().blockUser().block(caller, new Username(name));
  }

  private void block(String name) {
    block(fixture.calling(alice), name);
  }

  private void unblock(String name) {
    fixture.chat.accounts().unblockUser().unblock(fixture.calling(alice), new Username(name));
  }

  private List<Block> blocks(Member member) {
    return fixture.chat.accounts().listBlocks().list(fixture.calling(member).caller());
  }

  @Test
  void block_nameInOtherCase_listsTheUserByTheirOwn() {
    Instant start = fixture.clock.instant();
    block("bOB");
    fixture.clock.advance(Duration.ofSeconds(1));
    block("bob");

    assertEquals(List.of(new Block(bob.id(), new Username("Bob"), start)), blocks(alice));
    assertEquals(List.of(), blocks(bob));
  }

  @Test
  void block_oneself_isAnInvalidField() {
    RejectedException e = assertRejected(Rejection.INVALID_REQUEST, () -> block("ALICE"));

    assertEquals(Set.of("username"), e.fields().keySet());
  }

  @Test
  void blockOrUnblock_unknownName_isNotFound() {
    assertRejected(Rejection.NOT_FOUND, () -> block("nobody"));
    assertRejected(Rejection.NOT_FOUND, () -> unblock("nobody"));
  }

  @Test
  void block_oneMoreThanMayBe_isRefusedUntilOneIsTakenBack() {
    fixture.join(TestUser.named("carl"));
    fixture.join(TestUser.named("dora"));
    block("bob");
    block("carl");

    assertRejected(Rejection.TOO_MANY_BLOCKS, () -> block("dora"));
    block("bob");
    unblock("bob");
    block("dora");
    assertEquals(
        List.of("carl", "dora"),
        blocks(alice).stream().map(block -> block.username().value()).toList());
  }

  @Test
  void unblock_whoIsNotBlocked_changesNothing() {
    unblock("bob");

    assertEquals(List.of(), blocks(alice));
  }

  @Test
  void block_sameRequestAgain_isReplayed() {
    SignedCaller caller = fixture.calling(alice);
    block(caller, "bob");

    assertRejected(Rejection.REPLAYED_REQUEST, () -> block(caller, "bob"));
  }

  @Test
  void settings_withoutRoomForOne_areNone() {
    assertThrows(IllegalArgumentException.class, () -> new BlockSettings(0));
  }

  @Test
  void readUser_anyCase_isWhatEverybodyMayKnow() {
    PublicUser read = fixture.chat.accounts().readUser().read(new Username("BOB"));

    assertEquals(
        new PublicUser(bob.id(), new Username("Bob"), bob.user().identityKey(), Optional.empty()),
        read);
    assertRejected(
        Rejection.NOT_FOUND, () -> fixture.chat.accounts().readUser().read(new Username("bo")));
  }
}
