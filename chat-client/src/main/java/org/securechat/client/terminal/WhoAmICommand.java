package org.securechat.client.terminal;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.securechat.client.OwnAccount;
import org.securechat.protocol.key.DoesNotOpenException;
import org.securechat.protocol.key.KeyId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code client whoami}: the account as the server has it. */
@Command(
    name = "whoami",
    description = "Show the account that this device is signed in to; asks for the password.",
    mixinStandardHelpOptions = true)
final class WhoAmICommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions options = new CommonOptions();

  WhoAmICommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws DoesNotOpenException {
    Workplace work = new Workplace(surroundings, options);
    Profile profile = work.profile();
    OwnAccount me = work.session(profile, work.terminal().askPassword("Password")).me();
    String keyId = KeyId.of(me.publicKey()).hex();
    work.print(
        String.format(
            Locale.ROOT,
            """
            username  %s
            email     %s
            id        %d
            since     %s
            key id    %s
            server    %s\
            """,
            me.username().value(),
            me.email().value(),
            me.id().value(),
            me.createdAt(),
            keyId,
            profile.head().server()),
        json -> {
          json.writeStringField("username", me.username().value());
          json.writeStringField("email", me.email().value());
          json.writeNumberField("id", me.id().value());
          json.writeStringField("created_at", me.createdAt().toString());
          json.writeStringField("key_id", keyId);
          json.writeStringField("server", profile.head().server().toString());
          json.writeBooleanField("encryption_key_published", me.encryptionKey().isPresent());
          json.writeBooleanField("second_factor_reset_required", me.secondFactorResetRequired());
        });
    return TerminalClient.DONE;
  }
}
