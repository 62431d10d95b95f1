package org.securechat.app;

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
import org.securechat.protocol.key.Password;
import org.securechat.testkit.TestClock;

/** People with an account at one server, each with one device or more. */
final class Friends {
  /** Everybody's. */
  static final String PASSWORD = "correct h\u00f6rse";

  private final String url;
  private final TestClock clock;
  private final Authenticator authenticator;

  Friends(String url, TestClock clock) {
    this.url = url;
    this.clock = clock;
    this.authenticator = new Authenticator(clock);
  }

  /** Somebody on one of their devices. */
  record Friend(Username name, String secret, ChatSession session, Conversations conversations) {

    /** Their id, as a member of a conversation. */
    UserId idIn(Conversation conversation) {
      return conversation.members().stream()
          .filter(member -> member.name().equals(name))
          .findFirst()
          .orElseThrow()
          .user();
    }
  }

  private ChatClient client() {
    return ChatClient.to(ServerAddress.parse(url), HttpSettings.defaults(), clock);
  }

  Friend register(String name) {
    SignUp begun =
        client()
            .register(
                new EmailAddress(name + "@example.org"), new Username(name), Password.of(PASSWORD));
    String secret = begun.secret().secretText();
    ChatSession session = begun.confirm(authenticator.code(secret)).session();
    return new Friend(new Username(name), secret, session, Conversations.of(session));
  }

  /** The same person on a device that has nothing but what they know. */
  Friend onNewDevice(Friend friend) {
    return onNewDevice(friend.name(), friend.secret());
  }

  /** Somebody whose account was made by any client, on a device that has nothing. */
  Friend onNewDevice(Username name, String secret) {
    ChatSession session =
        client()
            .logIn(
                new EmailAddress(name.value() + "@example.org"),
                Password.of(PASSWORD),
                SecondFactor.totp(nextCode(secret)));
    return new Friend(name, secret, session, Conversations.of(session));
  }

  /** A code for another device. */
  String nextCode(String secret) {
    return authenticator.nextCode(secret);
  }
}
