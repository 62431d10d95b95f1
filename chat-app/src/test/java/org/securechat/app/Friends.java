package org.securechat.app;

import java.util.List;
import java.util.stream.Stream;
import org.securechat.client.ChatClient;
import org.securechat.client.ChatSession;
import org.securechat.client.SecondFactor;
import org.securechat.client.SignUp;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.conversation.Conversations;
import org.securechat.client.http.HttpSettings;
import org.securechat.client.http.ServerAddress;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.ShownEntry;
import org.securechat.protocol.key.Password;
import org.securechat.testkit.TestClock;

/** People with an account at one server, each with one device or more. */
final class Friends {
  /** Everybody's. */
  static final String PASSWORD = "correct h\u00f6rse";

  private final ChatClient client;
  private final Authenticator authenticator;

  Friends(String url, TestClock clock) {
    this.client = ChatClient.to(ServerAddress.parse(url), HttpSettings.defaults(), clock);
    this.authenticator = new Authenticator(clock);
  }

  /** Somebody on one of their devices. */
  record Friend(
      Username name,
      String secret,
      Password password,
      ChatSession session,
      Conversations conversations) {

    /** Their id, as a member of a conversation. */
    UserId idIn(Conversation conversation) {
      return conversation.members().stream()
          .filter(member -> member.name().equals(name))
          .findFirst()
          .orElseThrow()
          .user();
    }
  }

  /** What is said in a conversation, as somebody reads it. */
  static List<String> texts(Conversation conversation) {
    return conversation.history().stream()
        .flatMap(entry -> entry instanceof ShownEntry.Message said ? Stream.of(said) : Stream.of())
        .flatMap(said ->
            said.content() instanceof MessageContent.Text text
                ? Stream.of(text.body())
                : Stream.of())
        .toList();
  }

  private static EmailAddress email(Username name) {
    return new EmailAddress(name.value() + "@example.org");
  }

  Friend register(String name) {
    Username username = new Username(name);
    SignUp begun = client.register(email(username), username, Password.of(PASSWORD));
    String secret = begun.secret().secretText();
    ChatSession session = begun.confirm(authenticator.code(secret)).session();
    return new Friend(username, secret, Password.of(PASSWORD), session, Conversations.of(session));
  }

  /** A code for another device; time goes on for it. */
  String nextCode(String secret) {
    return authenticator.nextCode(secret);
  }

  /** The same person on a device that has nothing but what they know; time goes on for it. */
  Friend onNewDevice(Friend friend) {
    return logIn(friend.name(), friend.secret(), friend.password(), nextCode(friend.secret()));
  }

  /** The same with the code that is shown now, which many can do at once. */
  Friend onNewDeviceNow(Friend friend) {
    String code = authenticator.code(friend.secret());
    return logIn(friend.name(), friend.secret(), friend.password(), code);
  }

  /** Somebody whose account was made by any client, on a device that has nothing. */
  Friend onNewDevice(Username name, String secret) {
    return logIn(name, secret, Password.of(PASSWORD), nextCode(secret));
  }

  private Friend logIn(Username name, String secret, Password password, String code) {
    ChatSession session = client.logIn(email(name), password, SecondFactor.totp(code));
    return new Friend(name, secret, password, session, Conversations.of(session));
  }

  /** The same person with another password, on the only device that is still signed in. */
  Friend withPasswordNow(Friend friend, Password next) {
    String code = authenticator.code(friend.secret());
    friend.session().changePassword(friend.password(), code, next);
    return new Friend(
        friend.name(), friend.secret(), next, friend.session(), friend.conversations());
  }
}
