package org.securechat.protocol.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.TestLog.Person;

/**
 * Random honest conversations, in which members come and go, lag behind each other and delete what
 * they wrote, raise no alarm for anybody, and everybody reads what was written for them.
 */
class HonestTranscriptsTest {
  private static final int TRANSCRIPTS = 1000;
  private static final int STEPS = 12;

  private static final List<Person> PEOPLE =
      List.of(
          Person.of(1, "alice"), Person.of(2, "bob"), Person.of(3, "carol"), Person.of(4, "dave"));

  @Test
  void honestTranscripts_raiseNoAlarm() throws Exception {
    long seed = Long.getLong("chat.test.seed", System.nanoTime());
    System.out.println("chat.test.seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < TRANSCRIPTS; i++) {
      new Conversation(random).run();
    }
  }

  /** One conversation and what each message said. */
  private static final class Conversation {
    private final Random random;
    private final TestLog log;
    private final Map<Long, String> said = new HashMap<>();

    Conversation(Random random) {
      this.random = random;
      this.log = TestLog.begin(PEOPLE.get(0), PEOPLE.get(1));
    }

    void run() throws Exception {
      for (int step = 0; step < STEPS; step++) {
        step();
      }
      for (Person person : PEOPLE) {
        if (log.statement().member(person.id()).isPresent()) {
          read(person);
        }
      }
    }

    private Person member() {
      List<Person> present =
          PEOPLE.stream().filter(each -> log.statement().member(each.id()).isPresent()).toList();
      return present.get(random.nextInt(present.size()));
    }

    /** Somewhere at or after the newest epoch, as whoever lags behind has it. */
    private Seen lagging() {
      int from = log.epochEntry();
      return log.seen(from + random.nextInt(log.last() - from + 1));
    }

    private void step() {
      switch (random.nextInt(8)) {
        case 0 -> {
          Person admin = PEOPLE.get(0);
          Person other = PEOPLE.get(1 + random.nextInt(PEOPLE.size() - 1));
          List<Member> members = log.members();
          boolean gone = members.removeIf(each -> each.user().equals(other.id()));
          if (!gone) {
            log.add(admin, other, random.nextBoolean() ? Role.ADMIN : Role.MEMBER);
          } else {
            log.advance(admin, members, lagging());
          }
        }
        case 1 -> log.advance(member(), log.members(), lagging());
        case 2 -> {
          if (!said.isEmpty()) {
            delete();
          }
        }
        default -> {
          String text = "message " + log.last();
          MessageContent content = new MessageContent.Text(text, Optional.empty());
          long id = log.send(member(), content, lagging(), random.nextInt(2) * 60L).id();
          said.put(id, text);
        }
      }
    }

    private void delete() {
      List<Long> ids = new ArrayList<>(said.keySet());
      long id = ids.get(random.nextInt(ids.size()));
      log.delete(PEOPLE.get(0), id, log.seen());
    }

    private void read(Person person) throws Exception {
      Transcript transcript = log.reader(person, new Contacts());
      for (ReceivedEntry entry : log.view(person)) {
        VerifiedEntry verified = transcript.accept(entry);
        if (verified instanceof VerifiedMessage message) {
          EpochKey key = log.key(message.header().epoch());
          MessageContent.Text text =
              assertInstanceOf(MessageContent.Text.class, message.open(key).orElseThrow());
          assertEquals(said.get(message.id()), text.body());
        } else if (entry instanceof ReceivedEntry.Message) {
          throw new AssertionError("not shown: " + verified);
        }
      }
      assertEquals(log.seen(), transcript.seen());
    }
  }
}
