package org.securechat.client.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.crypto.SignatureVerifiers;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.conversation.EpochKey;
import org.securechat.protocol.conversation.ShownEntry;
import org.securechat.protocol.conversation.Timeline;
import org.securechat.protocol.conversation.VerifiedEntry;
import org.securechat.protocol.export.ExportRefusedException;
import org.securechat.protocol.export.ExportVerifier;
import org.securechat.protocol.export.VerifiedExport;
import org.securechat.protocol.key.KeyId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code client verify}: verifies an exported conversation, without a server or an account. */
@Command(
    name = "verify",
    description =
        "Verify a conversation that was exported; asks for no password and needs no server.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{64}");

  /**
   * What is printed is in memory whole before: edits and deletions come later than their target.
   */
  private static final long MAX_PRINTED_FILE = 256L << 20;

  private final Surroundings surroundings;

  @Mixin private final CommonOptions options = new CommonOptions();

  @Option(names = "--print", description = "Print the texts, too, if the file has the keys.")
  private boolean print;

  @Option(
      names = "--at",
      paramLabel = "ENTRY",
      description = "Tell the running hash at this entry, to compare with a shorter export.")
  private @Nullable Long at;

  @Option(
      names = "--pin",
      paramLabel = "USER=KEYID",
      description = "What is known of a member's key: any other is refused. May be repeated.")
  private Map<String, String> pins = new LinkedHashMap<>();

  @Parameters(paramLabel = "FILE", description = "What export has written.")
  private @Nullable Path file;

  VerifyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    requireKeyIds();
    Workplace work = new Workplace(surroundings, options);
    Instant now = surroundings.clock().instant();
    Timeline timeline = new Timeline();
    VerifiedExport export = verify(print ? timeline::add : (entry, key) -> {});
    if (export.fault().isEmpty()) {
      requirePinned(export.people());
    }
    Seen compared = compared(export);
    if (print) {
      for (ShownEntry entry : timeline.show(1, Long.MAX_VALUE, now)) {
        PrintedEntry.print(entry, work);
      }
    }
    ExportReport report = new ExportReport(export, compared, now);
    work.print(report.text(), report.json());
    return export.fault().isPresent() ? TerminalClient.UNTRUSTED : TerminalClient.DONE;
  }

  private void requireKeyIds() {
    pins.forEach((user, keyId) -> {
      if (!KEY_ID.matcher(keyId).matches()) {
        throw new UsageException("A key id has 64 hex digits in lower case: " + user + ".");
      }
    });
  }

  private VerifiedExport verify(BiConsumer<VerifiedEntry, Optional<EpochKey>> follower) {
    Path export = Objects.requireNonNull(file);
    try {
      if (print && (!Files.isRegularFile(export) || Files.size(export) > MAX_PRINTED_FILE)) {
        throw new UsageException(
            export + " is no file, or too large to be printed; verify it without.");
      }
      try (InputStream in = Files.newInputStream(export)) {
        return ExportVerifier.verify(in, SignatureVerifiers.fastest().verifier(), follower);
      }
    } catch (ExportRefusedException e) {
      throw new UntrustedAnswerException(export + " is no whole export. " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UsageException(export + " can't be read.");
    }
  }

  private void requirePinned(List<Member> people) {
    pins.forEach((user, keyId) -> {
      String name = new Username(user).canonical();
      List<Member> named =
          people.stream().filter(member -> member.name().canonical().equals(name)).toList();
      if (named.isEmpty()) {
        throw new UntrustedAnswerException("Nobody in the file is named " + user);
      }
      if (!named.stream().allMatch(member -> KeyId.of(member.key()).hex().equals(keyId))) {
        throw new UntrustedAnswerException("The file has another key for " + user);
      }
    });
  }

  private Seen compared(VerifiedExport export) {
    long end = export.end().entry();
    // A fault is told whatever was asked for.
    long entry = at == null || (export.fault().isPresent() && at > end) ? end : at;
    return export
        .at(entry)
        .orElseThrow(() -> new UsageException("The file has no verified entry " + entry + "."));
  }
}
