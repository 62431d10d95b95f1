package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.AccountFixtures.NOON;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.timeline.Entry;
import org.securechat.testkit.TestGroup.Person;

/** How messages that have expired are emptied. */
interface ExpiryContract extends StoresContract {

  @Test
  default void expire_expiredMessage_losesContentAndFiles() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    FileRecord file = room.upload(alice, "bytes");
    FileRecord other = room.upload(alice, "other bytes");
    Entry.Message expiring = room.postExpiring(alice, "soon", 10, file);
    Entry.Message later = room.postExpiring(alice, "later", 11, other);
    Entry.Message forever = room.post(alice, "forever");

    assertEquals(0, stores().messages().expire(NOON.plusMillis(9_999), 10));
    assertEquals(expiring, room.entry(2));
    assertEquals(1, stores().messages().expire(NOON.plusSeconds(10), 10));

    assertEquals(MessageChecks.emptied(expiring), room.entry(2));
    assertEquals(later, room.entry(3));
    assertEquals(forever, room.entry(4));
    assertTrue(stores().files().find(file.id()).orElseThrow().erased());
    assertFalse(stores().files().find(other.id()).orElseThrow().erased());
    assertEquals(0, stores().messages().expire(NOON.plusSeconds(10), 10));
    assertEquals(4, room.last());
  }

  @Test
  default void expire_many_emptiesUpToTheLimit() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    Room other = people.begin(alice);
    for (int i = 0; i < 3; i++) {
      room.postExpiring(alice, "m", 1);
      other.postExpiring(alice, "m", 2);
    }

    assertEquals(4, stores().messages().expire(NOON.plusSeconds(2), 4));
    assertEquals(2, stores().messages().expire(NOON.plusSeconds(2), 4));
    assertEquals(0, stores().messages().expire(NOON.plusSeconds(2), 4));

    for (long entry = 2; entry <= 4; entry++) {
      assertEquals(Optional.empty(), ((Entry.Message) room.entry(entry)).content());
      assertEquals(Optional.empty(), ((Entry.Message) other.entry(entry)).content());
    }
  }

  @Test
  default void expire_deletedMessage_isNoneOfThem() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    room.postExpiring(alice, "m", 1);
    room.delete(alice, room.entry(2));

    assertEquals(0, stores().messages().expire(NOON.plusSeconds(2), 10));
  }

  @Test
  default void delete_expiredMessage_isDeletedNonetheless() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    Entry.Message message = room.postExpiring(alice, "m", 1);
    stores().messages().expire(NOON.plusSeconds(2), 10);

    assertTrue(room.delete(alice, message).isNew());

    assertEquals(3, room.last());
    assertEquals(MessageChecks.emptied(message), room.entry(2));
  }
}
