package org.securechat.protocol.vectors;

import static org.securechat.protocol.vectors.Drawn.unhex;

import java.util.LinkedHashMap;
import java.util.Map;

/** Encodings that a careless reader takes for identity keys. */
public final class UnsoundKeys {
  private UnsoundKeys() {}

  /** The keys by what is wrong with them. */
  public static Map<String, byte[]> all() {
    Map<String, byte[]> keys = new LinkedHashMap<>();
    keys.put("the neutral element", unhex("01" + "00".repeat(31)));
    keys.put("a point of order 2", unhex("ec" + "ff".repeat(30) + "7f"));
    keys.put("a point of order 4", unhex("00".repeat(32)));
    keys.put(
        "a point of order 8",
        unhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"));
    keys.put("an y above the prime", unhex("f0" + "ff".repeat(30) + "7f"));
    keys.put(
        "a key of mixed order",
        // The edge cases of "Taming the many EdDSAs", case 2: a point with a part of order 8.
        unhex("f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43"));
    return keys;
  }
}
