package org.securechat.protocol.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HexFormat;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.protocol.key.IdentityKeyPair;

/** What would be random elsewhere: the same each time, by what it is for. */
public final class Drawn {
  private Drawn() {}

  public static IdentityKeyPair person(String name) {
    return IdentityKeyPair.ofSeed(draw("identity of " + name));
  }

  public static byte[] draw(String what) {
    return draw(what, Sha256.LENGTH);
  }

  public static byte[] draw(String what, int count) {
    byte[] drawn = Arrays.copyOf(digest(what), count);
    for (int at = Sha256.LENGTH; at < count; at += Sha256.LENGTH) {
      byte[] more = digest(what + ", from byte " + at);
      System.arraycopy(more, 0, drawn, at, Math.min(more.length, count - at));
    }
    return drawn;
  }

  private static byte[] digest(String what) {
    return Sha256.of(("secure-chat vectors: " + what).getBytes(UTF_8)).toByteArray();
  }

  /** One draw after the other. */
  public static RandomSource source(String what) {
    return new RandomSource() {
      private int draws;

      @Override
      public byte[] bytes(int count) {
        draws++;
        return draw(what + ", draw " + draws, count);
      }
    };
  }

  public static byte[] flipped(byte[] bytes, int index) {
    byte[] flipped = bytes.clone();
    flipped[index] ^= 1;
    return flipped;
  }

  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  public static byte[] unhex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
