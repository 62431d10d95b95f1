package org.securechat.domain.timeline;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;
import org.securechat.domain.transcript.ConversationId;

/**
 * Where timelines are kept. What may be written is decided by functions of this package, which a
 * store calls between loading and writing, with nobody else changing the same conversation in
 * between; it may call them again. They are pure and may throw a {@link RejectedException} that
 * passes through.
 *
 * <p>Each call is atomic and durable on return; one that throws has changed nothing and left its
 * {@link Once} unspent. Implementations are safe for use by many threads and pass {@code
 * MessageStoreContract} in chat-testkit.
 */
public interface MessageStore {

  /**
   * Appends a message, if the decision says so.
   *
   * @return what was decided; empty if there is no such conversation
   * @throws RejectedException with NOT_AUTHENTICATED if the actor's session is gone, looked at
   *     first
   */
  Optional<PostDecision> append(
      ConversationId conversation,
      MessageDraft draft,
      Function<PostFacts, PostDecision> decision,
      Actor actor);

  /**
   * Deletes a message, if the decision says so. The message keeps its place and all that was
   * signed; its ciphertext is erased, and its files count as {@link
   * org.securechat.domain.file.StoredFile#erased}.
   *
   * @param message the entry to delete
   * @param seen the entry whose running hash is asked for
   * @return what was decided; empty, with {@code once} unspent, if there is no such conversation
   * @throws RejectedException with REPLAYED_REQUEST or NOT_AUTHENTICATED, looked at first and in
   *     this order
   */
  Optional<DeletionDecision> delete(
      ConversationId conversation,
      long message,
      long seen,
      Function<DeletionFacts, DeletionDecision> decision,
      Actor actor,
      Once once);

  /**
   * Writes down how far the actor has read, if the rules let it; a mark never goes back.
   *
   * @return where the mark stands now; empty if there is no such conversation
   * @throws RejectedException with NOT_AUTHENTICATED if the actor's session is gone, looked at
   *     first
   */
  Optional<Long> markRead(
      ConversationId conversation,
      long upTo,
      Instant at,
      Consumer<TimelineFacts> rules,
      Actor actor);

  /** One entry, with whatever is still there of it. */
  Optional<Entry> entry(ConversationId conversation, long id);

  /**
   * Entries of a range, as many as may be: with whatever is still there of them, and whole, whoever
   * asks.
   *
   * @param limit how many at most
   * @param maxBytes ends the page early: of ciphertexts and statements no more is read than this,
   *     but for the first entry
   */
  Page page(ConversationId conversation, PageRange range, int limit, int maxBytes);

  /**
   * Erases the ciphertexts of messages that have expired, and their files.
   *
   * @param limit how many messages at most, so that no writer waits for long
   * @return how many there were
   */
  int expire(Instant now, int limit);
}
