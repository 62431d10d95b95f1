package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.PasswordHasher;
import org.securechat.domain.credential.PasswordVerifier;

/** What every {@link PasswordHasher} does; implement it in a test class of the adapter. */
public interface PasswordHasherContract {

  PasswordHasher hasher();

  @Test
  default void matches_sameHash_isTrue() {
    PasswordVerifier verifier = hasher().hash(PasswordHash.presented("ab".repeat(32)));

    assertTrue(hasher().matches(verifier, PasswordHash.presented("ab".repeat(32))));
  }

  @Test
  default void matches_otherHash_isFalse() {
    PasswordVerifier verifier = hasher().hash(PasswordHash.presented("ab".repeat(32)));

    assertFalse(hasher().matches(verifier, PasswordHash.presented("AB".repeat(32))));
    assertFalse(hasher().matches(verifier, PasswordHash.presented("")));
    assertFalse(hasher().matches(verifier, PasswordHash.presented("ab".repeat(32) + "\0")));
    assertFalse(hasher().matches(verifier, PasswordHash.presented("\ud800")));
    assertFalse(hasher().matches(verifier, PasswordHash.presented("x".repeat(100_000))));
  }

  @Test
  default void hash_sameHashTwice_differs() {
    PasswordHash hash = PasswordHash.presented("ab".repeat(32));

    assertNotEquals(hasher().hash(hash), hasher().hash(hash));
  }

  @Test
  default void hash_verifier_isShortAndHidesWhatItWasMadeOf() {
    PasswordVerifier verifier = hasher().hash(PasswordHash.presented("ab".repeat(32)));

    assertTrue(verifier.phc().length() <= 256);
    assertFalse(verifier.phc().contains("abab"));
  }

  @Test
  default void decoy_anyHash_doesNotMatch() {
    PasswordVerifier decoy = hasher().decoy();

    assertFalse(hasher().matches(decoy, PasswordHash.presented("ab".repeat(32))));
    assertFalse(hasher().matches(decoy, PasswordHash.presented("")));
    assertFalse(hasher().matches(decoy, PasswordHash.presented(decoy.phc())));
  }

  @Test
  default void decoy_besideAVerifier_looksLikeOne() {
    PasswordVerifier verifier = hasher().hash(PasswordHash.presented("ab".repeat(32)));

    assertEquals(verifier.phc().length(), hasher().decoy().phc().length());
    assertNotEquals(hasher().decoy(), hasher().decoy());
  }
}
