package org.securechat.testkit.contract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.securechat.domain.conversation.ChangeQuery;
import org.securechat.domain.conversation.Circumstances;
import org.securechat.domain.conversation.ConversationChange;
import org.securechat.domain.conversation.ConversationName;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.conversation.EpochForm;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.file.FileName;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.file.MimeType;
import org.securechat.domain.file.UploadFile.Arriving;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.timeline.DeleteMessage.Deleted;
import org.securechat.domain.timeline.DeletionDecision;
import org.securechat.domain.timeline.DeletionFacts;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.timeline.MessageDraft;
import org.securechat.domain.timeline.Page;
import org.securechat.domain.timeline.PageRange;
import org.securechat.domain.timeline.PostDecision;
import org.securechat.domain.timeline.PostFacts;
import org.securechat.domain.timeline.PostMessage.Posted;
import org.securechat.domain.timeline.TimelineFacts;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.GroupId;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;

/** A conversation over the stores under test, and what its members do in it. For one thread. */
final class Room {
  final ConversationId id;

  private final People people;
  private TestGroup group;

  Room(People people, ConversationId id, TestGroup begun) {
    this.people = people;
    this.id = id;
    this.group = begun;
  }

  /** The conversation up to its last entry, read from the store. */
  TestGroup group() {
    Page page;
    do {
      page =
          people
              .stores
              .messages()
              .page(
                  id,
                  new PageRange(group.seen().entry(), Long.MAX_VALUE, false),
                  100,
                  Integer.MAX_VALUE);
      group = group.read(page.entries());
    } while (page.more());
    return group;
  }

  GroupId groupId() {
    return group.id();
  }

  /** Every entry, read page by page. */
  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    Page page;
    do {
      page =
          people
              .stores
              .messages()
              .page(
                  id, new PageRange(entries.size(), Long.MAX_VALUE, false), 100, Integer.MAX_VALUE);
      entries.addAll(page.entries());
    } while (page.more());
    return entries;
  }

  long last() {
    return group().seen().entry();
  }

  ConversationView view(Person viewer) {
    return people.stores.conversations().view(id, viewer.id()).orElseThrow();
  }

  Participant participant(Person person) {
    return people.stores.conversations().participant(id, person.id()).orElseThrow();
  }

  boolean isIn(Person person) {
    return people.stores.conversations().participant(id, person.id()).isPresent();
  }

  ConversationView join(Person person) {
    return people.conversations.join().join(people.calling(person), id);
  }

  void leave(Person person) {
    people.conversations.leave().leave(people.calling(person), id);
  }

  ConversationView start(Person author, EpochForm form) {
    return start(author, form, Optional.empty());
  }

  ConversationView start(Person author, EpochForm form, Optional<ConversationName> name) {
    long epoch = group().statement().epoch() + 1;
    return people.conversations.startEpoch().start(people.calling(author), id, epoch, name, form);
  }

  ConversationView renew(Person author) {
    return start(author, group().renew(author));
  }

  ConversationView add(Person author, Person... added) {
    return start(author, group().add(author, added));
  }

  ConversationView remove(Person author, Person... removed) {
    List<UserId> users = Arrays.stream(removed).map(Person::id).toList();
    return start(author, group().remove(author, users));
  }

  Entry.Message post(Person sender, String content) {
    return post(sender, group().message(sender, content));
  }

  Entry.Message post(Person sender, MessageDraft draft) {
    Posted posted = people.timeline.post().post(people.calling(sender), id, draft);
    return posted.message();
  }

  Entry.Message post(Person sender, String content, FileRecord... files) {
    return post(sender, group().message(sender, content, List.of(files), Optional.empty()));
  }

  Entry.Message postExpiring(Person sender, String content, int seconds, FileRecord... files) {
    return post(sender, group().message(sender, content, List.of(files), Optional.of(seconds)));
  }

  Deleted delete(Person sender, Entry message) {
    return people
        .timeline
        .delete()
        .delete(people.calling(sender), id, group().deletion(sender, message.place().id()));
  }

  long markRead(Person reader, long upTo) {
    return people.timeline.markRead().mark(people.calling(reader), id, upTo);
  }

  FileRecord upload(Person uploader, String content) {
    return upload(uploader, content.getBytes(StandardCharsets.UTF_8));
  }

  FileRecord upload(Person uploader, byte[] content) {
    try {
      return people
          .files
          .upload()
          .upload(
              people.calling(uploader),
              id,
              new FileName("file"),
              new MimeType("application/octet-stream"),
              new Arriving(
                  new ByteArrayInputStream(content), OptionalLong.empty(), Sha256.of(content)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Entry entry(long entry) {
    return people.stores.messages().entry(id, entry).orElseThrow();
  }

  /** What a store gives to the decision about a change; nothing is changed. */
  Circumstances circumstances(Person actor, ChangeQuery query) {
    return StoreChecks.<Circumstances, ConversationChange>given(decision ->
        people
            .stores
            .conversations()
            .change(id, query, decision, people.actor(actor), people.fresh(actor)));
  }

  /** What a store gives to the decision about a message; nothing is changed. */
  PostFacts postFacts(Person sender, MessageDraft draft) {
    return StoreChecks.<PostFacts, PostDecision>given(
        decision -> people.stores.messages().append(id, draft, decision, people.actor(sender)));
  }

  /** What a store gives to the decision about a deletion; nothing is changed. */
  DeletionFacts deletionFacts(Person sender, long message, long seen) {
    return StoreChecks.<DeletionFacts, DeletionDecision>given(decision ->
        people
            .stores
            .messages()
            .delete(id, message, seen, decision, people.actor(sender), people.fresh(sender)));
  }

  /** What a store gives to the rules about a mark; nothing is changed. */
  TimelineFacts markFacts(Person reader, long upTo) {
    return StoreChecks.<TimelineFacts, Void>given(rules ->
        people
            .stores
            .messages()
            .markRead(id, upTo, people.clock.instant(), rules::apply, people.actor(reader)));
  }
}
