package org.securechat.crypto;

import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import de.mkammerer.argon2.Argon2Version;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.RandomSource;

/**
 * An Argon2id tag (RFC 9106, version 1.3) with what it was made with, and its PHC string. The work
 * is done in native code, on the caller's thread. Immutable.
 */
final class Argon2Verifier {
  private static final int TAG_LENGTH = 32;

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,6}),t=([1-9][0-9]?),p=([1-9][0-9]?)"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  private static final byte @Nullable [] NO_SECRET = null;
  private static final byte @Nullable [] NO_ASSOCIATED_DATA = null;

  private static final Argon2Advanced ARGON2 = Argon2Factory.createAdvanced(Argon2Types.ARGON2id);

  private final int memoryKib;
  private final int iterations;
  private final int parallelism;
  private final byte[] salt;
  private final byte[] tag;

  private Argon2Verifier(int memoryKib, int iterations, int parallelism, byte[] salt, byte[] tag) {
    this.memoryKib = memoryKib;
    this.iterations = iterations;
    this.parallelism = parallelism;
    this.salt = salt;
    this.tag = tag;
  }

  static Argon2Verifier make(Argon2Settings cost, byte[] salt, byte[] input) {
    byte[] tag =
        tag(cost.memoryKib(), cost.iterations(), cost.parallelism(), salt, input, TAG_LENGTH);
    return new Argon2Verifier(cost.memoryKib(), cost.iterations(), cost.parallelism(), salt, tag);
  }

  /** A tag that nothing was made from: as much work to check as one just made. */
  static Argon2Verifier decoy(Argon2Settings cost, byte[] salt, RandomSource random) {
    return new Argon2Verifier(
        cost.memoryKib(), cost.iterations(), cost.parallelism(), salt, random.bytes(TAG_LENGTH));
  }

  /**
   * Reads a PHC string.
   *
   * @throws IllegalStateException unless it is one of Argon2id 1.3 with parameters no higher than
   *     {@link Argon2Settings} allows
   */
  static Argon2Verifier parse(String phc) {
    Matcher matcher = PHC.matcher(phc);
    if (!matcher.matches()) {
      throw damaged();
    }
    int memoryKib = Integer.parseInt(matcher.group(1));
    int iterations = Integer.parseInt(matcher.group(2));
    int parallelism = Integer.parseInt(matcher.group(3));
    if (memoryKib > Argon2Settings.MAX_MEMORY_KIB
        || iterations > Argon2Settings.MAX_ITERATIONS
        || parallelism > Argon2Settings.MAX_PARALLELISM) {
      throw damaged();
    }
    return new Argon2Verifier(
        memoryKib, iterations, parallelism, decode(matcher.group(4)), decode(matcher.group(5)));
  }

  boolean matches(byte[] input) {
    return MessageDigest.isEqual(
        tag, tag(memoryKib, iterations, parallelism, salt, input, tag.length));
  }

  String phc() {
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(memoryKib, iterations, parallelism, encode(salt), encode(tag));
  }

  /**
   * Not by the library's own {@code verify}: that answers false also when the machine is out of
   * memory, and a right password would count as a wrong one.
   */
  private static byte[] tag(
      int memoryKib, int iterations, int parallelism, byte[] salt, byte[] input, int length) {
    return ARGON2.rawHashAdvanced(
        iterations,
        memoryKib,
        parallelism,
        input,
        salt,
        NO_SECRET,
        NO_ASSOCIATED_DATA,
        length,
        Argon2Version.V13);
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw damaged();
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  private static IllegalStateException damaged() {
    return new IllegalStateException("A stored password verifier is not one of this server's");
  }
}
