package org.securechat.testkit.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.usecase.ChatFixture.address;
import static org.securechat.testkit.usecase.ChatFixture.client;

import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.securechat.domain.ChatPorts;
import org.securechat.domain.ChatSettings;
import org.securechat.domain.account.AccountName;
import org.securechat.domain.account.KdfParameters;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.Registration;
import org.securechat.domain.account.RegistrationBegun;
import org.securechat.domain.account.RegistrationForm;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Username;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestUser;
import org.securechat.testkit.memory.InMemoryChat;
import org.securechat.testkit.memory.JdkKeyedHash;

class ReadKdfTest {
  private static final KdfParameters STRONG = new KdfParameters(65_536, 3, 2);

  private final ChatFixture fixture = seeded();

  /** The same ids and the same key of names at every run, so that no run is unlucky. */
  private static ChatFixture seeded() {
    Random random = new Random(20260119);
    RandomSource source =
        count -> {
          byte[] bytes = new byte[count];
          random.nextBytes(bytes);
          return bytes;
        };
    ChatPorts ports = InMemoryChat.ports(TestClock.atNoon());
    return new ChatFixture(
        new ChatPorts(
            ports.stores(),
            ports.signatures(),
            ports.passwords(),
            ports.totpCodes(),
            ports.secretBox(),
            new JdkKeyedHash(source),
            ports.events(),
            source,
            ports.clock()),
        ChatSettings.defaults());
  }

  private void register(int number, KdfParameters kdf) {
    TestUser user = TestUser.named("user" + number);
    Profile plain = user.profile();
    Profile profile =
        new Profile(
            plain.username(),
            plain.email(),
            plain.identityKey(),
            plain.encryptionIv(),
            kdf,
            plain.encryptionKey());
    RegistrationForm form =
        new RegistrationForm(
            user::identityKey,
            () ->
                new Registration(
                    profile, PasswordHash.parse(user.passwordHash()), user.encryptedPrivateKey()));
    RegistrationBegun begun =
        fixture
            .chat
            .accounts()
            .registerAccount()
            .register(fixture.fresh(user), form, client(address(number), Optional.empty()));
    fixture.confirm(user, begun, fixture.code(begun.secret(), 0));
  }

  private KdfParameters read(AccountName name) {
    return fixture.chat.accounts().readKdf().read(name);
  }

  private KdfParameters read(String name) {
    return read(AccountName.of(new Username(name)));
  }

  @Test
  void read_knownNameOrAddress_isTheAccountsOwn() {
    for (int i = 0; i < 20; i++) {
      register(i, i == 7 ? STRONG : KdfParameters.ORIGINAL);
    }

    assertEquals(STRONG, read("USER7"));
    assertEquals(STRONG, read(AccountName.of(new EmailAddress("user7@Example.org"))));
    assertEquals(KdfParameters.ORIGINAL, read("user8"));
  }

  @Test
  void read_noAccountAtAll_isTheOriginals() {
    assertEquals(KdfParameters.ORIGINAL, read("nobody"));
  }

  @Test
  void read_unknownName_isStableInAnyCase() {
    register(0, STRONG);
    register(1, KdfParameters.ORIGINAL);

    for (int i = 0; i < 50; i++) {
      KdfParameters first = read("nobody" + i);
      assertEquals(first, read("nobody" + i));
      assertEquals(first, read("NOBODY" + i));
    }
  }

  /** Whoever asks for many names sees no difference between those that are taken and the others. */
  @Test
  void read_manyUnknownNames_areAnsweredByWhatAccountsHave() {
    for (int i = 0; i < 160; i++) {
      register(i, i % 4 == 0 ? STRONG : KdfParameters.ORIGINAL);
    }

    long strong = IntStream.range(0, 2000).filter(i -> read("nobody" + i).equals(STRONG)).count();

    assertTrue(strong > 300 && strong < 700, () -> strong + " of 2000, not about a quarter");
  }
}
