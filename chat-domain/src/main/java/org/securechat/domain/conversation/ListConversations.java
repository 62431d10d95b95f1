package org.securechat.domain.conversation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.session.Caller;
import org.securechat.domain.transcript.ConversationId;

/**
 * Use case: somebody pages through their conversations, the most recently active first.
 *
 * <p>A conversation that moves meanwhile goes to the front, which may be behind the reader; so
 * after the last one those follow that moved since the first page was read.
 */
public final class ListConversations {
  /** Conversations of one page. */
  public static final int MAX_LIMIT = 100;

  /**
   * A change takes its time before it is visible, and clocks of two servers differ: what moved this
   * long before the first page was read may not have been on it.
   */
  static final Duration OVERLAP = Duration.ofSeconds(10);

  private final ConversationStore conversations;
  private final Clock clock;

  ListConversations(ConversationStore conversations, Clock clock) {
    this.conversations = conversations;
    this.clock = clock;
  }

  /**
   * One page.
   *
   * @param cursor {@link ConversationPage#next()} of the page before; empty for the first
   * @param limit 1 to {@link #MAX_LIMIT}
   * @throws RejectedException with INVALID_REQUEST for a cursor that never was
   */
  public ConversationPage list(Caller caller, Optional<String> cursor, int limit) {
    UserId user = caller.session().user();
    Optional<ListCursor> from = cursor.map(ListConversations::parse);
    Page page =
        new Page(
            from.map(ListCursor::begun)
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MILLIS)),
            from.map(ListCursor::recent).orElse(Set.of()),
            limit);
    if (from.isEmpty() || !from.get().rewound()) {
      Optional<ActivityMark> before = from.map(ListCursor::position);
      page.addFrontToBack(
          conversations.listBefore(
              user, before, limit + 1, ConversationSettings.LISTED_PARTICIPANTS));
    }
    // A first page that has all of them is of one moment: nothing has moved since.
    if (from.isPresent() && !page.isFull()) {
      ActivityMark after =
          from.filter(ListCursor::rewound).map(ListCursor::position).orElseGet(page::overlap);
      // Those that were on a page already take room in the answer of the store, not in ours.
      page.addMoved(
          conversations.listAfter(
              user,
              after,
              limit + 1 + ListCursor.MAX_RECENT,
              ConversationSettings.LISTED_PARTICIPANTS));
    }
    return page.end();
  }

  /**
   * Lets a cursor through.
   *
   * @throws InvalidValueException for one that never was
   */
  public static String requireCursor(String cursor) {
    ListCursor.parse(cursor);
    return cursor;
  }

  private static ListCursor parse(String cursor) {
    try {
      return ListCursor.parse(cursor);
    } catch (InvalidValueException e) {
      throw RejectedException.invalidFields(Map.of("cursor", e.sentence()));
    }
  }

  /** A page in the making. */
  private static final class Page {
    private final Instant begun;
    private final Set<ConversationId> recent;
    private final int limit;
    private final List<ConversationView> views = new ArrayList<>();
    private boolean rewound;
    private boolean more;

    Page(Instant begun, Set<ConversationId> recent, int limit) {
      this.begun = begun;
      this.recent = new HashSet<>(recent);
      this.limit = limit;
    }

    ActivityMark overlap() {
      return new ActivityMark(begun.minus(OVERLAP), new ConversationId(1));
    }

    boolean isFull() {
      return more;
    }

    void addFrontToBack(List<ConversationView> found) {
      for (ConversationView view : found) {
        if (views.size() == limit) {
          more = true;
          return;
        }
        views.add(view);
        if (view.tip().at().isAfter(overlap().at()) && recent.size() < ListCursor.MAX_RECENT) {
          recent.add(view.id());
        }
      }
    }

    void addMoved(List<ConversationView> found) {
      // Those that a cursor may have no room for.
      Set<ConversationId> here =
          views.stream().map(ConversationView::id).collect(Collectors.toSet());
      for (ConversationView view : found) {
        boolean known = recent.contains(view.id()) && !view.tip().at().isAfter(begun);
        if (known || here.contains(view.id())) {
          continue;
        }
        if (views.size() == limit) {
          more = true;
          return;
        }
        views.add(view);
        rewound = true;
      }
    }

    ConversationPage end() {
      if (!more) {
        return new ConversationPage(views, Optional.empty());
      }
      ActivityMark position = views.get(views.size() - 1).activity();
      return new ConversationPage(
          views, Optional.of(new ListCursor(begun, position, rewound, recent).text()));
    }
  }
}
