package org.securechat.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.credential.KeyedHash;
import org.securechat.testkit.contract.KeyedHashContract;

class HmacKeyedHashTest implements KeyedHashContract {
  private final KeyedHash keyedHash = new HmacKeyedHash(new SequenceRandom().bytes(32));

  @Override
  public KeyedHash keyedHash() {
    return keyedHash;
  }

  @Override
  public KeyedHash otherKeyedHash() {
    return new HmacKeyedHash(new byte[32]);
  }

  /** The same key and text as with Python's hmac. */
  @Test
  void of_fixedKey_staysWhatItIs() {
    byte[] key = new byte[32];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) i;
    }

    assertEquals(
        "253c3f588d3dd1495e1b93824bea8df2dd64852c7ddc5edfa210eab5d2495fd7",
        new HmacKeyedHash(key).of("k\u00e4se").toHex());
  }

  @Test
  void of_keyChangedLater_goesByItsCopy() {
    byte[] key = new byte[32];
    KeyedHash hash = new HmacKeyedHash(key);
    key[0] = 1;

    assertEquals(otherKeyedHash().of("alice"), hash.of("alice"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void key_ofOtherLength_isRefused(int length) {
    assertThrows(IllegalArgumentException.class, () -> new HmacKeyedHash(new byte[length]));
  }
}
