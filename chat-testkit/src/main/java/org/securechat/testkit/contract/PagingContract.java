package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.timeline.Page;
import org.securechat.domain.timeline.PageRange;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;

/** How timelines are read, part by part. */
interface PagingContract extends StoresContract {
  long NO_END = Long.MAX_VALUE;
  int NO_BYTES_BOUND = Integer.MAX_VALUE;

  /** An epoch and the messages 2 to 9, of 10, 20 … 80 bytes. */
  private Room nine() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    for (int i = 1; i <= 8; i++) {
      room.post(alice, "x".repeat(10 * i));
    }
    return room;
  }

  private Page page(Room room, long after, long before, boolean newestFirst, int limit, int bytes) {
    return stores()
        .messages()
        .page(room.id, new PageRange(after, before, newestFirst), limit, bytes);
  }

  private static void assertPage(boolean more, List<Integer> ids, Page page) {
    assertEquals(ids, page.entries().stream().map(each -> (int) each.place().id()).toList());
    assertEquals(more, page.more());
  }

  @Test
  default void page_wholeRange_isEveryEntryAsItStands() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.gather(alice, bob);
    room.post(bob, "two", room.upload(bob, "a"), room.upload(bob, "b"));
    room.postExpiring(alice, "three", 5);
    room.post(alice, "four");
    room.delete(bob, room.entry(2));
    room.renew(bob);
    people.begin(bob).post(bob, "elsewhere");

    Page page = page(room, 0, NO_END, false, 100, NO_BYTES_BOUND);

    assertPage(false, List.of(1, 2, 3, 4, 5, 6), page);
    assertEquals(page, page(room, 0, NO_END, true, 100, NO_BYTES_BOUND));
    for (Entry entry : page.entries()) {
      assertEquals(room.entry(entry.place().id()), entry);
    }
    TestGroup whole = TestGroup.from(room.group().id(), TestGroup.create().seen());
    assertEquals(room.view(alice).tip().seen(), whole.read(page.entries()).seen());
  }

  @Test
  default void page_bounds_excludeTheirEntries() {
    Room room = nine();

    assertPage(false, List.of(4, 5), page(room, 3, 6, false, 10, NO_BYTES_BOUND));
    assertPage(false, List.of(4, 5), page(room, 3, 6, true, 10, NO_BYTES_BOUND));
    assertPage(false, List.of(), page(room, 3, 4, false, 10, NO_BYTES_BOUND));
    assertPage(false, List.of(), page(room, 9, NO_END, false, 10, NO_BYTES_BOUND));
    assertPage(false, List.of(), page(room, 0, 1, true, 10, NO_BYTES_BOUND));
    assertPage(false, List.of(), page(room, (1L << 53) - 1, NO_END, true, 10, NO_BYTES_BOUND));
  }

  @Test
  default void page_limit_isTakenFromTheEndThatIsAskedFor() {
    Room room = nine();

    assertPage(true, List.of(3, 4), page(room, 2, NO_END, false, 2, NO_BYTES_BOUND));
    assertPage(true, List.of(8, 9), page(room, 2, NO_END, true, 2, NO_BYTES_BOUND));
    assertPage(true, List.of(3, 4), page(room, 2, 6, false, 2, NO_BYTES_BOUND));
    assertPage(true, List.of(4, 5), page(room, 2, 6, true, 2, NO_BYTES_BOUND));
    assertPage(false, List.of(3, 4, 5), page(room, 2, 6, false, 3, NO_BYTES_BOUND));
    assertPage(false, List.of(3, 4, 5), page(room, 2, 6, true, 3, NO_BYTES_BOUND));
  }

  @Test
  default void page_bytes_endItEarlyButForItsFirst() {
    Room room = nine();

    assertPage(true, List.of(2, 3, 4), page(room, 1, NO_END, false, 9, 60));
    assertPage(true, List.of(2, 3), page(room, 1, NO_END, false, 9, 59));
    assertPage(true, List.of(8, 9), page(room, 1, NO_END, true, 9, 150));
    assertPage(true, List.of(9), page(room, 1, NO_END, true, 9, 149));
    assertPage(true, List.of(5), page(room, 4, NO_END, false, 9, 0));
    assertPage(true, List.of(9), page(room, 4, NO_END, true, 9, 0));
    assertPage(false, List.of(9), page(room, 8, NO_END, false, 9, 1));
  }

  @Test
  default void page_bytes_countStatementsButNothingThatIsErased() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    int statement = room.group().statement().text().length();
    room.post(alice, "x".repeat(50));
    room.delete(alice, room.entry(2));
    room.post(alice, "x".repeat(50));

    assertPage(true, List.of(1, 2, 3), page(room, 0, NO_END, false, 9, statement + 49));
    assertPage(false, List.of(1, 2, 3, 4), page(room, 0, NO_END, false, 9, statement + 50));
    assertPage(true, List.of(2, 3, 4), page(room, 0, NO_END, true, 9, statement + 49));
  }

  @Test
  default void entry_unknown_isEmpty() {
    Room room = nine();

    assertEquals(Optional.empty(), stores().messages().entry(room.id, 0));
    assertEquals(Optional.empty(), stores().messages().entry(room.id, 10));
    assertEquals(Optional.empty(), stores().messages().entry(new ConversationId(9), 1));
    assertEquals(
        new Page(List.of(), false),
        stores()
            .messages()
            .page(new ConversationId(9), new PageRange(0, NO_END, true), 9, NO_BYTES_BOUND));
  }
}
