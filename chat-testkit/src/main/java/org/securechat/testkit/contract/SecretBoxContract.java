package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.securechat.domain.credential.SealedPlace;
import org.securechat.domain.credential.SecretBox;

/** What every {@link SecretBox} does; implement it in a test class of the adapter. */
public interface SecretBoxContract {
  byte[] SECRET = "a secret".getBytes(StandardCharsets.UTF_8);
  SealedPlace PLACE = new SealedPlace("column", "row");

  /** The box under test; the same keys at each call within a test. */
  SecretBox box();

  /** Another box, with keys of its own. */
  SecretBox otherBox();

  @Test
  default void open_sealedValue_givesItBack() {
    assertArrayEquals(SECRET, box().open(box().seal(SECRET, PLACE), PLACE));
    assertArrayEquals(new byte[0], box().open(box().seal(new byte[0], PLACE), PLACE));
  }

  @Test
  default void seal_sameValueTwice_differs() {
    assertFalse(Arrays.equals(box().seal(SECRET, PLACE), box().seal(SECRET, PLACE)));
  }

  @Test
  default void open_otherPlace_throws() {
    byte[] sealed = box().seal(SECRET, PLACE);

    for (SealedPlace other :
        List.of(
            new SealedPlace("column", "row2"),
            new SealedPlace("columnr", "ow"),
            new SealedPlace("column2", "row"))) {
      assertThrows(IllegalStateException.class, () -> box().open(sealed, other));
    }
  }

  @Test
  default void open_changedOrCutValue_throws() {
    byte[] sealed = box().seal(SECRET, PLACE);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      byte[] cut = Arrays.copyOf(sealed, i);
      assertThrows(IllegalStateException.class, () -> box().open(changed, PLACE));
      assertThrows(IllegalStateException.class, () -> box().open(cut, PLACE));
    }
  }

  @Test
  default void open_sealedUnderOtherKey_throws() {
    byte[] sealed = otherBox().seal(SECRET, PLACE);

    assertThrows(IllegalStateException.class, () -> box().open(sealed, PLACE));
  }
}
