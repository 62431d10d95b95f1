package org.securechat.protocol.content;

import static org.securechat.protocol.vectors.Drawn.hex;
import static org.securechat.protocol.vectors.Failure.INVALID_VALUE;
import static org.securechat.protocol.vectors.VectorFile.vector;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.securechat.protocol.vectors.Json;
import org.securechat.protocol.vectors.VectorFile;
import org.securechat.protocol.vectors.VectorFormat;

/** To which length a content is padded, and with what. */
public final class PaddingVectors implements VectorFormat {
  private static final byte MARK = (byte) 0x80;

  @Override
  public String fileName() {
    return "padding.json";
  }

  @Override
  public VectorFile make() {
    // M-4
    List<Map<String, Object>> cases =
        IntStream.of(
                0, 1, 254, 255, 256, 271, 272, 287, 288, 510, 511, 512, 543, 544, 1023, 1024, 2047,
                2048, 4095, 4096, 10_000, 32_767, 32_768, 61_439, 61_440, 63_486, 63_487)
            .mapToObj(length -> padded(length))
            .toList();
    byte[] good = Padding.pad(new byte[] {'{', '}'});
    byte[] noMark = good.clone();
    noMark[2] = 0;
    byte[] dirty = good.clone();
    dirty[200] = 1;
    byte[] otherMark = good.clone();
    otherMark[2] = 1;
    byte[] full = new byte[257];
    full[256] = MARK;
    byte[] tooFar = new byte[288];
    tooFar[10] = MARK;
    return new VectorFile(
        "4. Messages",
        "padding of a content",
        cases,
        List.of(
            no("nothing", new byte[0]),
            no("zeros alone", new byte[256]),
            no("no mark", noMark),
            no("another mark", otherMark),
            no("something behind the mark", dirty),
            no("a byte less", Arrays.copyOf(good, 255)),
            no("a byte more", Arrays.copyOf(good, 257)),
            no("the mark and no zeros", Arrays.copyOf(good, 3)),
            no("a length that is none", full),
            no("more than this length needs", tooFar)));
  }

  private static Map<String, Object> padded(int length) {
    byte[] padded = Padding.pad(new byte[length]);
    return vector(length + " bytes", "length", length, "padded_length", padded.length);
  }

  private static Map<String, Object> no(String name, byte[] padded) {
    return vector(name, "padded", hex(padded), "failure", INVALID_VALUE);
  }

  @Override
  public Map<String, Object> outcome(Json vector) {
    if (vector.has("padded")) {
      return Map.of("length", Padding.unpad(vector.hex("padded")).length);
    }
    byte[] text = new byte[vector.number("length")];
    Arrays.fill(text, MARK);
    byte[] padded = Padding.pad(text);
    boolean back = Arrays.equals(text, Padding.unpad(padded));
    return back ? Map.of("padded_length", padded.length) : Map.of("failure", "lost");
  }
}
