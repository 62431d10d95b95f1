package org.securechat.domain.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.rejection.InvalidValueException;

class TranscriptIdsTest {

  @ParameterizedTest
  @ValueSource(longs = {0, -1, ExactInteger.MAX + 1, Long.MIN_VALUE})
  void conversationId_outOfRange_isInvalid(long value) {
    assertThrows(InvalidValueException.class, () -> new ConversationId(value));
  }

  @Test
  void conversationId_random_takesTheLowerBitsAndNeverZero() {
    byte[][] draws = {
      new byte[8],
      HexFormat.of().parseHex("ffe0000000000000"),
      HexFormat.of().parseHex("ffe0000000000009")
    };
    int[] next = {0};

    assertEquals(new ConversationId(9), ConversationId.random(count -> draws[next[0]++]));
  }

  @Test
  void groupId_random_isTheHexOfWhatIsDrawn() {
    byte[] drawn = HexFormat.of().parseHex("0a".repeat(31) + "ff");

    assertEquals(
        new GroupId("0a".repeat(31) + "ff"),
        GroupId.random(count -> count == drawn.length ? drawn : new byte[count]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeF",
        "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n"
      })
  void groupId_anyOtherText_isInvalid(String text) {
    assertThrows(InvalidValueException.class, () -> new GroupId(text));
  }

  /** Versions 1, 4 and 7, none, and all bits. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "c232ab00-9414-11ec-b3c8-9f6bdeced846",
        "919108f7-52d1-4320-9bac-f847db4148a8",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff"
      })
  void clientId_anyVersion_isKept(String text) {
    assertEquals(text, new ClientId(text).value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "919108F7-52d1-4320-9bac-f847db4148a8",
        "919108f7-52d1-4320-9bac-f847db4148a",
        "919108f7-52d1-4320-9bac-f847db4148a80",
        "919108f752d143209bacf847db4148a8",
        "919108f7-52d1-4320-9bacf-847db4148a8",
        "{919108f7-52d1-4320-9bac-f847db4148a8}",
        "919108f7-52d1-4320-9bac-f847db4148a8\n",
        "g19108f7-52d1-4320-9bac-f847db4148a8",
        "1-1-1-1-1"
      })
  void clientId_anyOtherText_isInvalid(String text) {
    assertThrows(InvalidValueException.class, () -> new ClientId(text));
  }
}
