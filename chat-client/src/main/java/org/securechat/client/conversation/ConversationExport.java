package org.securechat.client.conversation;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.securechat.client.conversation.ConversationCalls.KnownEpoch;
import org.securechat.client.failure.ServerLiedException;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.conversation.EpochKey;
import org.securechat.protocol.conversation.ReceivedEntry;
import org.securechat.protocol.conversation.ServerFault;
import org.securechat.protocol.conversation.VerifiedEntry;
import org.securechat.protocol.export.ExportWriter;

/** Writes a conversation while it is read and verified; an entry at a time. */
final class ConversationExport implements VerifiedLog.Follower {
  private static final int BUFFER = 64 * 1024;

  private final VerifiedLog log;
  private final ExportWriter writer;
  private final boolean keys;

  private ConversationExport(VerifiedLog log, ExportWriter writer, boolean keys) {
    this.log = log;
    this.writer = writer;
    this.keys = keys;
  }

  /** How an export ended: at the last entry, or at the one that proves a lie. */
  private record Ended(Seen last, Optional<ServerLiedException> lie) {}

  /**
   * Writes a file that was not there before; returns the last entry in it.
   *
   * @throws ServerLiedException if the server is proven to have lied, now or earlier; unless that
   *     shows in the beginning already, the file is there, and ends with the entry that proves it
   */
  static Seen write(Desk desk, ConversationInfo info, Path target, boolean keys)
      throws IOException {
    Ended ended =
        NewFile.write(
            target,
            out -> {
              OutputStream buffered = new BufferedOutputStream(out, BUFFER);
              VerifiedLog log = VerifiedLog.begin(desk, info);
              KnownEpoch first = log.first();
              ExportWriter writer =
                  ExportWriter.begin(buffered, desk.self().user(), first.signed(), first.entry());
              return new ConversationExport(log, writer, keys).write();
            });
    if (ended.lie().isPresent()) {
      throw ended.lie().get();
    }
    Optional<ServerFault> before = desk.notebook().fault(info.id());
    if (before.isPresent()) {
      throw new ServerLiedException(before.get());
    }
    return ended.last();
  }

  /** What the server was caught at before is no reason to keep less. */
  private Ended write() throws IOException {
    Optional<ServerLiedException> lie = Optional.empty();
    log.follow(this);
    try {
      log.readOn();
    } catch (ServerLiedException e) {
      lie = Optional.of(e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    writer.end(log.seen());
    return new Ended(log.seen(), lie);
  }

  @Override
  public void received(ReceivedEntry entry) {
    try {
      writer.entry(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void verified(VerifiedEntry entry, Optional<EpochKey> key) {
    if (keys && entry instanceof VerifiedEntry.Epoch epoch) {
      log.key(epoch.statement().epoch()).ifPresent(this::write);
    }
  }

  private void write(EpochKey key) {
    try {
      writer.key(key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
