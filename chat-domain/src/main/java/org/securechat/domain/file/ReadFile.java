package org.securechat.domain.file;

import java.time.Clock;
import java.util.Optional;
import org.securechat.domain.conversation.ConversationStore;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.session.Caller;

/** Use case: somebody fetches a file. */
public final class ReadFile {
  private final FileStore files;
  private final ConversationStore conversations;
  private final Clock clock;

  ReadFile(FileStore files, ConversationStore conversations, Clock clock) {
    this.files = files;
    this.conversations = conversations;
    this.clock = clock;
  }

  /**
   * A file that the caller may read: one that a message carries which they see whole, or their own
   * before there is one.
   *
   * @throws RejectedException with NOT_FOUND if there is no such file for the caller
   */
  public FileRecord find(Caller caller, FileId id) {
    UserId user = caller.session().user();
    return files
        .find(id)
        .filter(file -> file.isThere(clock.instant()) && mayRead(user, file))
        .map(StoredFile::file)
        .orElseThrow(RejectedException::notFound);
  }

  private boolean mayRead(UserId user, StoredFile file) {
    Optional<Participant> participant = conversations.participant(file.conversation(), user);
    return participant.filter(Participant::hasJoined).isPresent()
        && file.entry()
            .map(entry -> participant.get().window().showsWhole(entry))
            .orElseGet(() -> file.uploader().equals(user));
  }

  /**
   * The bytes of a chunk of a file that {@link #find} gave; each call is a look of its own, so that
   * a slow reader holds nothing.
   *
   * @param number from 0
   * @throws RejectedException with NOT_FOUND if the bytes are gone meanwhile
   */
  public byte[] chunk(FileRecord file, int number) {
    return files.chunk(file.id(), number).orElseThrow(RejectedException::notFound);
  }
}
