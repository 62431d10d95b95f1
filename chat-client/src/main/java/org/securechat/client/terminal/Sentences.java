package org.securechat.client.terminal;

import org.securechat.client.failure.ChangedIdentityException;
import org.securechat.client.failure.ChatException;
import org.securechat.client.failure.RefusedException;
import org.securechat.client.failure.ServerLiedException;
import org.securechat.client.failure.UnavailableException;
import org.securechat.client.failure.UnreachableException;

/** Says what went wrong between this device and the server, and what somebody can do about it. */
final class Sentences {
  private Sentences() {}

  static String of(ChatException failure) {
    if (failure instanceof RefusedException e) {
      return RefusalSentences.of(e);
    }
    if (failure instanceof UnavailableException e) {
      return RefusalSentences.of(e);
    }
    if (failure instanceof ServerLiedException e) {
      return "The server has lied about this conversation: "
          + e.fault().sentence()
          + ". That is proven, so nothing more of it is shown or sent from here. Tell the others by"
          + " another way, and say nothing secret here. client trust --conversation shows the"
          + " proof.";
    }
    if (failure instanceof ChangedIdentityException e && e.claimed().isPresent()) {
      String name = e.claimed().get().name().value();
      return e.sentence()
          + ". Either "
          + name
          + " has made a new account, or somebody stands between you: ask "
          + name
          + " by another way. Until you decide, nothing is taken or sent; trust "
          + name
          + " shows both identities.";
    }
    return failure.sentence() + ".";
  }

  /** The exit code that tells a script of it. */
  static int exitCode(ChatException failure) {
    if (failure instanceof RefusedException) {
      return TerminalClient.REFUSED;
    }
    return failure instanceof UnreachableException || failure instanceof UnavailableException
        ? TerminalClient.UNREACHABLE
        : TerminalClient.UNTRUSTED;
  }
}
