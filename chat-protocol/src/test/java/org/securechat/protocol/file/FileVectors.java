package org.securechat.protocol.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.securechat.protocol.vectors.Drawn.draw;
import static org.securechat.protocol.vectors.Drawn.hex;
import static org.securechat.protocol.vectors.VectorFile.object;
import static org.securechat.protocol.vectors.VectorFile.vector;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.securechat.crypto.AesGcm;
import org.securechat.domain.identity.Sha256;
import org.securechat.protocol.vectors.Json;
import org.securechat.protocol.vectors.VectorFile;
import org.securechat.protocol.vectors.VectorFormat;

/** Files in chunks. Byte i of each plaintext is i mod 251, so that the vectors stay small. */
public final class FileVectors implements VectorFormat {
  private static final int SHOWN = 32;
  private static final int PERIOD = 251;
  private static final byte[] KEY = draw("file key");

  private static byte[] plain(int from, int length) {
    byte[] plain = new byte[length];
    for (int i = 0; i < length; i++) {
      plain[i] = (byte) ((from + i) % PERIOD);
    }
    return plain;
  }

  private static byte[] sealed(byte[] key, int size) throws IOException {
    try (EncryptingStream stream =
        EncryptingStream.of(FileKey.copyOf(key), new ByteArrayInputStream(plain(0, size)))) {
      return stream.readAllBytes();
    }
  }

  @Override
  public String fileName() {
    return "file.json";
  }

  @Override
  public VectorFile make() throws IOException {
    // F-2, F-3
    List<Map<String, Object>> cases = new ArrayList<>();
    for (int size :
        new int[] {
          0, 1, 16, 250, Chunks.PLAIN - 1, Chunks.PLAIN, Chunks.PLAIN + 1, 2 * Chunks.PLAIN, 200_000
        }) {
      byte[] key = draw("file of " + size);
      cases.add(
          vector(
              size + " bytes",
              "key",
              hex(key),
              "size",
              size,
              "ciphertext_size",
              sealed(key, size).length,
              "first",
              hex(first(sealed(key, size))),
              "last",
              hex(last(sealed(key, size))),
              "sha256",
              Sha256.of(sealed(key, size)).toHex()));
    }
    return new VectorFile("6. Files", "ciphertext of a file", cases, refused());
  }

  private static byte[] first(byte[] sealed) {
    return Arrays.copyOf(sealed, Math.min(SHOWN, sealed.length));
  }

  private static byte[] last(byte[] sealed) {
    return Arrays.copyOfRange(sealed, Math.max(0, sealed.length - SHOWN), sealed.length);
  }

  private static List<Map<String, Object>> refused() throws IOException {
    // F-2, F-3, F-4, F-5
    int two = 2 * Chunks.PLAIN;
    int three = two + 100;
    List<Map<String, Object>> refused = new ArrayList<>();
    refused.add(damaged("nothing left", 0, cut(0)));
    refused.add(damaged("the last byte is missing", three, cut(length(three) - 1)));
    refused.add(damaged("the last chunk is missing", three, cut(2 * Chunks.SEALED)));
    refused.add(damaged("cut inside the first chunk", three, cut(1000)));
    refused.add(damaged("cut to less than a tag", 5, cut(15)));
    refused.add(damaged("a byte more", three, append("00")));
    refused.add(damaged("a byte more behind a full chunk", two, append("00")));
    refused.add(damaged("a byte more behind an empty file", 0, append("00")));
    refused.add(damaged("two chunks swapped", three, chunks(1, 0, 2)));
    refused.add(damaged("the last two chunks swapped", three, chunks(0, 2, 1)));
    refused.add(damaged("a chunk twice", three, chunks(0, 0, 1, 2)));
    refused.add(damaged("the last chunk twice", two, chunks(0, 1, 1)));
    refused.add(damaged("a chunk left out", three, chunks(0, 2)));
    refused.add(damaged("the first chunk left out", three, chunks(1, 2)));
    refused.add(damaged("a bit of the first byte", three, flip(0)));
    refused.add(damaged("a bit of the first tag", three, flip(Chunks.SEALED - 1)));
    refused.add(damaged("a bit of the second chunk", three, flip(Chunks.SEALED)));
    refused.add(damaged("a bit of the last byte", three, flip(length(three) - 1)));
    refused.add(
        damaged(
            "an empty last chunk behind a full one",
            Chunks.PLAIN,
            seal(part(0, false, 0, Chunks.PLAIN), part(1, true, Chunks.PLAIN, 0))));
    refused.add(
        damaged(
            "a short chunk that is not the last",
            Chunks.PLAIN,
            seal(part(0, false, 0, 1000), part(1, true, 1000, Chunks.PLAIN - 1000))));
    refused.add(
        damaged(
            "a last chunk that is too long",
            Chunks.PLAIN + 1,
            seal(part(0, true, 0, Chunks.PLAIN + 1))));
    refused.add(
        damaged(
            "two last chunks",
            two,
            seal(part(0, true, 0, Chunks.PLAIN), part(1, true, Chunks.PLAIN, Chunks.PLAIN))));
    refused.add(
        damaged(
            "no last chunk",
            two,
            seal(part(0, false, 0, Chunks.PLAIN), part(1, false, Chunks.PLAIN, Chunks.PLAIN))));
    refused.add(
        damaged(
            "numbers from 1",
            two,
            seal(part(1, false, 0, Chunks.PLAIN), part(2, true, Chunks.PLAIN, Chunks.PLAIN))));
    refused.add(announced("a size too small", three, three - 1, Sha256.of(sealed(KEY, three))));
    refused.add(announced("a size too large", three, three + 1, Sha256.of(sealed(KEY, three))));
    refused.add(
        announced(
            "the size of the first chunk", three, Chunks.PLAIN, Sha256.of(sealed(KEY, three))));
    refused.add(announced("another hash", three, three, Sha256.of(plain(0, three))));
    return refused;
  }

  private static int length(int size) {
    return Math.toIntExact(EncryptingStream.lengthOf(size));
  }

  private static Map<String, Object> cut(int length) {
    return object("operation", "cut", "length", length);
  }

  private static Map<String, Object> append(String bytes) {
    return object("operation", "append", "bytes", bytes);
  }

  private static Map<String, Object> flip(int at) {
    return object("operation", "flip_lowest_bit", "at", at);
  }

  private static Map<String, Object> chunks(int... order) {
    return object("operation", "chunks", "order", IntStream.of(order).boxed().toList());
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static Map<String, Object> seal(Map<String, Object>... parts) {
    return object("operation", "seal", "chunks", List.of(parts));
  }

  private static Map<String, Object> part(int number, boolean last, int from, int length) {
    return object("number", number, "last", last, "from", from, "length", length);
  }

  /** With the hash of what it became: the hash is not what gives it away. */
  private static Map<String, Object> damaged(String name, int size, Map<String, Object> operation)
      throws IOException {
    byte[] changed = changed(sealed(KEY, size), Json.of(operation));
    return refused(name, size, operation, size, Sha256.of(changed), releasable(changed, size));
  }

  private static Map<String, Object> announced(String name, int size, int announced, Sha256 hash)
      throws IOException {
    Map<String, Object> nothing = object("operation", "none");
    byte[] sealed = sealed(KEY, size);
    return refused(name, size, nothing, announced, hash, released(sealed, announced, hash).length);
  }

  private static int releasable(byte[] changed, int size) {
    return released(changed, size, Sha256.of(changed)).length;
  }

  private static Map<String, Object> refused(
      String name,
      int size,
      Map<String, Object> operation,
      int announced,
      Sha256 hash,
      int releasable) {
    return vector(
        name,
        "key",
        hex(KEY),
        "size",
        size,
        "change",
        operation,
        "announced_size",
        announced,
        "announced_sha256",
        hash.toHex(),
        "failure",
        "damaged_file",
        "released_at_most",
        releasable);
  }

  private static byte[] changed(byte[] sealed, Json operation) throws IOException {
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    switch (operation.text("operation")) {
      case "none" -> changed.write(sealed);
      case "cut" -> changed.write(sealed, 0, operation.number("length"));
      case "append" -> {
        changed.write(sealed);
        changed.write(operation.hex("bytes"));
      }
      case "flip_lowest_bit" -> {
        byte[] flipped = sealed.clone();
        flipped[operation.number("at")] ^= 1;
        changed.write(flipped);
      }
      case "chunks" ->
          operation
              .items("order")
              .forEach(number -> {
                int from = Integer.parseInt((String) number.value()) * Chunks.SEALED;
                changed.write(sealed, from, Math.min(Chunks.SEALED, sealed.length - from));
              });
      case "seal" -> operation.items("chunks").forEach(part -> changed.writeBytes(seal(part)));
      default -> throw new IllegalArgumentException(operation.text("operation"));
    }
    return changed.toByteArray();
  }

  private static byte[] seal(Json part) {
    return AesGcm.encrypt(
        KEY,
        Chunks.iv(part.longNumber("number"), part.text("last").equals("true")),
        plain(part.number("from"), part.number("length")),
        Chunks.NOTHING_ASSOCIATED);
  }

  /** What comes out before the damage is seen. */
  private static byte[] released(byte[] sealed, int size, Sha256 hash) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      open(KEY, sealed, size, hash).transferTo(out);
      throw new IllegalStateException("No damage");
    } catch (IOException e) {
      return out.toByteArray();
    }
  }

  private static DecryptingStream open(byte[] key, byte[] sealed, int size, Sha256 hash)
      throws IOException {
    return DecryptingStream.of(FileKey.copyOf(key), new ByteArrayInputStream(sealed), size, hash);
  }

  @Override
  public Map<String, Object> outcome(Json vector) throws Exception {
    int size = vector.number("size");
    byte[] key = vector.hex("key");
    byte[] sealed = sealed(key, size);
    if (vector.has("change")) {
      byte[] changed = changed(sealed, vector.get("change"));
      int announced = vector.number("announced_size");
      Sha256 hash = Sha256.copyOf(vector.hex("announced_sha256"));
      byte[] released = released(changed, announced, hash);
      assertArrayEquals(plain(0, released.length), released);
      return Map.of("failure", "damaged_file", "released_at_most", released.length);
    }
    assertEquals(EncryptingStream.lengthOf(size), sealed.length);
    assertArrayEquals(plain(0, size), open(key, sealed, size, Sha256.of(sealed)).readAllBytes());
    return Map.of(
        "ciphertext_size",
        sealed.length,
        "first",
        hex(first(sealed)),
        "last",
        hex(last(sealed)),
        "sha256",
        Sha256.of(sealed).toHex());
  }
}
