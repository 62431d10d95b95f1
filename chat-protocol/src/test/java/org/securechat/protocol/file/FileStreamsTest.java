package org.securechat.protocol.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.crypto.AesGcm;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.rejection.InvalidValueException;

class FileStreamsTest {
  private static final int CHUNK = 64 * 1024;

  private final FileKey key = FileKey.generate(new SystemRandomSource());

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private byte[] encrypt(byte[] plain) throws IOException {
    try (EncryptingStream stream = EncryptingStream.of(key, new ByteArrayInputStream(plain))) {
      byte[] sealed = stream.readAllBytes();
      assertEquals(plain.length, stream.size());
      assertEquals(Sha256.of(sealed), stream.sha256());
      return sealed;
    }
  }

  private DecryptingStream open(byte[] sealed, long size, byte[] original) throws IOException {
    return DecryptingStream.of(key, new ByteArrayInputStream(sealed), size, Sha256.of(original));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 17, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5 * CHUNK + 77})
  void decrypted_isWhatWasEncrypted(int length) throws IOException {
    byte[] plain = noise(length);
    byte[] sealed = encrypt(plain);

    assertEquals(EncryptingStream.lengthOf(length), sealed.length);
    assertArrayEquals(plain, open(sealed, length, sealed).readAllBytes());
    assertArrayEquals(plain, byteByByte(open(sealed, length, sealed)));
  }

  private static EncryptingStream first(FileKey key, byte[] plain) throws IOException {
    EncryptingStream first = EncryptingStream.of(key, new ByteArrayInputStream(plain));
    first.transferTo(OutputStream.nullOutputStream());
    return first;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, CHUNK, CHUNK + 1, 2 * CHUNK})
  void again_sameFile_isTheSameCiphertext(int length) throws IOException {
    byte[] plain = noise(length);
    EncryptingStream again = first(key, plain).again(new ByteArrayInputStream(plain));

    assertArrayEquals(encrypt(plain), again.readAllBytes());
  }

  @Test
  void again_changedCutOrExtended_givesOutNothingOfThatChunk() throws IOException {
    byte[] plain = noise(2 * CHUNK);
    byte[] changed = plain.clone();
    changed[CHUNK + 7] ^= 1;
    for (byte[] other :
        List.of(
            changed,
            Arrays.copyOf(plain, CHUNK + 1),
            Arrays.copyOf(plain, CHUNK),
            Arrays.copyOf(plain, 2 * CHUNK + 1),
            new byte[0])) {
      EncryptingStream again = first(key, plain).again(new ByteArrayInputStream(other));
      byte[] given = new byte[4 * CHUNK];
      int count = 0;
      try {
        while (true) {
          int read = again.read(given, count, given.length - count);
          assertTrue(read > 0, "no end without the exception");
          count += read;
        }
      } catch (IOException e) {
        assertArrayEquals(Arrays.copyOf(encrypt(plain), count), Arrays.copyOf(given, count));
      }
    }
  }

  private static byte[] byteByByte(InputStream stream) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int next = stream.read(); next >= 0; next = stream.read()) {
      bytes.write(next);
    }
    return bytes.toByteArray();
  }

  /** What came out before the damage was seen; never a byte that was not written. */
  private byte[] givenOut(byte[] sealed, long size, byte[] original) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThrows(DamagedFileException.class, () -> open(sealed, size, original).transferTo(out));
    return out.toByteArray();
  }

  @Test
  void anyChange_isNoticedBeforeAByteOfItsChunkComesOut() throws IOException {
    byte[] plain = noise(3 * CHUNK + 9);
    byte[] sealed = encrypt(plain);
    int sealedChunk = CHUNK + 16;
    for (int at : new int[] {0, CHUNK, sealedChunk, 2 * sealedChunk - 1, sealed.length - 1}) {
      byte[] changed = sealed.clone();
      changed[at] ^= 1;

      byte[] given = givenOut(changed, plain.length, sealed);

      assertTrue(given.length <= at / sealedChunk * CHUNK, "at " + at);
      assertArrayEquals(Arrays.copyOf(plain, given.length), given);
    }
  }

  // F-2, F-5
  @Test
  void cut_extendedOrReordered_isDamaged() throws IOException {
    byte[] plain = noise(2 * CHUNK);
    byte[] sealed = encrypt(plain);
    int chunk = CHUNK + 16;
    byte[] first = Arrays.copyOf(sealed, chunk);
    byte[] second = Arrays.copyOfRange(sealed, chunk, 2 * chunk);

    assertEquals(0, givenOut(first, CHUNK, first).length);
    assertEquals(
        CHUNK, givenOut(Arrays.copyOf(sealed, sealed.length - 1), 2 * CHUNK, sealed).length);
    assertEquals(CHUNK, givenOut(join(sealed, new byte[] {0}), 2 * CHUNK, sealed).length);
    assertEquals(CHUNK, givenOut(join(sealed, second), 3 * CHUNK, sealed).length);
    assertEquals(0, givenOut(join(second, first), 2 * CHUNK, sealed).length);
    assertEquals(0, givenOut(new byte[0], 0, sealed).length);
    assertEquals(0, givenOut(second, CHUNK, second).length);
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] joined = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, joined, one.length, other.length);
    return joined;
  }

  // F-5
  @Test
  void read_afterDamage_givesNothingMore() throws IOException {
    byte[] plain = noise(2 * CHUNK);
    byte[] sealed = encrypt(plain);
    int chunk = CHUNK + 16;
    byte[] first = Arrays.copyOf(sealed, chunk);
    byte[] second = Arrays.copyOfRange(sealed, chunk, 2 * chunk);
    DecryptingStream stream = open(join(join(first, new byte[chunk]), second), 2 * CHUNK, sealed);
    assertEquals(CHUNK, stream.readNBytes(CHUNK).length);

    assertThrows(DamagedFileException.class, stream::read);
    assertThrows(DamagedFileException.class, stream::read);
  }

  // F-4, F-5
  @Test
  void wrongSizeOrHash_isNoticedAtTheEnd() throws IOException {
    byte[] plain = noise(CHUNK + 5);
    byte[] sealed = encrypt(plain);

    assertEquals(CHUNK, givenOut(sealed, CHUNK + 4, sealed).length);
    assertEquals(CHUNK, givenOut(sealed, CHUNK + 6, sealed).length);
    assertEquals(CHUNK, givenOut(sealed, plain.length, plain).length);
  }

  /** An empty chunk at the end of a full one is no form of ours, though it is sealed. */
  @Test
  void emptyLastChunkOfAFileThatIsNotEmpty_isDamaged() throws IOException {
    byte[] plain = noise(CHUNK);
    byte[] first =
        AesGcm.encrypt(key.secretBytes(), Chunks.iv(0, false), plain, Chunks.NOTHING_ASSOCIATED);
    byte[] last =
        AesGcm.encrypt(
            key.secretBytes(), Chunks.iv(1, true), new byte[0], Chunks.NOTHING_ASSOCIATED);
    byte[] sealed = join(first, last);

    assertEquals(CHUNK, givenOut(sealed, CHUNK, sealed).length);
  }

  // F-1
  @Test
  void key_otherLengthOrPrinted_givesNothingAway() {
    assertThrows(InvalidValueException.class, () -> FileKey.copyOf(new byte[31]));
    assertFalse(key.toString().contains(HexFormat.of().formatHex(key.secretBytes())));
  }

  @Test
  void sha256_beforeTheEnd_isRefused() throws IOException {
    EncryptingStream stream = EncryptingStream.of(key, new ByteArrayInputStream(noise(10)));
    assertThrows(IllegalStateException.class, stream::sha256);
  }
}
