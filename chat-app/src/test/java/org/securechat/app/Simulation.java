package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.function.Executable;
import org.securechat.app.Friends.Friend;
import org.securechat.app.SimulatedPerson.Device;
import org.securechat.app.StoredConversations.Participant;
import org.securechat.client.User;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.conversation.ConversationEvent;
import org.securechat.client.conversation.ConversationInfo;
import org.securechat.client.failure.RefusalCode;
import org.securechat.client.failure.RefusedException;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.Role;
import org.securechat.protocol.content.AttachedFile;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.ShownEntry;
import org.securechat.protocol.key.IdentityKeyPair;
import org.securechat.protocol.key.Password;
import org.securechat.testkit.TestClock;

/**
 * People who do with the SDK what people do, at random, one after the other or many at once; and
 * checks that everybody reads exactly what they may, on the devices that took part and on new ones.
 * A seed decides what is done; of what is done at once, chance decides the order.
 */
final class Simulation {
  private static final int WORKERS = 8;

  /** Of who works on passwords: each of them needs a processor, and 64 MiB. */
  private static final int STRETCHERS = Runtime.getRuntime().availableProcessors();

  /** Each code of a second factor is good for one use. */
  private static final Duration NEXT_CODE = Duration.ofSeconds(30);

  private static final int TRIES = 20;
  private static final int CROWDED_ROOMS = 6;
  private static final int TOLD_ON_FAILURE = 60;

  /** Passwords that change and devices that are new, in each round. */
  private static final int PASSWORDS = 2;

  private static final int DEVICES = 3;

  /** Devices, and conversations, that are checked in each round. */
  private static final int AUDITS = 5;

  private final Friends friends;
  private final StoredConversations stored;
  private final TestClock clock;
  private final Path folder;
  private final Random random;
  private final List<SimulatedPerson> people = new ArrayList<>();
  private final Map<UserId, SimulatedPerson> byId = new HashMap<>();
  private final Map<UserId, IdentityKeyPair> identities = new HashMap<>();
  private final List<Room> rooms = new CopyOnWriteArrayList<>();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<Act, Integer> done = new EnumMap<>(Act.class);
  private final Queue<String> history = new ConcurrentLinkedQueue<>();
  private int drawn;

  /** What people do, and how often. */
  enum Act {
    SAY(26),
    REPLY(6),
    EXPIRE(4),
    EDIT(6),
    REACT(8),
    DELETE(4),
    FILE(2),
    NAME(2),
    READ(4),
    START(3),
    JOIN(14),
    DECLINE(2),
    LEAVE(3),
    ADD(6),
    REMOVE(5),
    ROLE(3),
    RENEW(3);

    private final int weight;

    Act(int weight) {
      this.weight = weight;
    }

    private static Act draw(Random random) {
      int left = random.nextInt(IntStream.of(weights()).sum());
      for (Act act : values()) {
        left -= act.weight;
        if (left < 0) {
          return act;
        }
      }
      throw new IllegalStateException();
    }

    private static int[] weights() {
      return List.of(values()).stream().mapToInt(act -> act.weight).toArray();
    }
  }

  /** Something to be done; what exactly follows from the seed and from how things are then. */
  private record Draw(int number, Act act, long seed) {}

  Simulation(String url, StoredConversations stored, TestClock clock, Path folder, long seed) {
    this.friends = new Friends(url, clock);
    this.stored = stored;
    this.clock = clock;
    this.folder = folder;
    this.random = new Random(seed);
  }

  /** The last operations, the newest last. */
  String tail() {
    List<String> all = List.copyOf(history);
    return String.join("\n", all.subList(Math.max(0, all.size() - TOLD_ON_FAILURE), all.size()));
  }

  /** How often each was done. */
  Map<Act, Integer> done() {
    return done;
  }

  /** Does things on some threads, and waits for all. */
  private static <T> List<T> together(int threads, List<? extends Callable<T>> tasks) {
    List<T> results = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (Future<T> task : pool.invokeAll(tasks)) {
        results.add(task.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
    return results;
  }

  /** Everybody registers; some talk, and one conversation is large. */
  void begin(int count, int conversations, int large) {
    List<Friend> registered =
        together(
            STRETCHERS,
            IntStream.range(0, count)
                .mapToObj(i -> (Callable<Friend>) () -> friends.register("person%03d".formatted(i)))
                .toList());
    for (Friend friend : registered) {
      SimulatedPerson person = new SimulatedPerson(friend);
      people.add(person);
      byId.put(person.id(), person);
      identities.put(person.id(), person.identity());
    }
    Room crowd = start(people.get(0), people.subList(1, large), "everybody");
    people.subList(1, large / 2).forEach(person -> person.devices().get(0).open(crowd).join());
    for (int i = 0; i < conversations; i++) {
      perform(new Draw(drawn++, Act.START, random.nextLong()), rooms, true);
    }
  }

  private Room start(SimulatedPerson person, List<SimulatedPerson> others, String name) {
    Device device = person.devices().get(0);
    List<User> users = others.stream().map(each -> user(device, each)).toList();
    Conversation begun =
        device
            .friend()
            .conversations()
            .start(name.isEmpty() ? Optional.empty() : Optional.of(name), users);
    Room room = new Room(begun.id());
    room.called(name);
    device.held().put(room, begun);
    rooms.add(room);
    return room;
  }

  private static User user(Device device, SimulatedPerson person) {
    return device.friend().session().user(person.devices().get(0).friend().name());
  }

  /** A round of operations: one after the other, or at once in few conversations. */
  void round(int operations, boolean crowded) {
    clock.advance(Duration.ofMinutes(20 + random.nextInt(20)));
    List<Draw> draws = new ArrayList<>();
    for (int i = 0; i < operations - PASSWORDS - DEVICES; i++) {
      draws.add(new Draw(drawn++, Act.draw(random), random.nextLong()));
    }
    if (crowded) {
      List<Room> few =
          rooms.subList(1, rooms.size()).stream().collect(Collectors.toCollection(ArrayList::new));
      Collections.shuffle(few, random);
      List<Room> among = List.copyOf(few.subList(0, Math.min(CROWDED_ROOMS, few.size())));
      together(
          WORKERS,
          draws.stream()
              .map(draw ->
                  (Callable<Boolean>)
                      () -> {
                        perform(draw, among, false);
                        return true;
                      })
              .toList());
    } else {
      draws.forEach(draw -> perform(draw, rooms, true));
    }
    read();
    lookBehindRemoved();
    changeAccounts();
    for (int i = 0; i < AUDITS; i++) {
      SimulatedPerson person = anybody(random);
      audit(person, person.anyDevice(random));
      rooms.get(random.nextInt(rooms.size())).requireSecrecy(stored, identities);
    }
  }

  private SimulatedPerson anybody(Random from) {
    return people.get(from.nextInt(people.size()));
  }

  /** What is stored now is what everything is held against. */
  private void read() {
    rooms.removeIf(room -> stored.participants(room.id()).isEmpty());
    rooms.forEach(room -> room.read(stored, identities));
  }

  private void perform(Draw draw, List<Room> among, boolean alone) {
    Random own = new Random(draw.seed());
    Act act = draw.act();
    try {
      for (int tries = 0; tries < TRIES && act != Act.START; tries++) {
        Room room = among.get(own.nextInt(among.size()));
        Optional<String> what = attempt(draw, room, own, alone);
        if (what.isPresent()) {
          tell(draw, act, what.get() + " in " + room);
          return;
        }
      }
      act = Act.START;
      tell(draw, act, startSomewhere(draw, own));
    } catch (RefusedException e) {
      tell(draw, act, "refused: " + e.code());
      if (alone || (e.code() != RefusalCode.NOT_FOUND && e.code() != RefusalCode.FORBIDDEN)) {
        throw new AssertionError(draw + " was refused", e);
      }
    } catch (RuntimeException | IOException e) {
      tell(draw, act, "failed: " + e);
      if (alone || !wasRemovedMeanwhile(e)) {
        throw new AssertionError(draw + " failed", e);
      }
    }
  }

  /** Removed and added again between two calls of one operation. */
  private static boolean wasRemovedMeanwhile(Exception e) {
    return e instanceof UntrustedAnswerException
        && String.valueOf(e.getMessage()).contains("removed and added again");
  }

  private synchronized void tell(Draw draw, Act act, String what) {
    done.merge(act, 1, Integer::sum);
    history.add("#" + draw.number() + " " + act + " " + what);
  }

  private String startSomewhere(Draw draw, Random own) {
    SimulatedPerson person = anybody(own);
    int count = 1 + own.nextInt(6);
    List<SimulatedPerson> others =
        own.ints(0, people.size())
            .mapToObj(people::get)
            .filter(each -> each != person)
            .distinct()
            .limit(count)
            .toList();
    Room room = start(person, others, own.nextBoolean() ? "name " + draw.number() : "");
    return person + " with " + others + " in " + room;
  }

  private List<Participant> participants(Room room, Predicate<Participant> which) {
    return stored.participants(room.id()).stream()
        .filter(which)
        .sorted(Comparator.comparing(each -> person(each).toString()))
        .toList();
  }

  private SimulatedPerson person(Participant participant) {
    return Objects.requireNonNull(byId.get(participant.user()));
  }

  private static <T> Optional<T> any(List<T> list, Random own) {
    return list.isEmpty() ? Optional.empty() : Optional.of(list.get(own.nextInt(list.size())));
  }

  /** Somebody's turn in a conversation, on one of their devices. */
  private record Turn(SimulatedPerson person, Device device, Conversation conversation) {}

  private Optional<Turn> turn(Room room, Predicate<Participant> who, Random own) {
    return any(participants(room, who), own)
        .map(participant -> {
          SimulatedPerson person = person(participant);
          Device device = person.anyDevice(own);
          device.friend().conversations().await(Duration.ZERO);
          return new Turn(person, device, device.open(room));
        });
  }

  /** Does it there, if it can be done there; says what was done. */
  private Optional<String> attempt(Draw draw, Room room, Random own, boolean alone)
      throws IOException {
    return switch (draw.act()) {
      case START -> throw new IllegalStateException();
      case JOIN, DECLINE -> answer(draw.act(), room, own, alone);
      case LEAVE -> leave(room, own, alone);
      case ADD, REMOVE, ROLE -> change(draw.act(), room, own, alone);
      default -> {
        Optional<Turn> turn = turn(room, Participant::joined, own);
        yield turn.isEmpty() ? Optional.empty() : tryToTalk(draw, room, turn.get(), own);
      }
    };
  }

  private Optional<String> answer(Act act, Room room, Random own, boolean alone) {
    Optional<Turn> turn = turn(room, each -> !each.joined(), own);
    turn.ifPresent(now -> {
      if (act == Act.JOIN) {
        now.conversation().join();
      } else {
        now.conversation().leave();
      }
      if (alone) {
        boolean joined = act == Act.JOIN;
        assertEquals(joined, isIn(room, now.person(), each -> true));
        assertEquals(joined, isIn(room, now.person(), Participant::joined));
      }
    });
    return turn.map(now -> now.person().toString());
  }

  private boolean isIn(Room room, SimulatedPerson person, Predicate<Participant> how) {
    return participants(room, how).stream().anyMatch(each -> each.user().equals(person.id()));
  }

  private Optional<String> leave(Room room, Random own, boolean alone) {
    if (participants(room, Participant::joined).size() < 3) {
      return Optional.empty();
    }
    Optional<Turn> turn = turn(room, Participant::joined, own);
    turn.ifPresent(now -> {
      now.conversation().leave();
      assertTrue(!alone || !isIn(room, now.person(), each -> true));
    });
    return turn.map(now -> now.person().toString());
  }

  private Optional<String> change(Act act, Room room, Random own, boolean alone) {
    Optional<Turn> turn = turn(room, each -> each.admin() && each.joined(), own);
    if (turn.isEmpty()) {
      return Optional.empty();
    }
    Turn now = turn.get();
    if (act == Act.ADD) {
      return any(people, own)
          .filter(other -> !isIn(room, other, each -> true))
          .map(other -> {
            Role role = own.nextInt(4) == 0 ? Role.ADMIN : Role.MEMBER;
            now.conversation().add(List.of(user(now.device(), other)), role);
            assertTrue(!alone || isIn(room, other, each -> each.admin() == (role == Role.ADMIN)));
            return now.person() + " adds " + other + " " + role;
          });
    }
    return any(participants(room, each -> !each.user().equals(now.person().id())), own)
        .map(participant -> {
          SimulatedPerson other = person(participant);
          if (act == Act.REMOVE) {
            now.conversation().remove(Set.of(other.id()));
            assertTrue(!alone || !isIn(room, other, each -> true));
            return now.person() + " removes " + other;
          }
          Role role = participant.admin() ? Role.MEMBER : Role.ADMIN;
          now.conversation().changeRole(other.id(), role);
          assertTrue(!alone || isIn(room, other, each -> each.admin() == (role == Role.ADMIN)));
          return now.person() + " makes " + other + " " + role;
        });
  }

  private Optional<String> tryToTalk(Draw draw, Room room, Turn turn, Random own)
      throws IOException {
    Conversation conversation = turn.conversation();
    try {
      return talk(draw, room, turn, own);
    } catch (RuntimeException e) {
      e.addSuppressed(
          new IllegalStateException(
              "%s in %s, joined: %s, read up to %d, epoch %d"
                  .formatted(
                      turn.person(),
                      room,
                      conversation.isJoined(),
                      conversation.last(),
                      conversation.epoch().epoch())));
      throw e;
    }
  }

  private Optional<String> talk(Draw draw, Room room, Turn turn, Random own) throws IOException {
    Conversation conversation = turn.conversation();
    String text = text(draw, own);
    String by = turn.person() + ": ";
    return switch (draw.act()) {
      case SAY -> {
        long id = conversation.say(text);
        room.said(id, Said.text(text));
        yield Optional.of(by + id);
      }
      case EXPIRE -> {
        long id =
            conversation.send(
                new MessageContent.Text(text, Optional.empty()),
                Duration.ofMinutes(1 + own.nextInt(120)));
        room.said(id, Said.text(text));
        yield Optional.of(by + id);
      }
      case NAME -> {
        room.called("name " + draw.number());
        long id = conversation.send(new MessageContent.Name("name " + draw.number()));
        room.said(id, new Said(Said.Type.NAME, 0, "", "name " + draw.number()));
        yield Optional.of(by + id);
      }
      case RENEW -> {
        conversation.renewKey();
        yield Optional.of(by + "epoch " + conversation.epoch().epoch());
      }
      case READ -> {
        conversation.catchUp();
        long upTo = conversation.markRead(conversation.last());
        yield Optional.of(by + upTo);
      }
      case FILE -> Optional.of(by + sendFile(draw, room, conversation, text, own));
      default ->
          any(targets(draw.act(), turn), own)
              .map(target -> by + about(draw.act(), target, room, conversation, text, own));
    };
  }

  private static String text(Draw draw, Random own) {
    return "%d caf\u00e9 \ud83d\ude00 %s".formatted(draw.number(), "x".repeat(own.nextInt(600)));
  }

  private String sendFile(Draw draw, Room room, Conversation conversation, String text, Random own)
      throws IOException {
    byte[] bytes = new byte[own.nextInt(200_000)];
    own.nextBytes(bytes);
    String name = "file" + draw.number();
    files.put(name, bytes);
    Path source = Files.write(folder.resolve(name), bytes);
    long id = conversation.sendFile(source, "image/png", Optional.of(text), sent -> {});
    room.said(id, Said.file(name + " " + bytes.length, text));
    return id + " of " + bytes.length + " bytes";
  }

  private static List<Long> targets(Act act, Turn turn) {
    boolean isAdmin =
        turn.conversation()
            .epoch()
            .member(turn.person().id())
            .filter(member -> member.role() == Role.ADMIN)
            .isPresent();
    return turn.conversation().history().stream()
        .filter(ShownEntry.Message.class::isInstance)
        .map(ShownEntry.Message.class::cast)
        .filter(message ->
            switch (act) {
              case EDIT, DELETE ->
                  !(message.content() instanceof MessageContent.Name)
                      && (message.sender().user().equals(turn.person().id())
                          || (act == Act.DELETE && isAdmin));
              default -> true;
            })
        .map(ShownEntry.Message::id)
        .toList();
  }

  private static String about(
      Act act, long target, Room room, Conversation conversation, String text, Random own) {
    return switch (act) {
      case REPLY -> {
        long id = conversation.send(new MessageContent.Text(text, Optional.of(target)));
        room.said(id, new Said(Said.Type.TEXT, target, "", text));
        yield id + " to " + target;
      }
      case EDIT -> {
        long id = conversation.edit(target, text);
        room.said(id, new Said(Said.Type.EDIT, target, "", text));
        yield id + " of " + target;
      }
      case REACT -> {
        String emoji = own.nextBoolean() ? "+1" : "\ud83d\udc4d";
        long id = conversation.react(target, emoji);
        room.said(id, new Said(Said.Type.REACTION, target, "", emoji));
        yield id + " to " + target;
      }
      case DELETE -> {
        conversation.delete(target);
        room.deleted(target);
        yield Long.toString(target);
      }
      default -> throw new IllegalStateException();
    };
  }

  /**
   * Passwords change, and people sign in on new devices, which must show all that they may read.
   */
  private void changeAccounts() {
    List<SimulatedPerson> chosen =
        random
            .ints(0, people.size())
            .mapToObj(people::get)
            .distinct()
            .limit(PASSWORDS + DEVICES)
            .toList();
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      SimulatedPerson person = chosen.get(i);
      Device device = person.anyDevice(random);
      int number = drawn++;
      if (i < PASSWORDS) {
        tasks.add(() -> changePassword(number, person, device));
      } else {
        tasks.add(() -> signInAnew(number, person));
      }
    }
    clock.advance(NEXT_CODE);
    together(STRETCHERS, tasks);
  }

  private boolean changePassword(int number, SimulatedPerson person, Device device) {
    List<Device> before = List.copyOf(person.devices());
    Friend changed = friends.withPasswordNow(device.friend(), Password.of("password " + number));
    person.keepOnly(device, changed);
    for (Device other : before) {
      if (!other.equals(device)) {
        assertEquals(
            RefusalCode.NOT_AUTHENTICATED,
            assertThrows(RefusedException.class, () -> other.friend().session().me()).code());
      }
    }
    history.add("#" + number + " PASSWORD of " + person);
    return true;
  }

  private boolean signInAnew(int number, SimulatedPerson person) {
    Device device = person.add(friends.onNewDeviceNow(person.devices().get(0).friend()));
    history.add("#" + number + " DEVICE of " + person);
    audit(person, device);
    saveFiles(device);
    return true;
  }

  /** Somebody's device shows what they may read, in every conversation, and nothing else. */
  private void audit(SimulatedPerson person, Device device) {
    Instant now = clock.instant();
    device.friend().conversations().await(Duration.ZERO);
    assertEquals(
        Set.copyOf(stored.conversationsOf(person.id())),
        device.friend().conversations().list().stream()
            .map(ConversationInfo::id)
            .collect(Collectors.toSet()));
    for (Room room : rooms) {
      Optional<Participant> participant =
          participants(room, each -> each.user().equals(person.id())).stream().findFirst();
      if (participant.isPresent()) {
        Conversation conversation = device.open(room);
        conversation.catchUp();
        assertEquals(
            participant.get().joined(), conversation.isJoined(), () -> person + room.toString());
        assertEquals(
            participant.get().joined()
                ? lines(room.entitled(person.id(), Long.MAX_VALUE, now))
                : "",
            lines(Room.shown(conversation.history())),
            () -> person + " in " + room);
      } else if (room.everybody().contains(person.id())) {
        requireNotFound(() -> device.friend().conversations().open(room.id()));
      }
    }
  }

  private static String lines(List<String> lines) {
    return String.join("\n", lines);
  }

  private static void requireNotFound(Executable refused) {
    assertEquals(RefusalCode.NOT_FOUND, assertThrows(RefusedException.class, refused).code());
  }

  private void saveFiles(Device device) {
    for (Conversation conversation : device.held().values()) {
      for (ShownEntry entry : conversation.history()) {
        if (entry instanceof ShownEntry.Message message) {
          message.content().attached().forEach(file -> save(conversation, file));
        }
      }
    }
  }

  private void save(Conversation conversation, AttachedFile file) {
    try {
      Path target = Files.createTempDirectory(folder, "saved").resolve(file.name());
      conversation.saveFile(file, target, saved -> {});
      assertArrayEquals(files.get(file.name()), Files.readAllBytes(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Who is not in a conversation any more gets nothing more on the devices that took part, where
   * what was there before stays.
   */
  private void lookBehindRemoved() {
    for (SimulatedPerson person : people) {
      for (Device device : person.devices()) {
        device
            .held()
            .forEach((room, held) -> {
              if (rooms.contains(room) && !isIn(room, person, each -> true)) {
                lookBehindRemoved(person, device, room, held);
              }
            });
      }
    }
  }

  private void lookBehindRemoved(
      SimulatedPerson person, Device device, Room room, Conversation held) {
    long last = held.last();
    if (held.isJoined()) {
      requireNotFound(held::catchUp);
      requireNotFound(() -> held.say("nobody hears this"));
      requireNotFound(held::renewKey);
    }
    assertEquals(last, held.last());
    assertEquals(
        lines(room.entitled(person.id(), last, clock.instant())),
        lines(Room.shown(held.history())),
        () -> person + " who was in " + room);
    for (ConversationEvent event : device.friend().conversations().await(Duration.ZERO)) {
      assertTrue(
          !event.conversation().equals(room.id()) || event instanceof ConversationEvent.Removed,
          () -> person + " hears of " + event);
    }
    requireNotFound(() -> device.friend().conversations().open(room.id()));
    device.held().remove(room);
  }

  /**
   * Everybody says a last word, which only who has the same history as all others can; then all
   * devices are checked, and a new one of everybody, and what keys open that nobody should have.
   */
  void end() {
    for (Room room : rooms) {
      for (Participant participant : participants(room, Participant::joined)) {
        sayLastWord(room, person(participant));
      }
    }
    read();
    lookBehindRemoved();
    together(
        STRETCHERS,
        people.stream()
            .map(person ->
                (Callable<Boolean>)
                    () -> {
                      person.devices().forEach(device -> audit(person, device));
                      return true;
                    })
            .toList());
    clock.advance(NEXT_CODE);
    together(
        STRETCHERS,
        people.stream().map(person -> (Callable<Boolean>) () -> signInAnew(0, person)).toList());
    int tried = rooms.stream().mapToInt(room -> room.requireSecrecy(stored, identities)).sum();
    assertTrue(tried > 0, "nobody was ever removed or added");
  }

  private void sayLastWord(Room room, SimulatedPerson person) {
    Device device = person.anyDevice(random);
    device.friend().conversations().await(Duration.ZERO);
    String text = "the last word of " + person;
    long id = device.open(room).say(text);
    room.said(id, Said.text(text));
    history.add("LAST WORD " + id + " of " + person + " in " + room);
  }
}
