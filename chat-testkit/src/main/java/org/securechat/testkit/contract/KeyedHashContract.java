package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.securechat.domain.credential.KeyedHash;
import org.securechat.domain.identity.Sha256;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.ConcurrentRuns.Outcome;

/** What every {@link KeyedHash} does; implement it in a test class of the adapter. */
public interface KeyedHashContract {

  /** The hash under test; the same key at each call within a test. */
  KeyedHash keyedHash();

  /** Another one, with a key of its own. */
  KeyedHash otherKeyedHash();

  @Test
  default void of_sameText_isTheSame() {
    assertEquals(keyedHash().of("alice"), keyedHash().of("alice"));
    assertEquals(keyedHash().of(""), keyedHash().of(""));
  }

  @Test
  default void of_otherText_isAnother() {
    List<String> texts = List.of("", "alice", "Alice", "alice\n", "\nalice", "älice", "\0");
    Set<Sha256> hashes = new HashSet<>();
    texts.forEach(text -> hashes.add(keyedHash().of(text)));

    assertEquals(texts.size(), hashes.size());
  }

  @Test
  default void of_otherKey_isAnother() {
    assertNotEquals(keyedHash().of("alice"), otherKeyedHash().of("alice"));
    assertNotEquals(Sha256.of("alice".getBytes(StandardCharsets.UTF_8)), keyedHash().of("alice"));
  }

  @Test
  default void of_manyThreads_isWhatOneSays() {
    List<Sha256> alone = IntStream.range(0, 50).mapToObj(i -> keyedHash().of("name " + i)).toList();

    List<Outcome<Boolean>> outcomes =
        ConcurrentRuns.run(
            50,
            i ->
                IntStream.range(0, 200)
                    .allMatch(turn -> keyedHash().of("name " + i).equals(alone.get(i))));

    assertEquals(
        Collections.nCopies(50, "true"), outcomes.stream().map(Outcome::toString).toList());
  }
}
