package org.securechat.client.terminal;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.securechat.client.ChatSession;
import org.securechat.client.SessionId;
import org.securechat.client.SessionInfo;
import org.securechat.client.http.JsonMembers;
import org.securechat.protocol.key.DoesNotOpenException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code client sessions}: lists where the account is signed in, and ends one of them. */
@Command(
    name = "sessions",
    description = "List where the account is signed in, or end one; asks for the password.",
    mixinStandardHelpOptions = true)
final class SessionsCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions options = new CommonOptions();

  @Option(names = "--end", paramLabel = "ID", description = "The session to end.")
  private @Nullable String end;

  SessionsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws DoesNotOpenException {
    Workplace work = new Workplace(surroundings, options);
    SessionId ended = end == null ? null : new SessionId(end);
    ChatSession session = work.session(work.profile(), work.terminal().askPassword("Password"));
    if (ended == null) {
      List<SessionInfo> sessions = session.sessions();
      work.print(
          sessions.stream().map(SessionsCommand::line).collect(Collectors.joining("\n")),
          json(sessions));
    } else {
      session.endSession(ended);
      work.print("Ended.", json -> json.writeStringField("ended", ended.value()));
    }
    return TerminalClient.DONE;
  }

  private static String line(SessionInfo session) {
    return String.format(
            Locale.ROOT,
            "%s%s  since %s  last used %s  %s",
            session.current() ? "* " : "  ",
            session.id().value(),
            session.createdAt(),
            session.lastUsedAt(),
            // A stranger's device may have named itself so as to drive this terminal.
            session.userAgent().orElse("").replaceAll("\\p{C}", "?"))
        .stripTrailing();
  }

  private static JsonMembers json(List<SessionInfo> sessions) {
    return json -> {
      json.writeArrayFieldStart("sessions");
      for (SessionInfo session : sessions) {
        json.writeStartObject();
        json.writeStringField("id", session.id().value());
        json.writeStringField("created_at", session.createdAt().toString());
        json.writeStringField("last_used_at", session.lastUsedAt().toString());
        json.writeStringField("user_agent", session.userAgent().orElse(null));
        json.writeBooleanField("current", session.current());
        json.writeEndObject();
      }
      json.writeEndArray();
    };
  }
}
