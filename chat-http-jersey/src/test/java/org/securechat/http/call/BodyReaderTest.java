package org.securechat.http.call;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.http.answer.ProblemException;

class BodyReaderTest {
  private static final int MAX = 4 * BodyReader.FREE_BYTES;

  private static InputStream body(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'x');
    return new ByteArrayInputStream(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        BodyReader.FREE_BYTES - 1,
        BodyReader.FREE_BYTES,
        BodyReader.FREE_BYTES + 1,
        MAX - 1,
        MAX
      })
  void read_upToTheLimit_givesAllOfIt(int length) throws IOException {
    assertArrayEquals(
        body(length).readAllBytes(), new BodyReader().read(body(length), MAX, bytes -> bytes));
  }

  @Test
  void read_oneByteMore_isTooLarge() {
    ProblemException e =
        assertThrows(
            ProblemException.class,
            () -> new BodyReader().read(body(MAX + 1), MAX, bytes -> bytes));

    assertEquals(413, e.problem().status());
  }

  @Test
  void read_smallLimit_holdsToo() throws IOException {
    assertEquals(10, new BodyReader().read(body(10), 10, bytes -> bytes).length);
    assertThrows(ProblemException.class, () -> new BodyReader().read(body(11), 10, bytes -> bytes));
  }

  /** A stream whose second half arrives only when a test has done something in between. */
  private static InputStream whileArriving(int length, Runnable meanwhile) {
    return new FilterInputStream(body(length)) {
      private int sent;

      @Override
      public int read(byte[] bytes, int offset, int count) throws IOException {
        if (sent == BodyReader.FREE_BYTES && count > 0) {
          meanwhile.run();
        }
        int read = super.read(bytes, offset, count);
        sent += read;
        return read;
      }
    };
  }

  @Test
  void read_largeBodiesBeyondTheBudget_areRefusedAndSmallOnesAreNot() throws IOException {
    BodyReader oneAtATime = new BodyReader(MAX + 1);
    InputStream first =
        whileArriving(
            MAX,
            () -> {
              assertThrows(
                  UnavailableException.class,
                  () -> oneAtATime.read(body(MAX), MAX, bytes -> bytes));
              assertEquals(100, readSmall(oneAtATime));
            });

    assertEquals(MAX, oneAtATime.read(first, MAX, bytes -> bytes).length);
    assertEquals(MAX, oneAtATime.read(body(MAX), MAX, bytes -> bytes).length);
  }

  private static int readSmall(BodyReader reader) {
    try {
      return reader.read(body(100), MAX, bytes -> bytes).length;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void read_brokenOrTooLarge_givesItsRoomBack() throws IOException {
    BodyReader oneAtATime = new BodyReader(MAX + 1);
    InputStream broken =
        whileArriving(
            MAX,
            () -> {
              throw new IllegalStateException("broken");
            });

    assertThrows(IllegalStateException.class, () -> oneAtATime.read(broken, MAX, bytes -> bytes));
    assertThrows(ProblemException.class, () -> oneAtATime.read(body(MAX + 1), MAX, bytes -> bytes));
    assertEquals(MAX, oneAtATime.read(body(MAX), MAX, bytes -> bytes).length);
  }

  @Test
  void read_largeBodyInUse_holdsItsRoom() throws IOException {
    BodyReader oneAtATime = new BodyReader(MAX + 1);

    int length =
        oneAtATime.read(
            body(MAX),
            MAX,
            bytes -> bytes,
            bytes -> {
              assertThrows(
                  UnavailableException.class,
                  () -> oneAtATime.read(body(MAX), MAX, other -> other));
              return bytes.length;
            });

    assertEquals(MAX, length);
    assertEquals(MAX, oneAtATime.read(body(MAX), MAX, bytes -> bytes).length);
  }
}
