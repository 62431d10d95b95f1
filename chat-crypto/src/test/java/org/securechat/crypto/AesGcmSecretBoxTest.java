package org.securechat.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.securechat.domain.credential.SealedPlace;
import org.securechat.domain.credential.SecretBox;
import org.securechat.domain.identity.UserId;
import org.securechat.testkit.contract.SecretBoxContract;

class AesGcmSecretBoxTest implements SecretBoxContract {
  private static final SealedPlace TOTP_PLACE = SealedPlace.totpSecretOf(new UserId(7));
  private static final byte[] KEY = new SequenceRandom().bytes(32);

  private final AesGcmSecretBox box = new AesGcmSecretBox(KEY, new SequenceRandom());

  @Override
  public SecretBox box() {
    return box;
  }

  @Override
  public SecretBox otherBox() {
    return new AesGcmSecretBox(new byte[32], new SequenceRandom());
  }

  /** Opened by hand: the format is kept in databases and must not change under version 1. */
  @Test
  void seal_anySecret_hasTheDocumentedFormat() throws Exception {
    byte[] sealed = box.seal(SECRET, TOTP_PLACE);

    assertEquals("01000102030405060708090a0b", hex(Arrays.copyOf(sealed, 13)));
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(KEY, "AES"),
        new GCMParameterSpec(128, new SequenceRandom().bytes(12)));
    cipher.updateAAD(
        "\1\0\0\0\22users.twofa_secret\0\0\0\0017".getBytes(StandardCharsets.US_ASCII));
    assertArrayEquals(SECRET, cipher.doFinal(sealed, 13, sealed.length - 13));
  }

  @Test
  void open_anyBitFlipped_throws() {
    byte[] sealed = box.seal(SECRET, PLACE);
    List<Integer> opened = new ArrayList<>();

    for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      if (opens(box, flipped, PLACE)) {
        opened.add(bit);
      }
    }

    assertEquals(List.of(), opened);
  }

  @Test
  void open_anotherPlace_throws() {
    byte[] sealed = box.seal(SECRET, new SealedPlace("ab", "c"));

    assertFalse(opens(box, sealed, new SealedPlace("ab", "d")));
    assertFalse(opens(box, sealed, new SealedPlace("aa", "c")));
    assertFalse(opens(box, sealed, new SealedPlace("a", "bc")));
    assertFalse(opens(box, sealed, new SealedPlace("abc", "")));
  }

  @Test
  void open_anotherKey_throwsWithoutDetail() {
    byte[] sealed = box.seal(SECRET, PLACE);

    Exception e = assertThrows(IllegalStateException.class, () -> otherBox().open(sealed, PLACE));
    assertEquals("A sealed value does not open with this key in this place", e.getMessage());
    assertNull(e.getCause());
  }

  @Test
  void constructor_keyOfAnotherLength_throws() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new AesGcmSecretBox(new byte[16], new SequenceRandom()));
    assertEquals("A sealing key has 32 bytes, not 16", e.getMessage());
  }

  private static boolean opens(AesGcmSecretBox box, byte[] sealed, SealedPlace place) {
    try {
      box.open(sealed, place);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
