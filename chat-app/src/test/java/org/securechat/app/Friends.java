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
  private static final Password PASSWORD = Password.of("correct h\u00f6rse");

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

  private static EmailAddress email(Username name) {
    return new EmailAddress(name.value() + "@example.org");
  }

  Friend register(String name) {
    Username username = new Username(name);
    SignUp begun = client.register(email(username), username, PASSWORD);
    String secret = begun.secret().secretText();
    ChatSession session = begun.confirm(authenticator.code(secret)).session();
    return new Friend(username, secret, PASSWORD, session, Conversations.of(session));
  }

  /** The same person on a device that has nothing but what they know; time goes on for it. */
  Friend onNewDevice(Friend friend) {
    return onNewDevice(friend, authenticator.nextCode(friend.secret()));
  }

  /** The same with the code that is shown now, which many can do at once. */
  Friend onNewDeviceNow(Friend friend) {
    return onNewDevice(friend, authenticator.code(friend.secret()));
  }

  private Friend onNewDevice(Friend friend, String code) {
    ChatSession session =
        client.logIn(email(friend.name()), friend.password(), SecondFactor.totp(code));
    return new Friend(
        friend.name(), friend.secret(), friend.password(), session, Conversations.of(session));
  }

  /** The same person with another password, on the only device that is still signed in. */
  Friend withPasswordNow(Friend friend, Password next) {
    String code = authenticator.code(friend.secret());
    friend.session().changePassword(friend.password(), code, next);
    return new Friend(
        friend.name(), friend.secret(), next, friend.session(), friend.conversations());
  }
}
