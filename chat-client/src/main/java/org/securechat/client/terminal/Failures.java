package org.securechat.client.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.securechat.client.failure.ChatException;
import org.securechat.client.failure.RefusedException;
import org.securechat.client.failure.UnavailableException;
import org.securechat.client.http.JsonMembers;
import org.securechat.client.state.StateException;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.protocol.key.DoesNotOpenException;
import org.securechat.protocol.key.TooLittleMemoryException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into one sentence and an exit code. */
final class Failures implements IExecutionExceptionHandler {
  private final PrintWriter err;

  Failures(PrintWriter err) {
    this.err = err;
  }

  @Override
  public int handleExecutionException(
      Exception thrown, CommandLine commandLine, ParseResult result) {
    boolean json = leaf(result).hasMatchedOption(CommonOptions.JSON);
    if (thrown instanceof ChatException e) {
      tell(json, Sentences.of(e), details(e));
      return Sentences.exitCode(e);
    }
    if (thrown instanceof DoesNotOpenException) {
      tell(json, "The password does not open this device's profile.", JsonMembers.NONE);
      return TerminalClient.REFUSED;
    }
    if (thrown instanceof TooLittleMemoryException e) {
      tell(
          json,
          e.getMessage() + ": give it more with SECURE_CHAT_JAVA_OPTS=-Xmx3g.",
          JsonMembers.NONE);
      return TerminalClient.USAGE;
    }
    if (thrown instanceof StateException e) {
      tell(json, e.sentence(), JsonMembers.NONE);
      return TerminalClient.USAGE;
    }
    if (thrown instanceof UsageException e) {
      tell(json, String.valueOf(e.getMessage()), JsonMembers.NONE);
      return TerminalClient.USAGE;
    }
    if (thrown instanceof InvalidValueException e) {
      tell(json, e.sentence() + ".", JsonMembers.NONE);
      return TerminalClient.USAGE;
    }
    tell(json, "Failed: " + thrown.getClass().getName(), JsonMembers.NONE);
    return TerminalClient.BROKEN;
  }

  /** Wrong arguments: one JSON error where JSON was asked for, otherwise what is usual. */
  IParameterExceptionHandler ofParameters(IParameterExceptionHandler usual) {
    return (wrong, arguments) -> {
      if (!List.of(arguments).contains(CommonOptions.JSON)) {
        return usual.handleParseException(wrong, arguments);
      }
      tell(true, String.valueOf(wrong.getMessage()), JsonMembers.NONE);
      return TerminalClient.USAGE;
    };
  }

  private static JsonMembers details(ChatException failure) {
    if (failure instanceof RefusedException e) {
      return details(e.wireCode(), e.status(), e.retryAfter());
    }
    return failure instanceof UnavailableException e
        ? details(e.wireCode(), e.status(), e.retryAfter())
        : JsonMembers.NONE;
  }

  private static JsonMembers details(String code, int status, Optional<Duration> retryAfter) {
    return json -> {
      json.writeStringField("code", code);
      json.writeNumberField("status", status);
      if (retryAfter.isPresent()) {
        json.writeNumberField("retry_after", retryAfter.get().toSeconds());
      }
    };
  }

  private static ParseResult leaf(ParseResult result) {
    ParseResult leaf = result;
    while (leaf.hasSubcommand()) {
      leaf = leaf.subcommand();
    }
    return leaf;
  }

  private void tell(boolean json, String sentence, JsonMembers details) {
    JsonMembers error = members -> members.writeStringField("error", sentence);
    err.println(json ? error.and(details).asciiText() : "secure-chat: " + sentence);
    err.flush();
  }
}
