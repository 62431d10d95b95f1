package org.securechat.persistence;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.UUID;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.GroupId;

/** Ids that are texts elsewhere, as the bytes that their digits stand for: indexes hold them. */
final class IdBytes {
  private static final int UUID_LENGTH = 16;

  private IdBytes() {}

  static byte[] of(GroupId group) {
    return HexFormat.of().parseHex(group.value());
  }

  static GroupId group(byte[] bytes) {
    return new GroupId(HexFormat.of().formatHex(bytes));
  }

  static byte[] of(ClientId client) {
    UUID uuid = UUID.fromString(client.value());
    return ByteBuffer.allocate(UUID_LENGTH)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  static ClientId client(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new ClientId(new UUID(buffer.getLong(), buffer.getLong()).toString());
  }
}
