package org.securechat.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the published JSONTestSuite (github.com/nst/JSONTestSuite) where its files are at hand. */
class JsonTestSuiteTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("chat.vectors", "../../shared/vectors"))
          .resolve("jsontestsuite/test_parsing");

  /** RFC 8259 leaves duplicates open; we refuse them. */
  private static final Set<String> DUPLICATES =
      Set.of("y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json");

  @Test
  void suite_whereItIsAtHand_isWhole() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "JSONTestSuite is not in " + FOLDER);

    try (Stream<Path> files = Files.list(FOLDER)) {
      assertEquals(318, files.count());
    }
  }

  @TestFactory
  Stream<DynamicTest> suite() throws IOException {
    if (!Files.isDirectory(FOLDER)) {
      return Stream.empty(); // the test above says so
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList().stream()
          .map(file -> DynamicTest.dynamicTest(name(file), () -> check(file)));
    }
  }

  private static void check(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    byte[] asValue = join("{\"data\":{\"v\":", content, "},\"timestamp\":1}");
    byte[] asData = join("{\"data\":", content, "}");
    byte[] asBody = join("", content, "");
    String name = name(file);
    if (name.startsWith("y_") && !DUPLICATES.contains(name)) {
      assertTrue(EnvelopeReader.read(asValue, 0, asValue.length).data().names().contains("v"));
      assertEquals(
          startsObject(content),
          EnvelopeReader.read(asData, 0, asData.length).envelope().data() != null);
    } else if (name.startsWith("i_")) {
      readOrRefuse(asValue);
      readOrRefuse(asData);
      readOrRefuse(asBody);
    } else {
      assertThrows(MalformedJsonException.class, () -> read(asValue));
      assertThrows(MalformedJsonException.class, () -> read(asData));
      assertThrows(MalformedJsonException.class, () -> read(asBody));
      assertThrows(
          MalformedJsonException.class, () -> EnvelopeReader.readObject(asBody, 0, asBody.length));
    }
  }

  private static void readOrRefuse(byte[] body) {
    try {
      read(body);
    } catch (MalformedJsonException e) {
      assertEquals("Malformed JSON", e.getMessage());
    }
  }

  private static SignedBody read(byte[] body) {
    return EnvelopeReader.read(body, 0, body.length);
  }

  private static boolean startsObject(byte[] content) {
    return new String(content, UTF_8).strip().startsWith("{");
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static byte[] join(String before, byte[] content, String after) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(before.getBytes(UTF_8));
    joined.writeBytes(content);
    joined.writeBytes(after.getBytes(UTF_8));
    return joined.toByteArray();
  }
}
