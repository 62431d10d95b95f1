package org.securechat.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.securechat.client.ChatClient;
import org.securechat.client.ChatSession;
import org.securechat.client.KnownAccount;
import org.securechat.client.SavedSession;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.conversation.Conversations;
import org.securechat.client.http.HttpSettings;
import org.securechat.client.http.ServerAddress;
import org.securechat.client.http.SessionCookie;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.protocol.content.AttachedFile;
import org.securechat.protocol.conversation.ShownEntry;
import org.securechat.protocol.key.IdentityKeyPair;
import org.securechat.protocol.key.PasswordKdf;

/**
 * A client in a process of its own that sends a file and saves it again. It is given a session,
 * because stretching a password alone takes 64 MiB.
 */
final class LargeFileClient {
  private LargeFileClient() {}

  /** What standard input says of a session, line by line. */
  static List<String> lines(String url, SavedSession session, ConversationId conversation) {
    return List.of(
        url,
        session.email().value(),
        Long.toString(session.account().id().value()),
        session.account().username().value(),
        HexFormat.of().formatHex(session.identity().secretSeed()),
        session.cookie().secretText(),
        Long.toString(conversation.value()));
  }

  /**
   * Sends the first file and saves it as the second.
   *
   * @param arguments the two names
   */
  public static void main(String[] arguments) throws IOException {
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      ServerAddress server = ServerAddress.parse(in.readLine());
      ChatSession session =
          ChatClient.to(server, HttpSettings.defaults(), Clock.systemUTC()).resume(saved(in));
      Conversation conversation =
          Conversations.of(session).open(new ConversationId(Long.parseLong(in.readLine())));
      long id =
          conversation.sendFile(
              Path.of(arguments[0]), "application/octet-stream", Optional.empty(), sent -> {});
      conversation.catchUp();
      ShownEntry.Message message = (ShownEntry.Message) conversation.show(id, id).get(0);
      AttachedFile file = message.content().attached().get(0);
      conversation.saveFile(file, Path.of(arguments[1]), saved -> {});
    }
  }

  private static SavedSession saved(BufferedReader in) throws IOException {
    EmailAddress email = new EmailAddress(in.readLine());
    KnownAccount account =
        new KnownAccount(
            new UserId(Long.parseLong(in.readLine())), new Username(in.readLine()), true);
    IdentityKeyPair identity = IdentityKeyPair.ofSeed(HexFormat.of().parseHex(in.readLine()));
    return new SavedSession(
        email, PasswordKdf.STANDARD, identity, SessionCookie.of(in.readLine()), account);
  }
}
