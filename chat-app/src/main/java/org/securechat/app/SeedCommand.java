package org.securechat.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.AccountName;
import org.securechat.domain.account.ClientInfo;
import org.securechat.domain.account.RegistrationBegun;
import org.securechat.domain.credential.RemoteAddress;
import org.securechat.domain.credential.SealedPlace;
import org.securechat.domain.credential.TotpSecret;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.Username;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code secure-chat db seed}: a few accounts to play with. */
@Command(
    name = "seed",
    description = "Make a few accounts with known credentials; development only.",
    mixinStandardHelpOptions = true)
final class SeedCommand implements Callable<Integer> {
  private static final List<SeedAccount> ACCOUNTS =
      List.of(new SeedAccount("alice"), new SeedAccount("bob"), new SeedAccount("carol"));

  private static final RemoteAddress HERE = new RemoteAddress("127.0.0.1", true);

  private final Supplier<Settings> settings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  SeedCommand(Supplier<Settings> settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    Configuration configuration = Configuration.of(settings.get());
    if (configuration.environment() != ChatEnvironment.DEVELOPMENT) {
      throw new ConfigurationException(
          "db seed makes accounts that anybody can sign in to: it runs with CHAT_ENV=development"
              + " only.");
    }
    Logging.configure(configuration.environment(), Configuration.LogLevel.WARN);
    Databases.prepare(configuration.database());
    Databases.migrateUnlessServed(configuration.database());
    Clock clock = Clock.systemUTC();
    try (Backend backend = Backend.open(configuration, clock)) {
      for (SeedAccount seed : ACCOUNTS) {
        print(seed, account(backend, seed, clock), backend, clock.instant());
      }
    }
    return 0;
  }

  private static Account account(Backend backend, SeedAccount seed, Clock clock) {
    AccountName name = AccountName.of(new Username(seed.name()));
    Optional<Account> existing = backend.ports().stores().accounts().find(name);
    if (existing.isPresent()) {
      if (!existing.get().profile().identityKey().equals(seed.identityKey())) {
        throw new ConfigurationException(
            "There is an account named " + seed.name() + " already that db seed did not make.");
      }
      return existing.get();
    }
    RegistrationBegun begun =
        backend
            .chat()
            .accounts()
            .registerAccount()
            .register(
                seed.request("/api/register", "{\"seed\":1}", clock.instant()),
                seed.registrationForm(),
                new ClientInfo(HERE, Optional.empty(), "db seed"));
    // The step before, so that the code of the current one stays good for a login.
    TotpStep before = TotpStep.at(clock.instant()).plus(-1);
    return backend
        .chat()
        .accounts()
        .confirmRegistration()
        .confirm(
            seed.request("/api/register/verify-2fa", "{\"seed\":2}", clock.instant()),
            () -> backend.ports().totpCodes().codeAt(begun.secret(), before),
            new ClientInfo(HERE, Optional.of(begun.token()), "db seed"))
        .signedIn()
        .account()
        .account();
  }

  private void print(SeedAccount seed, Account account, Backend backend, Instant now) {
    byte[] opened =
        backend
            .ports()
            .secretBox()
            .open(
                account.secrets().totpSecret().toByteArray(),
                SealedPlace.totpSecretOf(account.id()));
    TotpSecret secret = TotpSecret.parse(new String(opened, StandardCharsets.US_ASCII));
    String code = backend.ports().totpCodes().codeAt(secret, TotpStep.at(now)).secretText();
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s%n", seed.name());
    out.printf("  email          %s%n", seed.email());
    out.printf("  password       %s%n", seed.password());
    out.printf("  password_hash  %s%n", seed.passwordHash());
    out.printf("  private key    %s%n", HexFormat.of().formatHex(seed.privateKey()));
    out.printf("  totp secret    %s%n", secret.secretText());
    out.printf("  totp code      %s (now)%n", code);
  }
}
