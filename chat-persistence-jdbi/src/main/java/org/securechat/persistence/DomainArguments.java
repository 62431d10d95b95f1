package org.securechat.persistence;

import java.lang.reflect.Type;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.argument.NullArgument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.account.EncryptionKey;
import org.securechat.domain.conversation.WrappedKey;
import org.securechat.domain.credential.SealedSecret;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.file.FileId;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.GroupId;

/** Binds the domain's values: bytes as they are, instants as milliseconds since the Unix epoch. */
final class DomainArguments implements ArgumentFactory.Preparable {

  /** Jdbi has one of its own for instants, and would take that where it binds a bean's methods. */
  @Override
  public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
    return type == Instant.class
        ? Optional.of(value -> build(type, value, config).orElse(new NullArgument(Types.BIGINT)))
        : Optional.empty();
  }

  @Override
  public Optional<Argument> build(Type type, @Nullable Object value, ConfigRegistry config) {
    return switch (value) {
      case UserId id -> number(id.value());
      case ConversationId id -> number(id.value());
      case FileId id -> number(id.value());
      case TotpStep step -> number(step.number());
      case Instant instant -> number(instant.toEpochMilli());
      case Sha256 hash -> bytes(hash.toByteArray());
      case IdentityKey key -> bytes(key.toByteArray());
      case EncryptionKey key -> bytes(key.toByteArray());
      case Signature signature -> bytes(signature.toByteArray());
      case SealedSecret secret -> bytes(secret.toByteArray());
      case GroupId group -> bytes(IdBytes.of(group));
      case ClientId client -> bytes(IdBytes.of(client));
      case WrappedKey key -> bytes(key.toByteArray());
      case null, default -> Optional.empty();
    };
  }

  private static Optional<Argument> number(long number) {
    return Optional.of((position, statement, context) -> statement.setLong(position, number));
  }

  private static Optional<Argument> bytes(byte[] bytes) {
    return Optional.of((position, statement, context) -> statement.setBytes(position, bytes));
  }
}
