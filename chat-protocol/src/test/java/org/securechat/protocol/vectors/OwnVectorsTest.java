package org.securechat.protocol.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.securechat.protocol.content.ContentVectors;
import org.securechat.protocol.content.PaddingVectors;
import org.securechat.protocol.conversation.DeletionVectors;
import org.securechat.protocol.conversation.EpochRulesVectors;
import org.securechat.protocol.conversation.ExportVectors;
import org.securechat.protocol.conversation.MessageVectors;
import org.securechat.protocol.conversation.StatementVectors;
import org.securechat.protocol.conversation.TimelineVectors;
import org.securechat.protocol.conversation.TranscriptEpochsVectors;
import org.securechat.protocol.conversation.TranscriptVectors;
import org.securechat.protocol.conversation.WrappedKeyVectors;
import org.securechat.protocol.file.FileVectors;
import org.securechat.protocol.key.EncryptionKeyVectors;
import org.securechat.protocol.key.IdentityVectors;
import org.securechat.protocol.key.PasswordVectors;
import org.securechat.protocol.key.PrivateKeyVectors;
import org.securechat.protocol.key.SafetyNumberVectors;
import org.securechat.protocol.key.X25519Vectors;

/** Reads {@code docs/vectors} as any other client would, and does what stands there. */
class OwnVectorsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", "."), "../docs/vectors").normalize();

  /** What a reader may have to fetch at once. */
  private static final int MOST_CHARACTERS = 200_000;

  static List<VectorFormat> formats() {
    return List.of(
        new PasswordVectors(),
        new PrivateKeyVectors(),
        new IdentityVectors(),
        new EncryptionKeyVectors(),
        new X25519Vectors(),
        new SafetyNumberVectors(),
        new StatementVectors(),
        new EpochRulesVectors(),
        new WrappedKeyVectors(),
        new MessageVectors(),
        new PaddingVectors(),
        new ContentVectors(),
        new DeletionVectors(),
        new TimelineVectors(),
        new TranscriptVectors(),
        new TranscriptEpochsVectors(),
        new ExportVectors(),
        new FileVectors());
  }

  /** With {@code -Dchat.vectors.write} the files are written before they are read. */
  @BeforeAll
  static void write_ifAskedTo() throws Exception {
    if (System.getProperty("chat.vectors.write") != null) {
      for (VectorFormat format : formats()) {
        Files.writeString(FOLDER.resolve(format.fileName()), format.make().text());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void file_madeAgain_isTheSame(VectorFormat format) throws Exception {
    String made = format.make().text();
    String stored = Files.readString(FOLDER.resolve(format.fileName()));

    // A line says what is wrong; whole files are too long to read.
    assertEquals(from(stored, mismatch(stored, made)), from(made, mismatch(stored, made)));
    assertEquals(stored, made);
    assertTrue(made.length() < MOST_CHARACTERS, () -> format.fileName() + ": " + made.length());
  }

  private static int mismatch(String one, String other) {
    int at = Arrays.mismatch(one.toCharArray(), other.toCharArray());
    return at < 0 ? one.length() : at;
  }

  private static String from(String text, int at) {
    int begin = text.lastIndexOf('\n', at - 1) + 1;
    int end = text.indexOf('\n', at);
    return text.substring(Math.min(begin, text.length()), end < 0 ? text.length() : end);
  }

  @Test
  void folder_holdsTheFilesOfTheFormatsAndNoOther() throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      assertEquals(
          formats().stream().map(VectorFormat::fileName).sorted().toList(),
          all.map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".json"))
              .sorted()
              .toList());
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void vector_ofTheFile_givesItsResultsOrItsFailure(VectorFormat format) {
    Json vectors = Json.read(FOLDER.resolve(format.fileName()));
    List<Json> all = new ArrayList<>();
    vectors.items("cases").forEach(all::add);
    vectors.items("refused").forEach(all::add);
    Map<String, String> wrong = new LinkedHashMap<>();
    for (Json vector : all) {
      Map<String, Object> found = results(format, vector);
      Map<String, Object> expected = expected(vector, found);
      if (!found.equals(expected)) {
        wrong.put(vector.text("name"), found + " instead of " + expected);
      }
    }

    assertEquals(Map.of(), wrong);
    assertEquals(all.size(), all.stream().map(each -> each.text("name")).distinct().count());
    assertTrue(vectors.items("cases").noneMatch(vector -> vector.has("failure")));
    assertTrue(vectors.items("refused").allMatch(vector -> vector.has("failure")));
    assertFalse(vectors.items("cases").findAny().isEmpty());
    assertFalse(vectors.items("refused").findAny().isEmpty());
  }

  private static Map<String, Object> results(VectorFormat format, Json vector) {
    Map<String, Object> results;
    try {
      results = format.outcome(vector);
    } catch (Exception e) {
      results = Failure.of(e);
    }
    return Json.of(results).members();
  }

  private static Map<String, Object> expected(Json vector, Map<String, Object> results) {
    Map<String, Object> expected = new LinkedHashMap<>();
    if (vector.has("failure")) {
      expected.put("failure", vector.text("failure"));
    }
    results.keySet().stream()
        .filter(vector::has)
        .forEach(name -> expected.put(name, vector.get(name).value()));
    return expected;
  }
}
