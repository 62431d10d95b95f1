package org.securechat.client.terminal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.terminal.chat.ChatForm;
import org.securechat.client.terminal.chat.Screen;
import org.securechat.domain.identity.UserId;
import org.securechat.protocol.conversation.ShownEntry;

/**
 * What of a conversation stands on the screen: pages of its history, and what is new or has changed
 * since it was printed. Safe for use by many threads.
 */
final class ChatView {
  private static final int PAGE = 20;

  /** Of how many entries changes are told; older ones are read again by {@code /more}. */
  private static final int WATCHED = 500;

  private final Conversation conversation;
  private final UserId self;
  private final Screen screen;
  private final ChatForm form;
  private final NavigableMap<Long, ShownEntry> watched = new TreeMap<>();
  private long oldest;
  private long shown;
  private long marked;
  private long lastOwn;

  ChatView(Conversation conversation, UserId self, Screen screen, ChatForm form) {
    this.conversation = conversation;
    this.self = self;
    this.screen = screen;
    this.form = form;
  }

  /**
   * Prints the newest page.
   *
   * @param readUpTo the last entry that was read
   */
  synchronized void open(long readUpTo) {
    marked = readUpTo;
    shown = conversation.last();
    oldest = shown + 1;
    Deque<ShownEntry> page = pageBefore(oldest);
    if (!page.isEmpty()) {
      oldest = page.getFirst().id();
      screen.print(form.page(!pageBefore(oldest).isEmpty()));
    }
    print(page, unread(readUpTo), readUpTo);
  }

  /** The server counts edits and reactions, too: it cannot tell them apart. */
  private int unread(long readUpTo) {
    return (int)
        conversation.show(readUpTo + 1, shown).stream()
            .filter(entry ->
                entry instanceof ShownEntry.Message message
                    && !message.sender().user().equals(self))
            .count();
  }

  private void print(Deque<ShownEntry> page, int unread, long readUpTo) {
    boolean isMarked = unread == 0;
    Optional<ShownEntry> previous = Optional.empty();
    for (ShownEntry entry : page) {
      if (!isMarked && entry.id() > readUpTo) {
        screen.print(form.unread(unread));
        isMarked = true;
      }
      print(entry, previous);
      previous = hasTime(entry) ? Optional.of(entry) : previous;
    }
  }

  /** Prints the page before the oldest entry that was printed, if there is one. */
  synchronized void more() {
    Deque<ShownEntry> page = pageBefore(oldest);
    if (!page.isEmpty()) {
      oldest = page.getFirst().id();
    }
    screen.print(form.page(!page.isEmpty() && !pageBefore(oldest).isEmpty()));
    print(page, 0, 0);
  }

  /** The newest entries before a place, in their order; empty if there are none. */
  private Deque<ShownEntry> pageBefore(long end) {
    Deque<ShownEntry> page = new ArrayDeque<>();
    for (long to = end - 1; to >= 1 && page.size() < PAGE; to -= PAGE) {
      List<ShownEntry> part = conversation.show(Math.max(1, to - PAGE + 1), to);
      for (int i = part.size() - 1; i >= 0 && page.size() < PAGE; i--) {
        page.addFirst(part.get(i));
      }
    }
    return page;
  }

  /** Prints what is new, and what has changed of what was printed. */
  synchronized void refresh() {
    long last = conversation.last();
    long first = watched.isEmpty() ? shown + 1 : watched.firstKey();
    for (ShownEntry entry : conversation.show(first, last)) {
      ShownEntry before = watched.get(entry.id());
      if (entry.id() > shown) {
        print(
            entry, watched.descendingMap().values().stream().filter(ChatView::hasTime).findFirst());
      } else if (before != null && !before.equals(entry)) {
        screen.print(form.changed(before, entry));
        watched.put(entry.id(), entry);
      }
    }
    shown = Math.max(shown, last);
  }

  /** Of what is gone, nobody says from which day it was. */
  private static boolean hasTime(ShownEntry entry) {
    return entry instanceof ShownEntry.Message || entry instanceof ShownEntry.Epoch;
  }

  private void print(ShownEntry entry, Optional<ShownEntry> previous) {
    screen.print(form.entry(entry, previous));
    watched.put(entry.id(), entry);
    if (watched.size() > WATCHED) {
      watched.pollFirstEntry();
    }
    if (entry instanceof ShownEntry.Message message && message.sender().user().equals(self)) {
      lastOwn = Math.max(lastOwn, message.id());
    }
  }

  /** The newest message of this user's that was printed; 0 for none. */
  synchronized long lastOwn() {
    return lastOwn;
  }

  /** Tells the server how far this user has read, where that is news. */
  void markRead() {
    long upTo;
    synchronized (this) {
      if (shown <= marked) {
        return;
      }
      upTo = shown;
    }
    conversation.markRead(upTo);
    synchronized (this) {
      marked = Math.max(marked, upTo);
    }
  }

  /** An entry by its number, if there is something to show of it. */
  Optional<ShownEntry> find(long id) {
    return conversation.show(id, id).stream().findFirst();
  }
}
