package org.securechat.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.securechat.crypto.SignatureVerifiers;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.LogEntry;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.MessageText;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.Contacts;
import org.securechat.protocol.conversation.ConversationKey;
import org.securechat.protocol.conversation.EpochKey;
import org.securechat.protocol.conversation.IdentityChangedException;
import org.securechat.protocol.conversation.OutgoingMessage;
import org.securechat.protocol.conversation.ReceivedEntry;
import org.securechat.protocol.conversation.ServerFaultException;
import org.securechat.protocol.conversation.SignedStatement;
import org.securechat.protocol.conversation.Transcript;
import org.securechat.protocol.export.ExportWriter;
import org.securechat.protocol.key.IdentityKeyPair;

/** A conversation of two, as one of them exports it. */
final class ExportedConversation {
  /** The fastest of this machine. */
  static final SignatureVerifier SIGNATURES = SignatureVerifiers.fastest().verifier();

  private static final Instant TAKEN = Instant.parse("2026-01-19T12:00:00Z");
  private static final String TEXT = "As long as most of what people say to each other is.";

  private final byte[] file;
  private final List<Check> checks;
  private final Member viewer;
  private final SignedStatement first;
  private final EpochKey key;

  private ExportedConversation(
      byte[] file, List<Check> checks, Member viewer, SignedStatement first, EpochKey key) {
    this.file = file;
    this.checks = checks;
    this.viewer = viewer;
    this.first = first;
    this.key = key;
  }

  /** A signature and what it is of. */
  static final class Check {
    private final IdentityKey signer;
    private final byte[] text;
    private final Signature signature;

    private Check(IdentityKey signer, byte[] text, Signature signature) {
      this.signer = signer;
      this.text = text;
      this.signature = signature;
    }

    void run() throws SignatureException {
      SIGNATURES.verify(signer, text, signature);
    }
  }

  /** The file from its beginning. */
  InputStream open() {
    return new ByteArrayInputStream(file);
  }

  /** What is signed of the messages, in their order. */
  List<Check> checks() {
    return checks;
  }

  /** Somebody with an identity. */
  private record Person(Member member, IdentityKeyPair identity) {}

  private static Person person(long id, Role role, String name, RandomSource random) {
    IdentityKeyPair identity = IdentityKeyPair.generate(random);
    return new Person(
        new Member(new UserId(id), role, identity.publicKey(), new Username(name)), identity);
  }

  /** Each message as a server sends it. */
  List<byte[]> messages() {
    return new String(file, UTF_8)
        .lines()
        .filter(line -> line.contains("\"content\":"))
        .map(line -> line.getBytes(UTF_8))
        .toList();
  }

  /** Verifies the messages, from the first one on. */
  Transcript transcript() throws GeneralSecurityException {
    try {
      Transcript transcript = Transcript.begin(viewer, new Contacts(), SIGNATURES, first, 1);
      transcript.accept(Writing.beginning(first));
      return transcript;
    } catch (IdentityChangedException | ServerFaultException e) {
      throw new IllegalStateException("It was just made", e);
    }
  }

  /** Of the only epoch. */
  EpochKey key() {
    return key;
  }

  /**
   * Makes one with so many messages, by the two in turns; each has seen the one before.
   *
   * @param keys whether they can be read in the file
   */
  static ExportedConversation of(int messages, boolean keys)
      throws IOException, GeneralSecurityException {
    RandomSource random = new SystemRandomSource();
    List<Person> people =
        List.of(person(1, Role.ADMIN, "alice", random), person(2, Role.MEMBER, "bob", random));
    ConversationKey secret = ConversationKey.generate(random);
    EpochStatement statement =
        EpochStatement.of(
            GroupId.random(random),
            1,
            Seen.NOTHING.hash(),
            secret.commitment(),
            Seen.NOTHING,
            new UserId(1),
            people.stream().map(Person::member).toList());
    SignedStatement signed = SignedStatement.sign(statement, people.get(0).identity());
    EpochKey key = EpochKey.of(secret, statement);
    Member viewer = people.get(1).member();
    Writing writing = new Writing(signed, viewer.user());
    writing.begin();
    if (keys) {
      writing.writer.key(key);
    }
    for (int i = 0; i < messages; i++) {
      writing.say(people.get(i % 2), key, random);
    }
    return writing.end(viewer, key);
  }

  /** One that is being made. Nothing of it is verified meanwhile, so that no such code is warm. */
  private static final class Writing {
    private final SignedStatement signed;
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final List<Check> checks = new ArrayList<>();
    private final ExportWriter writer;
    private Seen seen = Seen.NOTHING;

    Writing(SignedStatement signed, UserId viewer) throws IOException {
      this.signed = signed;
      this.writer = ExportWriter.begin(file, viewer, signed, 1);
    }

    static ReceivedEntry.Epoch beginning(SignedStatement signed) {
      EpochStatement statement = signed.statement();
      return new ReceivedEntry.Epoch(
          1, statement.author(), 1, TAKEN, statement.text(), signed.signature());
    }

    void begin() throws IOException {
      take(beginning(signed), EntryKind.EPOCH, signed.statement().bytes(), signed.signature());
    }

    void say(Person by, EpochKey key, RandomSource random) throws IOException {
      MessageContent content = new MessageContent.Text(TEXT, Optional.empty());
      MessageText header =
          new MessageText(
              signed.statement().group(),
              1,
              by.member().user(),
              new ClientId(UUID.randomUUID().toString()),
              TAKEN.toEpochMilli(),
              seen,
              0,
              List.of());
      OutgoingMessage message = key.seal(header, content, by.identity(), random);
      byte[] text = header.signed(message.ciphertext().hash());
      checks.add(new Check(by.member().key(), text, message.signature()));
      take(
          new ReceivedEntry.Message(
              seen.entry() + 1,
              header.sender(),
              1,
              TAKEN,
              header.client(),
              header.sentAtMillis(),
              header.seen(),
              Optional.of(message.ciphertext()),
              message.ciphertext().hash(),
              message.signature(),
              header.files(),
              header.expiresSeconds()),
          EntryKind.MESSAGE,
          text,
          message.signature());
    }

    private void take(ReceivedEntry entry, EntryKind kind, byte[] text, Signature signature)
        throws IOException {
      writer.entry(entry);
      seen =
          seen.next(
              new LogEntry(
                  entry.id(), kind, entry.sender(), entry.epoch(), Sha256.of(text), signature));
    }

    ExportedConversation end(Member viewer, EpochKey key) throws IOException {
      writer.end(seen);
      return new ExportedConversation(file.toByteArray(), checks, viewer, signed, key);
    }
  }
}
