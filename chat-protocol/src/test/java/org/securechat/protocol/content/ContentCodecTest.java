package org.securechat.protocol.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.protocol.content.MessageContent.Edit;
import org.securechat.protocol.content.MessageContent.Files;
import org.securechat.protocol.content.MessageContent.Name;
import org.securechat.protocol.content.MessageContent.Reaction;
import org.securechat.protocol.content.MessageContent.Text;
import org.securechat.protocol.content.MessageContent.Unknown;
import org.securechat.protocol.file.FileKey;

class ContentCodecTest {
  private static final Sha256 HASH = Sha256.of(new byte[] {1});

  private static MessageContent read(String json) {
    return ContentCodec.decode(Padding.pad(json.getBytes(UTF_8)));
  }

  private static AttachedFile file(long id) {
    return new AttachedFile(
        id, FileKey.generate(new SystemRandomSource()), "../a \u202e.exe", "text/html", 0, HASH);
  }

  @Test
  void toString_ofAnyContent_hidesWhatIsSaid() {
    FileKey key = FileKey.generate(new SystemRandomSource());
    AttachedFile file = new AttachedFile(1, key, "s3cret.txt", "text/s3cret", 0, HASH);
    List<MessageContent> contents =
        List.of(
            new Text("s3cret", Optional.of(1L)),
            new Edit(1, "s3cret"),
            new Reaction(1, "s3cret"),
            new Files(List.of(file), Optional.of("s3cret")),
            new Name("s3cret"),
            new Unknown(Optional.of("s3cret")));

    assertEquals("AttachedFile[1]", file.toString());
    assertFalse(contents.toString().contains("s3cret"));
    assertEquals(
        Set.of(MessageContent.class.getPermittedSubclasses()),
        contents.stream().map(Object::getClass).collect(Collectors.toSet()));
  }

  @Test
  void decode_ofEachType_isWhatWasEncoded() {
    for (MessageContent content :
        List.of(
            new Text("", Optional.empty()),
            new Text("h\u00e9 \ud83d\ude80\u0000\n\"", Optional.of(7L)),
            new Edit(1, "better"),
            new Reaction((1L << 53) - 1, "\ud83d\udc4d"),
            new Files(List.of(file(1), file(2)), Optional.empty()),
            new Files(List.of(file(3)), Optional.of("look")),
            new Name("the team"))) {
      assertEquals(content, ContentCodec.decode(ContentCodec.encode(content)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 256",
    "255, 256",
    "256, 272",
    "271, 272",
    "272, 288",
    "511, 512",
    "512, 544",
    "543, 544",
    "63486, 63488",
    "63487, 63488"
  })
  void pad_isOfFewLengths(int length, int padded) {
    assertEquals(padded, Padding.pad(new byte[length]).length);
  }

  @Test
  void pad_costsAtMostTwelveInAHundred() {
    for (int length = 256; length < 70_000; length++) {
      int padded = Padding.pad(new byte[length]).length;
      assertEquals(true, padded > length && padded <= (length + 1) * 1.12, "length " + length);
      assertEquals(length, Padding.unpad(Padding.pad(filled(length))).length);
    }
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0x80);
    return bytes;
  }

  @Test
  void decode_otherPadding_isUnknown() {
    byte[] good = Padding.pad("{\"type\":\"text\",\"body\":\"x\"}".getBytes(UTF_8));
    assertEquals(Text.class, ContentCodec.decode(good).getClass());
    byte[] noMark = good.clone();
    noMark[26] = 0;
    byte[] dirty = good.clone();
    dirty[200] = 1;
    for (byte[] padded :
        List.of(
            new byte[0],
            new byte[256],
            noMark,
            dirty,
            Arrays.copyOf(good, 255),
            Arrays.copyOf(good, 257),
            Arrays.copyOf(good, 27))) {
      assertEquals(new Unknown(Optional.empty()), ContentCodec.decode(padded));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"type\":\"text\",\"body\":\"a\",\"body\":\"b\"}",
        "{\"type\":\"text\",\"type\":\"name\",\"body\":\"a\"}",
        "{\"type\":\"text\",\"body\":\"a\"} x",
        "\ufeff{\"type\":\"text\",\"body\":\"a\"}",
        "{\"type\":\"text\",\"body\":\"\\ud800\"}",
        "{\"type\":\"text\",\"body\":'a'}",
        "{\"type\":\"text\",/**/\"body\":\"a\"}",
        "{\"body\":\"a\"}",
        "{\"type\":1,\"body\":\"a\"}"
      })
  void decode_noStrictJson_isUnknown(String json) {
    assertEquals(new Unknown(Optional.empty()), read(json));
  }

  @Test
  void decode_badUtf8OrTooDeep_isUnknown() {
    byte[] bad = "{\"type\":\"text\",\"body\":\"_\"}".getBytes(UTF_8);
    bad[23] = (byte) 0xc0;
    assertEquals(new Unknown(Optional.empty()), ContentCodec.decode(Padding.pad(bad)));
    String deep =
        "{\"type\":\"text\",\"body\":\"a\",\"x\":" + "[".repeat(32) + "]".repeat(32) + "}";
    assertEquals(new Unknown(Optional.empty()), read(deep));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text | {\"type\":\"text\"}",
        "text | {\"type\":\"text\",\"body\":1}",
        "text | {\"type\":\"text\",\"body\":\"a\",\"reply_to\":0}",
        "text | {\"type\":\"text\",\"body\":\"a\",\"reply_to\":9007199254740992}",
        "text | {\"type\":\"text\",\"body\":\"a\",\"reply_to\":1.5}",
        "text | {\"type\":\"text\",\"body\":\"a\",\"reply_to\":\"1\"}",
        "edit | {\"type\":\"edit\",\"body\":\"a\"}",
        "reaction | {\"type\":\"reaction\",\"target\":1}",
        "file | {\"type\":\"file\",\"files\":[]}",
        "file | {\"type\":\"file\",\"files\":[null]}",
        "file | {\"type\":\"file\",\"files\":[{\"file_id\":1}]}",
        "name | {\"type\":\"name\"}",
        "poll | {\"type\":\"poll\",\"question\":\"?\"}"
      })
  void decode_laterTypeOrMissingMember_isUnknownOfThatType(String type, String json) {
    assertEquals(new Unknown(Optional.of(type)), read(json));
  }

  @Test
  void decode_fileWithAFaultyMember_isUnknown() {
    String good =
        new String(
            Padding.unpad(ContentCodec.encode(new Files(List.of(file(1)), Optional.empty()))),
            UTF_8);
    assertEquals(Files.class, read(good).getClass());
    String hash = HASH.toHex();
    for (String bad :
        List.of(
            good.replace(hash, hash.toUpperCase(Locale.ROOT)),
            good.replace(hash, "00"),
            good.replace("\"size\":0", "\"size\":-1"),
            good.replace("\"key\":\"", "\"key\":\"AA"),
            good.replace("\"file_id\":1", "\"file_id\":0"))) {
      assertEquals(new Unknown(Optional.of("file")), read(bad), bad);
    }
  }

  @Test
  void decode_membersThatNobodyKnows_areIgnored() {
    assertEquals(
        new Text("a", Optional.empty()),
        read("{\"type\":\"text\",\"body\":\"a\",\"mood\":{\"x\":[1.5,null]},\"reply_to\":null}"));
  }

  /** As long as a message can have them: JSON itself has no limit (G-8). */
  @Test
  void decode_longNamesAndNumbers_areIgnored() {
    for (String member :
        List.of(
            "\"" + "n".repeat(60_000) + "\":1",
            "\"n\":1" + "0".repeat(60_000),
            "\"n\":0." + "1".repeat(60_000))) {
      assertEquals(
          new Text("a", Optional.empty()),
          read("{\"type\":\"text\",\"body\":\"a\"," + member + "}"));
    }
  }

  // M-5
  @Test
  void encode_atTheBoundAndOneAbove() {
    int frame = "{\"type\":\"text\",\"body\":\"\"}".length();
    String longest = "a".repeat(ContentCodec.MAX_JSON_BYTES - frame);
    assertEquals(63_488, ContentCodec.encode(new Text(longest, Optional.empty())).length);

    assertThrows(
        InvalidValueException.class,
        () -> ContentCodec.encode(new Text(longest + "a", Optional.empty())));
  }

  @Test
  void encode_illFormedOrUnknown_isRefused() {
    assertThrows(
        InvalidValueException.class,
        () -> ContentCodec.encode(new Text("\ud800", Optional.empty())));
    assertThrows(
        InvalidValueException.class, () -> ContentCodec.encode(new Unknown(Optional.empty())));
  }

  @Test
  void files_noneOrTooMany_areRefused() {
    assertThrows(InvalidValueException.class, () -> new Files(List.of(), Optional.empty()));
    List<AttachedFile> most = Collections.nCopies(32, file(1));
    assertEquals(32, new Files(most, Optional.empty()).files().size());
    assertThrows(
        InvalidValueException.class,
        () -> new Files(Collections.nCopies(33, file(1)), Optional.empty()));
  }
}
