package org.securechat.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.request.RequestLine;
import org.securechat.domain.request.SignedRequest;

/** Whatever serialiser wrote the body: what is signed is what the client saw. */
class SignedCharactersTest {
  private static final RequestLine LINE = new RequestLine("POST", "/api/me");
  private static final int CASES = Integer.getInteger("chat.test.cases", 1_000);
  private static final long SEED = Long.getLong("chat.test.seed", System.nanoTime());
  private static final String TIMESTAMP = "1737302400";

  @Test
  void digest_anySerialiser_isOfTheCompactedText() {
    for (int i = 0; i < CASES; i++) {
      String message = "case " + i + ", -Dchat.test.seed=" + SEED;
      RandomGenerator random = new Random(SEED + i);
      Body body = Body.random(random);

      assertEquals(expected(body.data()), digest(body.text()), message);
      assertEveryCharacterCounts(body.text(), random, message);
    }
  }

  /** Changes single characters: outside insignificant white space it changes or refuses. */
  private static void assertEveryCharacterCounts(
      String text, RandomGenerator random, String message) {
    String digest = digest(text);
    boolean[] insignificant = insignificant(text);
    for (int i = 0; i < 10; i++) {
      int at = random.nextInt(text.length());
      char other = "x\"\\ 1{}[],:é\n".charAt(random.nextInt(13));
      if (insignificant[at] || other == text.charAt(at) || inSignature(text, at)) {
        continue;
      }
      String changed = text.substring(0, at) + other + text.substring(at + 1);
      assertNotEquals(digest, digest(changed), () -> message + "\n" + text + "\n" + changed);
    }
  }

  private static boolean inSignature(String text, int at) {
    int start = text.indexOf("\"5191\"");
    return at > start && at < start + 5;
  }

  private static String digest(String text) {
    byte[] body = text.getBytes(UTF_8);
    try {
      return SignedRequest.of(EnvelopeReader.read(body, 0, body.length).envelope(), LINE)
          .digest()
          .toString();
    } catch (MalformedJsonException | RejectedException e) {
      return "refused";
    }
  }

  private static String expected(String data) {
    String signed = "{\"data\":" + withoutSpace(data) + ",\"timestamp\":" + TIMESTAMP + "}";
    return Sha256.of(signed.getBytes(UTF_8)).toString();
  }

  /** Compaction once more, another way: strings are cut out first. */
  private static String withoutSpace(String json) {
    boolean[] insignificant = insignificant(json);
    StringBuilder compacted = new StringBuilder();
    for (int i = 0; i < json.length(); i++) {
      if (!insignificant[i]) {
        compacted.append(json.charAt(i));
      }
    }
    return compacted.toString();
  }

  private static boolean[] insignificant(String json) {
    boolean[] insignificant = new boolean[json.length()];
    int i = 0;
    while (i < json.length()) {
      if (json.charAt(i) == '"') {
        i++;
        while (json.charAt(i) != '"') {
          i += json.charAt(i) == '\\' ? 2 : 1;
        }
      } else {
        insignificant[i] = " \t\r\n".indexOf(json.charAt(i)) >= 0;
      }
      i++;
    }
    return insignificant;
  }

  private record Body(String text, String data) {
    static Body random(RandomGenerator random) {
      Writer writer = new Writer(random, random.nextInt(3));
      String data = writer.object(0);
      List<String> members =
          new ArrayList<>(
              List.of(
                  "\"data\"" + writer.space() + ":" + writer.space() + data,
                  "\"timestamp\"" + writer.space() + ":" + writer.space() + TIMESTAMP,
                  "\"signature\"" + writer.space() + ":" + writer.space() + "\"5191\""));
      Collections.shuffle(members, Random.from(random));
      String text =
          writer.space()
              + "{"
              + writer.space()
              + String.join(writer.space() + "," + writer.space(), members)
              + writer.space()
              + "}"
              + writer.space();
      return new Body(text, data);
    }
  }

  /** Styles: 0 compact, 1 with white space, 2 compact and in ASCII. */
  private record Writer(RandomGenerator random, int style) {
    private static final List<String> NUMBERS =
        List.of("0", "-0", "1.0", "12e-3", "1E+400", "9007199254740993", "0.1000");
    private static final String CHARACTERS = "ab \t\n\"\\/é€\u2028\0{}[]:,\u007f";

    String space() {
      if (style != 1) {
        return "";
      }
      StringBuilder space = new StringBuilder();
      while (random.nextBoolean()) {
        space.append(" \n\t\r".charAt(random.nextInt(4)));
      }
      return space.toString();
    }

    String value(int depth) {
      return switch (random.nextInt(depth > 4 ? 4 : 6)) {
        case 0 -> List.of("true", "false", "null").get(random.nextInt(3));
        case 1 -> NUMBERS.get(random.nextInt(NUMBERS.size()));
        case 2, 3 -> string("");
        case 4 -> object(depth + 1);
        default -> array(depth + 1);
      };
    }

    String object(int depth) {
      List<String> members = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        members.add(string(i + "-") + space() + ":" + space() + value(depth));
      }
      return "{" + space() + String.join(space() + "," + space(), members) + space() + "}";
    }

    String array(int depth) {
      List<String> elements = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        elements.add(value(depth));
      }
      return "[" + space() + String.join(space() + "," + space(), elements) + space() + "]";
    }

    String string(String prefix) {
      StringBuilder text = new StringBuilder("\"").append(prefix);
      for (int i = random.nextInt(12); i > 0; i--) {
        int c =
            random.nextInt(8) == 0
                ? 0x1F600 + random.nextInt(64)
                : CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
        append(text, c);
      }
      return text.append('"').toString();
    }

    private void append(StringBuilder text, int c) {
      if (c == '"' || c == '\\' || (c == '/' && style == 2)) {
        text.append('\\').appendCodePoint(c);
      } else if (c == '\n') {
        text.append("\\n");
      } else if (c < ' ' || (style == 2 && c > '~')) {
        for (char unit : Character.toChars(c)) {
          text.append("\\u%04x".formatted((int) unit));
        }
      } else {
        text.appendCodePoint(c);
      }
    }
  }
}
