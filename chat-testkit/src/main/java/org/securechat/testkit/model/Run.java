package org.securechat.testkit.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.securechat.domain.account.BlockStore;
import org.securechat.domain.conversation.ConversationName;
import org.securechat.domain.conversation.ConversationPage;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.conversation.EpochForm;
import org.securechat.domain.conversation.MemberKey;
import org.securechat.domain.conversation.WrappedKey;
import org.securechat.domain.file.FileId;
import org.securechat.domain.file.FileName;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.file.MimeType;
import org.securechat.domain.file.UploadFile;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.session.SignedCaller;
import org.securechat.domain.timeline.DeleteMessage;
import org.securechat.domain.timeline.EncryptedContent;
import org.securechat.domain.timeline.MessageDraft;
import org.securechat.domain.timeline.Page;
import org.securechat.domain.timeline.PageRange;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.DeletionText;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.testkit.TestClock;

/** One sequence of steps, done in all worlds at once; the first world tells what is there. */
final class Run {
  private static final int BLOCKS = 100;

  private final List<World> worlds;
  private final List<Person> people;
  private final long number;
  private final TestClock clock;
  private final List<Chat> chats = new ArrayList<>();
  private final Set<List<Person>> blocked = new HashSet<>();
  private long requests;

  /**
   * Prepares a run.
   *
   * @param number no other run has it
   */
  Run(List<World> worlds, List<Person> people, long number, TestClock clock) {
    this.worlds = worlds;
    this.people = people;
    this.number = number;
    this.clock = clock;
  }

  /** Does the steps; returns where the worlds differ, if they do. */
  Optional<String> compare(List<Step> steps) {
    for (int i = 0; i < steps.size(); i++) {
      Optional<String> difference = compare(steps.get(i));
      if (difference.isPresent()) {
        return Optional.of("step " + i + ", " + steps.get(i) + ": " + difference.get());
      }
    }
    return compareViews().or(this::unblock);
  }

  private Optional<String> compare(Step step) {
    Person actor = people.get(step.actor() % people.size());
    if (step.action() == Step.Action.START) {
      return start(actor, step);
    }
    if (chats.isEmpty()) {
      return Optional.empty();
    }
    Chat chat = chats.get(step.target() % chats.size());
    Optional<String> difference =
        switch (step.action()) {
          case EPOCH -> epoch(actor, chat, step);
          case JOIN -> {
            SignedCaller caller = request(actor);
            yield same(world -> world.conversations().join().join(caller, chat.id()));
          }
          case LEAVE -> {
            SignedCaller caller = request(actor);
            yield same(world -> {
              world.conversations().leave().leave(caller, chat.id());
              return "left";
            });
          }
          case POST -> post(actor, chat, step);
          case DELETE -> delete(actor, chat, step);
          case READ_ON -> {
            SignedCaller caller = request(actor);
            long upTo = step.choice() % (chat.last() + 2);
            yield same(world -> world.timeline().markRead().mark(caller, chat.id(), upTo));
          }
          case PAGE -> page(actor, chat, step);
          case UPLOAD -> upload(actor, chat, step);
          case DOWNLOAD -> download(actor, chat, step);
          case BLOCK -> block(actor, people.get(step.choice() % people.size()));
          case UNBLOCK -> unblock(actor, people.get(step.choice() % people.size()));
          case WAIT -> {
            clock.advance(Duration.ofSeconds(step.choice() % 20));
            yield Optional.empty();
          }
          case SWEEP -> sweep();
          case LIST -> same(world -> list(world, actor, 1 + step.choice() % 3));
          case SYNC -> sync(actor, step);
          case START -> throw new IllegalStateException("Done above");
        };
    follow(chat);
    return difference;
  }

  private SignedCaller request(Person person) {
    return person.request(clock.instant(), number * 1_000 + requests++);
  }

  /** Where the worlds' outcomes differ. */
  private Optional<String> same(Function<World, Object> call) {
    Object first = worlds.get(0).outcome(call);
    for (World world : worlds.subList(1, worlds.size())) {
      Object other = world.outcome(call);
      if (!Objects.equals(first, other)) {
        return Optional.of(
            worlds.get(0).name() + " says\n  " + first + "\n" + world.name() + " says\n  " + other);
      }
    }
    return Optional.empty();
  }

  /** Reads what was appended; a world that has another log shows at the next look. */
  private void follow(Chat chat) {
    Page page;
    do {
      page =
          worlds
              .get(0)
              .stores()
              .messages()
              .page(
                  chat.id(),
                  new PageRange(chat.last(), Long.MAX_VALUE, false),
                  100,
                  Integer.MAX_VALUE);
      page.entries().forEach(chat::add);
    } while (page.more());
  }

  private Optional<String> start(Person actor, Step step) {
    GroupId group = group(step.detail() % 8 == 0 ? 0 : chats.size() + 1);
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < people.size(); i++) {
      Person person = people.get(i);
      if (person.equals(actor)) {
        members.add(person.as(Role.ADMIN));
      } else if ((step.choice() >> i & 1) == 1) {
        members.add(person.as((step.choice() >> (8 + i) & 1) == 1 ? Role.ADMIN : Role.MEMBER));
      }
    }
    EpochStatement statement =
        EpochStatement.of(
            group,
            1,
            Seen.NOTHING.hash(),
            Sha256.of(new byte[] {1}),
            Seen.NOTHING,
            actor.id(),
            members);
    EpochForm form = form(actor, statement, step.detail());
    Optional<ConversationName> name =
        step.detail() % 2 == 0 ? Optional.of(new ConversationName("a name")) : Optional.empty();
    SignedCaller caller = request(actor);
    List<ConversationId> begun = new ArrayList<>();
    Optional<String> difference =
        same(world -> {
          ConversationView view = world.conversations().start().start(caller, group, name, form);
          begun.add(view.id());
          return view;
        });
    if (!begun.isEmpty()) {
      Chat chat = new Chat(begun.get(0), statement);
      chats.add(chat);
      follow(chat);
    }
    return difference;
  }

  /** Groups of one run are its own. */
  private GroupId group(int which) {
    return new GroupId(
        Sha256.of(("group " + number + " " + which).getBytes(StandardCharsets.US_ASCII)).toHex());
  }

  /** Keys for all members; in some cases one is missing, foreign or doubled. */
  private EpochForm form(Person author, EpochStatement statement, int detail) {
    List<MemberKey> keys = new ArrayList<>();
    for (Member member : statement.members()) {
      keys.add(key(member.user(), statement.epoch()));
    }
    switch (detail % 16) {
      case 1 -> keys.remove(0);
      case 2 -> keys.add(key(new UserId(7), 1));
      case 3 -> keys.add(keys.get(0));
      default -> Collections.rotate(keys, detail);
    }
    boolean forged = detail % 16 == 4;
    return new EpochForm(
        statement.text(), (forged ? Person.numbered(8) : author).sign(statement.bytes()), keys);
  }

  private static MemberKey key(UserId user, long epoch) {
    return new MemberKey(
        user,
        WrappedKey.copyOf(
            ("key " + user.value() + " " + epoch).getBytes(StandardCharsets.US_ASCII)));
  }

  private Optional<String> epoch(Person actor, Chat chat, Step step) {
    Map<Long, Member> members = new TreeMap<>();
    for (Member member : chat.statement().members()) {
      boolean stays =
          step.detail() % 5 == 0
              || worlds
                  .get(0)
                  .stores()
                  .conversations()
                  .participant(chat.id(), member.user())
                  .isPresent();
      if (stays) {
        members.put(member.user().value(), member);
      }
    }
    Person other = people.get(step.choice() / 8 % people.size());
    switch (step.choice() % 8) {
      case 1, 2 -> members.putIfAbsent(other.id().value(), other.as(Role.MEMBER));
      case 3 -> members.remove(other.id().value());
      case 4 ->
          members.computeIfPresent(
              other.id().value(),
              (id, member) -> other.as(member.role() == Role.ADMIN ? Role.MEMBER : Role.ADMIN));
      case 5 ->
          members.put(
              other.id().value(),
              new Member(other.id(), Role.MEMBER, other.key(), new Username("another")));
      default -> {
        // The same members.
      }
    }
    Seen seen = chat.seen(step.detail() / 16 % 4);
    EpochStatement statement;
    try {
      statement =
          EpochStatement.of(
              step.detail() % 31 == 0 ? group(999) : chat.statement().group(),
              chat.statement().epoch() + (step.detail() % 13 == 0 ? 2 : 1),
              step.detail() % 17 == 0 ? seen.hash() : chat.statement().hash(),
              Sha256.of(new byte[] {2}),
              step.detail() % 19 == 0 ? new Seen(seen.entry(), Sha256.of()) : seen,
              actor.id(),
              List.copyOf(members.values()));
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
    EpochForm form = form(actor, statement, step.detail());
    Optional<ConversationName> name =
        step.detail() % 7 == 0
            ? Optional.of(new ConversationName("name " + step.detail() % 3))
            : Optional.empty();
    SignedCaller caller = request(actor);
    return same(world ->
        world.conversations().startEpoch().start(caller, chat.id(), statement.epoch(), name, form));
  }

  private Optional<String> post(Person actor, Chat chat, Step step) {
    Seen seen = chat.seen(step.detail() % 3);
    List<FileId> files = new ArrayList<>();
    if (step.detail() % 4 == 0 && !chat.files().isEmpty()) {
      files.add(chat.files().get(step.choice() % chat.files().size()));
    }
    EncryptedContent content =
        EncryptedContent.wrap(
            new byte[24], ("content " + step).getBytes(StandardCharsets.US_ASCII));
    MessageDraft draft =
        new MessageDraft(
            new ClientId(
                String.format(Locale.ROOT, "00000000-0000-4000-8000-%012d", step.choice() % 12)),
            chat.statement().epoch() + (step.detail() % 11 == 0 ? 1 : 0),
            step.choice(),
            step.detail() % 13 == 0 ? new Seen(seen.entry(), Sha256.of()) : seen,
            content,
            actor.sign(content.ciphertext()),
            files,
            step.detail() % 3 == 0 ? Optional.of(1 + step.choice() % 30) : Optional.empty());
    SignedCaller caller = request(actor);
    return same(world -> world.timeline().post().post(caller, chat.id(), draft));
  }

  private Optional<String> delete(Person actor, Chat chat, Step step) {
    long message = 1 + step.choice() % (chat.last() + 1);
    Seen seen = chat.seen(step.detail() % 3);
    DeletionText text = new DeletionText(chat.statement().group(), message, actor.id(), seen);
    DeleteMessage.DeletionForm form =
        new DeleteMessage.DeletionForm(
            message,
            step.detail() % 13 == 0 ? new Seen(seen.entry(), Sha256.of()) : seen,
            actor.sign(text.bytes()));
    SignedCaller caller = request(actor);
    return same(world -> world.timeline().delete().delete(caller, chat.id(), form));
  }

  private Optional<String> page(Person actor, Chat chat, Step step) {
    long bound = step.choice() % (chat.last() + 2);
    Optional<Long> before = step.detail() % 3 == 0 ? Optional.of(bound) : Optional.empty();
    Optional<Long> after = step.detail() % 3 == 1 ? Optional.of(bound) : Optional.empty();
    int limit = 1 + step.detail() % 7;
    Instant now = clock.instant();
    return same(
        world -> world.timeline().read().page(actor.caller(now), chat.id(), before, after, limit));
  }

  private Optional<String> upload(Person actor, Chat chat, Step step) {
    byte[] bytes = new byte[step.choice() % 3 == 0 ? 70_000 : step.choice() % 1_000];
    Arrays.fill(bytes, (byte) step.detail());
    Sha256 promised = step.detail() % 9 == 0 ? Sha256.of() : Sha256.of(bytes);
    SignedCaller caller = request(actor);
    List<FileId> uploaded = new ArrayList<>();
    Optional<String> difference =
        same(world -> {
          try {
            FileRecord file =
                world
                    .files()
                    .upload()
                    .upload(
                        caller,
                        chat.id(),
                        new FileName("file"),
                        new MimeType("application/octet-stream"),
                        new UploadFile.Arriving(
                            new ByteArrayInputStream(bytes), OptionalLong.empty(), promised));
            uploaded.add(file.id());
            return file;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    if (!uploaded.isEmpty()) {
      chat.files().add(uploaded.get(0));
    }
    return difference;
  }

  private Optional<String> download(Person actor, Chat chat, Step step) {
    if (chat.files().isEmpty()) {
      return Optional.empty();
    }
    FileId id = chat.files().get(step.choice() % chat.files().size());
    Instant now = clock.instant();
    return same(world -> {
      FileRecord file = world.files().read().find(actor.caller(now), id);
      return file.size() == 0
          ? file
          : List.of(file, Sha256.of(world.files().read().chunk(file, 0)));
    });
  }

  private Optional<String> block(Person actor, Person other) {
    if (actor.equals(other)) {
      return Optional.empty();
    }
    blocked.add(List.of(actor, other));
    SignedCaller caller = request(actor);
    return same(world -> {
      BlockStore.Outcome outcome =
          world
              .stores()
              .blocks()
              .block(other.id(), clock.instant(), BLOCKS, caller.caller().actor(), caller.once());
      return outcome;
    });
  }

  private Optional<String> unblock(Person actor, Person other) {
    blocked.remove(List.of(actor, other));
    SignedCaller caller = request(actor);
    return same(world -> {
      world.stores().blocks().unblock(other.id(), caller.caller().actor(), caller.once());
      return "unblocked";
    });
  }

  /** The people go on to the next run. */
  private Optional<String> unblock() {
    for (List<Person> pair : List.copyOf(blocked)) {
      Optional<String> difference = unblock(pair.get(0), pair.get(1));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private Optional<String> sweep() {
    Instant now = clock.instant();
    return same(world -> {
      int expired = world.stores().messages().expire(now, 1_000);
      while (world.stores().conversations().sweepEnded(1_000)
          || world.stores().files().sweep(now.minusSeconds(60), now.minusSeconds(60), 1_000)) {
        // In batches of their own sizes.
      }
      return expired;
    });
  }

  private Object list(World world, Person actor, int limit) {
    List<ConversationView> views = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      ConversationPage page =
          world.conversations().list().list(actor.caller(clock.instant()), cursor, limit);
      views.addAll(page.conversations());
      cursor = page.next();
    } while (cursor.isPresent() && views.size() < 12);
    return views;
  }

  private Optional<String> sync(Person actor, Step step) {
    Map<ConversationId, Long> after = new HashMap<>();
    for (int i = 0; i < chats.size(); i++) {
      if ((step.choice() >> i & 1) == 1) {
        after.put(chats.get(i).id(), step.detail() % (chats.get(i).last() + 2));
      }
    }
    Instant now = clock.instant();
    return same(world -> world.sync().sync(actor.caller(now), after, Duration.ZERO));
  }

  /** What everybody sees in the end. */
  private Optional<String> compareViews() {
    Instant now = clock.instant();
    for (Chat chat : chats) {
      for (Person person : people) {
        Optional<String> difference =
            same(world -> world.conversations().read().read(person.caller(now), chat.id()))
                .or(() ->
                    same(world ->
                        world
                            .timeline()
                            .read()
                            .page(
                                person.caller(now),
                                chat.id(),
                                Optional.empty(),
                                Optional.empty(),
                                100)))
                .or(() ->
                    same(world ->
                        world
                            .conversations()
                            .listEpochs()
                            .list(person.caller(now), chat.id(), 1, 100)));
        if (difference.isPresent()) {
          return difference.map(text -> "in the end, to " + person.name() + ": " + text);
        }
      }
      Optional<String> chain = chain(chat);
      if (chain.isPresent()) {
        return chain;
      }
    }
    return Optional.empty();
  }

  /** The running hash of every world is the one that a reader of the first one has computed. */
  private Optional<String> chain(Chat chat) {
    for (World world : worlds) {
      for (Person person : people) {
        Optional<ConversationView> view =
            world.stores().conversations().view(chat.id(), person.id());
        if (view.isPresent() && !view.get().tip().seen().equals(chat.seen(0))) {
          return Optional.of(
              world.name() + " has " + view.get().tip() + ", a reader has " + chat.seen(0));
        }
      }
    }
    return Optional.empty();
  }
}
