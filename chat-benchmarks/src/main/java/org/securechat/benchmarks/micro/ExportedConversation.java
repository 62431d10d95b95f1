package org.securechat.benchmarks.micro;

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
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.MessageText;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.Contacts;
import org.securechat.protocol.conversation.ConversationKey;
import org.securechat.protocol.conversation.EpochKey;
import org.securechat.protocol.conversation.OutgoingMessage;
import org.securechat.protocol.conversation.ReceivedEntry;
import org.securechat.protocol.conversation.SignedStatement;
import org.securechat.protocol.conversation.Transcript;
import org.securechat.protocol.conversation.VerifiedMessage;
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
  private final List<VerifiedMessage> messages;
  private final EpochKey key;

  private ExportedConversation(
      byte[] file, List<Check> checks, List<VerifiedMessage> messages, EpochKey key) {
    this.file = file;
    this.checks = checks;
    this.messages = messages;
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

  /** The messages, verified. */
  List<VerifiedMessage> messages() {
    return messages;
  }

  /** Of the only epoch. */
  EpochKey key() {
    return key;
  }

  /** Somebody with an identity. */
  private record Person(Member member, IdentityKeyPair identity) {}

  private static Person person(long id, Role role, String name, RandomSource random) {
    IdentityKeyPair identity = IdentityKeyPair.generate(random);
    return new Person(
        new Member(new UserId(id), role, identity.publicKey(), new Username(name)), identity);
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
    Writing writing = new Writing(signed, people.get(1).member());
    writing.begin();
    if (keys) {
      writing.writer.key(key);
    }
    for (int i = 0; i < messages; i++) {
      writing.say(people.get(i % 2), key, random);
    }
    return writing.end(key);
  }

  /** One that is being made; the transcript tells what has been seen. */
  private static final class Writing {
    private final SignedStatement signed;
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final List<Check> checks = new ArrayList<>();
    private final List<VerifiedMessage> verified = new ArrayList<>();
    private final ExportWriter writer;
    private final Transcript transcript;

    Writing(SignedStatement signed, Member viewer) throws IOException, GeneralSecurityException {
      this.signed = signed;
      this.writer = ExportWriter.begin(file, viewer.user(), signed, 1);
      this.transcript = begin(viewer);
    }

    private Transcript begin(Member viewer) {
      try {
        return Transcript.begin(viewer, new Contacts(), SIGNATURES, signed, 1);
      } catch (Exception e) {
        throw new IllegalStateException("It was just made", e);
      }
    }

    void begin() throws IOException {
      EpochStatement statement = signed.statement();
      take(
          new ReceivedEntry.Epoch(
              1, statement.author(), 1, TAKEN, statement.text(), signed.signature()));
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
              transcript.seen(),
              0,
              List.of());
      OutgoingMessage message = key.seal(header, content, by.identity(), random);
      checks.add(
          new Check(
              by.member().key(), header.signed(message.ciphertext().hash()), message.signature()));
      take(
          new ReceivedEntry.Message(
              transcript.seen().entry() + 1,
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
              header.expiresSeconds()));
    }

    private void take(ReceivedEntry entry) throws IOException {
      writer.entry(entry);
      try {
        if (transcript.accept(entry) instanceof VerifiedMessage message) {
          verified.add(message);
        }
      } catch (Exception e) {
        throw new IllegalStateException("It was just made", e);
      }
    }

    ExportedConversation end(EpochKey key) throws IOException {
      writer.end(transcript.seen());
      return new ExportedConversation(file.toByteArray(), checks, verified, key);
    }
  }
}
