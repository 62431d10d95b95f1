package org.securechat.testkit.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.usecase.ChatFixture.ADDRESS;
import static org.securechat.testkit.usecase.ChatFixture.assertRejected;
import static org.securechat.testkit.usecase.ChatFixture.client;
import static org.securechat.testkit.usecase.ChatFixture.form;
import static org.securechat.testkit.usecase.ChatFixture.nameOf;
import static org.securechat.testkit.usecase.ChatFixture.presented;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.ChatSettings;
import org.securechat.domain.account.Accounts;
import org.securechat.domain.account.ClosingForm;
import org.securechat.domain.account.EncryptionIv;
import org.securechat.domain.account.KdfParameters;
import org.securechat.domain.account.LoginForm;
import org.securechat.domain.account.PasswordForm;
import org.securechat.domain.account.ResetForm;
import org.securechat.domain.credential.LoginTicket;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.PresentedFactor;
import org.securechat.domain.credential.RecoveryCode;
import org.securechat.domain.credential.TotpCode;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.request.SignedRequest;
import org.securechat.domain.session.SignedCaller;
import org.securechat.testkit.TestUser;

/**
 * Whatever must not be told apart by its time makes the same calls to ports, in the same order. No
 * more than five attempts fail in a row here, so that each is let through.
 */
class EqualWorkTest {
  private static final String WRONG = "wrong";

  private final ChatFixture fixture = new ChatFixture();
  private final TestUser alice = TestUser.named("alice");
  private final TestUser nobody = TestUser.named("nobody");
  private final Member member = fixture.join(alice);
  private final CountingPorts counting = new CountingPorts(fixture.ports);
  private final ChatFixture counted = new ChatFixture(counting.ports(), ChatSettings.defaults());

  private final TotpCode right = fixture.code(member.secret(), 1);
  private final TotpCode spent = fixture.code(member.secret(), 0);
  private final TotpCode wrong = fixture.wrongCode(member.secret());
  private final RecoveryCode unknownCode = RecoveryCode.presented("0000-0000-0000-0000");

  /** The calls that an attempt makes which is refused. */
  private List<String> refused(Runnable attempt) {
    return counting.during(() -> assertRejected(Rejection.INVALID_CREDENTIALS, attempt::run));
  }

  private List<String> releaseKey(TestUser user, String passwordHash, PresentedFactor factor) {
    Accounts accounts = counted.chat.accounts();
    return refused(() -> accounts.releaseKey().release(form(user, passwordHash, factor), ADDRESS));
  }

  private List<String> logIn(String passwordHash, PresentedFactor factor) {
    SignedRequest request = fixture.fresh(alice);
    LoginForm form = form(alice, passwordHash, factor);
    return refused(() -> counted.chat.accounts().logIn().logIn(request, () -> form, client()));
  }

  private static void assertAllTheSame(List<List<String>> attempts) {
    assertEquals(1, new HashSet<>(attempts).size(), attempts::toString);
    assertTrue(attempts.get(0).contains("PasswordHasher.matches"), attempts::toString);
  }

  @Test
  void releaseKey_anythingWrongWithACode_costsTheSame() {
    List<String> unknownName = releaseKey(nobody, nobody.passwordHash(), presented(right));
    List<String> wrongPassword = releaseKey(alice, WRONG, presented(right));
    List<String> spentCode = releaseKey(alice, alice.passwordHash(), presented(spent));
    fixture.releaseKey(alice, presented(member.recoveryCode(9)));

    assertAllTheSame(
        List.of(
            unknownName,
            wrongPassword,
            spentCode,
            releaseKey(alice, alice.passwordHash(), presented(wrong)),
            releaseKey(alice, WRONG, presented(spent)),
            releaseKey(alice, WRONG, presented(wrong))));
  }

  @Test
  void releaseKey_anythingWrongWithARecoveryCode_costsTheSame() {
    RecoveryCode spentCode = member.recoveryCode(0);
    fixture.releaseKey(alice, presented(spentCode));

    assertAllTheSame(
        List.of(
            releaseKey(nobody, nobody.passwordHash(), presented(unknownCode)),
            releaseKey(alice, WRONG, presented(member.recoveryCode(1))),
            releaseKey(alice, alice.passwordHash(), presented(spentCode)),
            releaseKey(alice, alice.passwordHash(), presented(unknownCode)),
            releaseKey(alice, WRONG, presented(RecoveryCode.presented("nonsense")))));
  }

  @Test
  void logIn_anythingWrongWithACode_costsTheSame() {
    assertAllTheSame(
        List.of(
            logIn(WRONG, presented(right)),
            logIn(alice.passwordHash(), presented(spent)),
            logIn(alice.passwordHash(), presented(wrong)),
            logIn(WRONG, presented(wrong))));
  }

  @Test
  void logIn_anythingWrongWithARecoveryCode_costsTheSame() {
    RecoveryCode spentCode = member.recoveryCode(0);
    fixture.releaseKey(alice, presented(spentCode));

    assertAllTheSame(
        List.of(
            logIn(WRONG, presented(member.recoveryCode(1))),
            logIn(alice.passwordHash(), presented(spentCode)),
            logIn(alice.passwordHash(), presented(unknownCode)),
            logIn(WRONG, presented(unknownCode))));
  }

  @Test
  void logIn_anythingWrongWithATicket_costsTheSame() {
    LoginTicket good = fixture.releaseKey(alice, presented(right)).ticket();
    LoginTicket unknown = LoginTicket.presented("unknown");

    assertAllTheSame(
        List.of(
            logIn(WRONG, presented(good)),
            logIn(alice.passwordHash(), presented(unknown)),
            logIn(WRONG, presented(unknown))));
  }

  private List<String> reset(String passwordHash, TotpCode code) {
    SignedCaller caller = fixture.calling(member);
    ResetForm form = new ResetForm(PasswordHash.presented(passwordHash), Optional.of(code));
    return refused(() -> counted.chat.accounts().resetSecondFactor().begin(caller, form, ADDRESS));
  }

  @Test
  void resetSecondFactor_wrongPasswordOrCode_costsTheSame() {
    assertAllTheSame(
        List.of(
            reset(WRONG, right),
            reset(alice.passwordHash(), spent),
            reset(alice.passwordHash(), wrong)));
  }

  private List<String> changePassword(String passwordHash, TotpCode code) {
    SignedCaller caller = fixture.calling(member);
    PasswordForm form =
        new PasswordForm(
            PasswordHash.presented(passwordHash),
            code,
            PasswordHash.parse("cd".repeat(32)),
            alice.encryptedPrivateKey(),
            new EncryptionIv("ff".repeat(12)),
            KdfParameters.ORIGINAL);
    return refused(() -> counted.chat.accounts().changePassword().change(caller, form, ADDRESS));
  }

  @Test
  void changePassword_wrongPasswordOrCode_costsTheSame() {
    assertAllTheSame(
        List.of(
            changePassword(WRONG, right),
            changePassword(alice.passwordHash(), spent),
            changePassword(alice.passwordHash(), wrong)));
  }

  private List<String> close(String passwordHash, TotpCode code) {
    SignedCaller caller = fixture.calling(member);
    ClosingForm form = new ClosingForm(PasswordHash.presented(passwordHash), code);
    return refused(() -> counted.chat.accounts().closeAccount().close(caller, form, ADDRESS));
  }

  @Test
  void closeAccount_wrongPasswordOrCode_costsTheSame() {
    assertAllTheSame(
        List.of(
            close(WRONG, right),
            close(alice.passwordHash(), spent),
            close(alice.passwordHash(), wrong)));
  }

  @Test
  void readKdf_knownOrUnknownName_costsTheSame() {
    Runnable known = () -> counted.chat.accounts().readKdf().read(nameOf(alice));
    Runnable unknown = () -> counted.chat.accounts().readKdf().read(nameOf(nobody));

    assertEquals(counting.during(known), counting.during(unknown));
    assertEquals(
        List.of("AccountStore.findKdf", "KeyedHash.of", "AccountStore.kdfFrom"),
        counting.during(unknown));
  }
}
