package org.securechat.client.terminal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.securechat.client.conversation.Conversations;
import org.securechat.client.failure.ServerLiedException;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.key.DoesNotOpenException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code client export}: writes a conversation into a file that proves itself. */
@Command(
    name = "export",
    description =
        "Write a conversation into a file that can be verified without a server; asks for the"
            + " password.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions options = new CommonOptions();

  @Option(
      names = "--without-keys",
      description = "Leave out what the texts are read with: the file proves, and tells nothing.")
  private boolean withoutKeys;

  @Parameters(index = "0", paramLabel = "CONVERSATION", description = "Its number.")
  private long conversation;

  @Parameters(index = "1", paramLabel = "FILE", description = "A file that is not there yet.")
  private @Nullable Path file;

  ExportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws DoesNotOpenException {
    try (Workplace work = new Workplace(surroundings, options)) {
      return export(work, new ConversationId(conversation), Objects.requireNonNull(file));
    }
  }

  private int export(Workplace work, ConversationId id, Path target) throws DoesNotOpenException {
    Seen last = export(work.conversations(work.signedIn()), id, target, work);
    work.print(
        target
            + " has everything up to entry "
            + last.entry()
            + ", running hash "
            + last.hash().toHex()
            + (withoutKeys ? "." : ". Whoever has it can read the texts."),
        json -> {
          json.writeStringField("file", target.toString());
          json.writeNumberField("entry", last.entry());
          json.writeStringField("running_hash", last.hash().toHex());
        });
    return TerminalClient.DONE;
  }

  private Seen export(Conversations conversations, ConversationId id, Path target, Workplace work) {
    try {
      return conversations.export(id, target, !withoutKeys);
    } catch (ServerLiedException e) {
      if (!options.json() && Files.exists(target)) {
        work.terminal()
            .err()
            .println(target + " has what the server shows now; verify says what that proves.");
      }
      throw e;
    } catch (FileAlreadyExistsException e) {
      throw new UsageException(target + " is there already.");
    } catch (IOException e) {
      throw new UsageException(target + " can't be written.");
    }
  }
}
