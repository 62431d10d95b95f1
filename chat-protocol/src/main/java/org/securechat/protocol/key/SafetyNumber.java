package org.securechat.protocol.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * What two people read to each other to know that nobody stands between them: the same 60 digits on
 * both sides, whoever asks. Made from identity keys and names, which are for good, so it is too.
 *
 * @param digits 60 decimal digits
 */
public record SafetyNumber(String digits) {
  private static final int ROUNDS = 5_200;
  private static final int GROUPS = 6;
  private static final int GROUP_DIGITS = 5;
  private static final int GROUP_BYTES = 5;

  /**
   * One of the two.
   *
   * @param username as the account has it, case included
   * @param key sound, or an {@link InvalidValueException} is thrown
   */
  public record Person(Username username, IdentityKey key) {
    public Person {
      SoundKey.require(key);
    }
  }

  /** The number of these two, in either order. Takes some milliseconds, on purpose. */
  public static SafetyNumber between(Person one, Person other) {
    String first = block(one);
    String second = block(other);
    return new SafetyNumber(first.compareTo(second) <= 0 ? first + second : second + first);
  }

  /** Thirty digits that cost 5,200 digests, so that a look-alike is dear to search for. */
  private static String block(Person person) {
    byte[] spki = person.key().toSpki();
    MessageDigest sha512 = sha512();
    byte[] hash = new byte[2 + spki.length + person.username().value().length()];
    byte[] name = person.username().value().getBytes(US_ASCII);
    System.arraycopy(spki, 0, hash, 2, spki.length);
    System.arraycopy(name, 0, hash, 2 + spki.length, name.length);
    for (int round = 0; round < ROUNDS; round++) {
      sha512.update(hash);
      hash = sha512.digest(spki);
    }
    byte[] last = hash;
    return IntStream.range(0, GROUPS)
        .mapToObj(group -> digits(group(last, group * GROUP_BYTES)))
        .collect(Collectors.joining());
  }

  /** In ASCII, whatever digits the device's language has. */
  private static String digits(long number) {
    return String.format(Locale.ROOT, "%0" + GROUP_DIGITS + "d", number);
  }

  private static long group(byte[] hash, int from) {
    long number = 0;
    for (int i = from; i < from + GROUP_BYTES; i++) {
      number = (number << Byte.SIZE) | (hash[i] & 0xff);
    }
    return number % 100_000;
  }

  private static MessageDigest sha512() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-512", e);
    }
  }

  /** The digits in twelve groups of five, as people read them. */
  @Override
  public String toString() {
    return digits.replaceAll("(.{" + GROUP_DIGITS + "})(?!$)", "$1 ");
  }
}
