package org.securechat.protocol.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.TestLog.Person;

/**
 * Random honest conversations, in which members are added, removed and leave, lag behind each
 * other, edit, react and delete, and in which the server erases what is deleted or expired, raise
 * no alarm for anybody, and everybody is shown what was written for them.
 */
class HonestTranscriptsTest {
  private static final int TRANSCRIPTS = 1000;
  private static final int STEPS = 16;
  private static final long LIFETIME_SECONDS = 60;
  private static final Instant LATER = TestLog.NOON.plusSeconds(LIFETIME_SECONDS);

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
    private final Map<Long, Spoken> spoken = new TreeMap<>();
    private final Set<Long> deleted = new HashSet<>();

    private record Spoken(Person sender, MessageContent content, long expires) {
      boolean isText() {
        return content instanceof MessageContent.Text;
      }
    }

    Conversation(Random random) {
      this.random = random;
      this.log = TestLog.begin(PEOPLE.get(0), PEOPLE.get(1));
    }

    void run() throws Exception {
      for (int step = 0; step < STEPS; step++) {
        step();
      }
      for (Person person : present()) {
        read(person, random.nextBoolean() ? TestLog.NOON : LATER);
      }
    }

    private List<Person> present() {
      return PEOPLE.stream().filter(each -> log.statement().member(each.id()).isPresent()).toList();
    }

    private boolean isAdmin(Person person) {
      return log.statement()
          .member(person.id())
          .filter(member -> member.role() == Role.ADMIN)
          .isPresent();
    }

    private <T> T any(List<T> some) {
      return some.get(random.nextInt(some.size()));
    }

    private Person member() {
      return any(present());
    }

    private Role role() {
      return random.nextBoolean() ? Role.ADMIN : Role.MEMBER;
    }

    /** Somewhere at or after an entry, as whoever lags behind has it. */
    private Seen lagging(long from) {
      return log.seen((int) from + random.nextInt(log.last() - (int) from + 1));
    }

    private Seen lagging() {
      return lagging(log.epochEntry());
    }

    private void step() {
      switch (random.nextInt(12)) {
        case 0, 1 -> changeMembers();
        case 2 -> log.advance(member(), log.members(), lagging());
        case 3 -> leave();
        case 4, 5 -> delete();
        case 6 -> edit();
        case 7 -> react();
        default -> {
          String text = "message " + log.last();
          long expires = random.nextInt(2) * LIFETIME_SECONDS;
          say(member(), new MessageContent.Text(text, Optional.empty()), expires, lagging());
        }
      }
    }

    /** An admin adds somebody, removes them or gives them another role. */
    private void changeMembers() {
      List<Person> admins = present().stream().filter(this::isAdmin).toList();
      if (admins.isEmpty()) {
        return;
      }
      Person admin = any(admins);
      Person other = any(PEOPLE.stream().filter(each -> !each.equals(admin)).toList());
      List<Member> members = log.members();
      boolean wasMember = members.removeIf(each -> each.user().equals(other.id()));
      if (!wasMember || random.nextBoolean()) {
        log.meet(other);
        members.add(other.as(role()));
        members.sort(Comparator.comparingLong(member -> member.user().value()));
      }
      log.advance(admin, members, lagging());
    }

    /** Whoever comes to it begins the epoch without them, admin or not. */
    private void leave() {
      Person leaver = member();
      List<Person> rest = present().stream().filter(each -> !each.equals(leaver)).toList();
      if (!rest.isEmpty()) {
        List<Member> members = log.members();
        members.removeIf(each -> each.user().equals(leaver.id()));
        log.advance(any(rest), members, lagging());
      }
    }

    private void say(Person sender, MessageContent content, long expires, Seen seen) {
      spoken.put(
          log.send(sender, content, seen, expires).id(), new Spoken(sender, content, expires));
    }

    /** A message that somebody is shown. */
    private Optional<Long> target(Person person, Predicate<Spoken> which) {
      List<Long> targets =
          spoken.keySet().stream()
              .filter(id -> id >= log.addedAt(person) && which.test(spoken(id)))
              .toList();
      return targets.isEmpty() ? Optional.empty() : Optional.of(any(targets));
    }

    private Spoken spoken(long id) {
      return Optional.ofNullable(spoken.get(id)).orElseThrow();
    }

    private Seen laggingBehind(long target) {
      return lagging(Math.max(target, log.epochEntry()));
    }

    private void edit() {
      Person author = member();
      target(author, said -> said.isText() && said.sender().equals(author))
          .ifPresent(target ->
              say(
                  author,
                  new MessageContent.Edit(target, "edit " + log.last()),
                  spoken(target).expires(),
                  laggingBehind(target)));
    }

    private void react() {
      Person person = member();
      target(person, Spoken::isText)
          .ifPresent(target ->
              say(person, new MessageContent.Reaction(target, "+"), 0, laggingBehind(target)));
    }

    /** Authors delete what is theirs and admins anything, with the edits that they have seen. */
    private void delete() {
      Person person = member();
      target(person, said -> isAdmin(person) || said.sender().equals(person))
          .filter(target -> !deleted.contains(target))
          .ifPresent(target -> {
            Seen seen = lagging(target);
            List<Long> all = new ArrayList<>(editsOf(target));
            all.removeIf(edit -> edit > seen.entry());
            all.add(target);
            for (long each : all) {
              log.delete(person, each, seen);
              deleted.add(each);
            }
          });
    }

    /** Those that were not deleted, in their order. */
    private List<Long> editsOf(long target) {
      return spoken.keySet().stream()
          .filter(id -> !deleted.contains(id))
          .filter(id ->
              spoken(id).content() instanceof MessageContent.Edit edit && edit.target() == target)
          .toList();
    }

    private void read(Person person, Instant now) throws Exception {
      Transcript transcript = log.reader(person, new Contacts());
      Timeline timeline = new Timeline();
      for (ReceivedEntry entry : log.view(person)) {
        VerifiedEntry verified = transcript.accept(asGiven(entry, now));
        timeline.add(
            verified,
            verified instanceof VerifiedMessage message
                ? Optional.of(log.key(message.header().epoch()))
                : Optional.empty());
      }
      assertEquals(log.seen(), transcript.seen());
      assertEquals(
          expected(person, now),
          timeline.show(1, Long.MAX_VALUE, now).stream()
              .filter(entry -> !(entry instanceof ShownEntry.Epoch))
              .map(Conversation::line)
              .toList());
    }

    /** The server erases what is expired or deleted; somebody may have got it before. */
    private ReceivedEntry asGiven(ReceivedEntry entry, Instant now) {
      return entry instanceof ReceivedEntry.Message message
              && (deleted.contains(message.id()) || isExpired(message.id(), now))
              && random.nextInt(4) > 0
          ? new ReceivedEntry.Message(
              message.id(),
              message.sender(),
              message.epoch(),
              message.createdAt(),
              message.client(),
              message.sentAtMillis(),
              message.seen(),
              Optional.empty(),
              message.contentHash(),
              message.signature(),
              message.files(),
              message.expiresSeconds())
          : entry;
    }

    private boolean isExpired(long id, Instant now) {
      return spoken(id).expires() > 0 && now.equals(LATER);
    }

    /** Of everything since somebody was added: what it says now, or why it is gone. */
    private List<String> expected(Person person, Instant now) {
      List<String> lines = new ArrayList<>();
      spoken.forEach((id, said) -> {
        if (id < log.addedAt(person)) {
          return;
        }
        if (deleted.contains(id)) {
          lines.add(id + " DELETED");
        } else if (isExpired(id, now)) {
          lines.add(id + " EXPIRED");
        } else if (said.content() instanceof MessageContent.Text text) {
          List<Long> edits = editsOf(id);
          lines.add(
              edits.isEmpty()
                  ? id + " " + text.body()
                  : id + " " + bodyOf(edits.get(edits.size() - 1)));
        }
      });
      return lines;
    }

    private String bodyOf(long edit) {
      return ((MessageContent.Edit) spoken(edit).content()).body();
    }

    private static String line(ShownEntry entry) {
      if (entry instanceof ShownEntry.Gone gone) {
        return gone.id() + " " + gone.cause();
      }
      return entry instanceof ShownEntry.Message message
              && message.content() instanceof MessageContent.Text text
          ? message.id() + " " + text.body()
          : entry.toString();
    }
  }
}
