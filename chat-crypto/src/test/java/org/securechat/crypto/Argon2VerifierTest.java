package org.securechat.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.crypto.Vectors.Json;

class Argon2VerifierTest {
  /** From the test of the reference implementation. */
  private static final String PHC =
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ" + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

  @Test
  void matches_referenceHash_onlyForItsPassword() {
    Argon2Verifier verifier = Argon2Verifier.parse(PHC);

    assertTrue(verifier.matches("password".getBytes(UTF_8)));
    assertFalse(verifier.matches("passwore".getBytes(UTF_8)));
    assertEquals(PHC, verifier.phc());
  }

  @Test
  void matches_referenceFile_always() {
    List<Json> wrong =
        Vectors.json("argon2/argon2id.json")
            .get("cases")
            .items()
            .filter(test -> !agrees(test))
            .toList();

    assertEquals(List.of(), wrong);
  }

  private static boolean agrees(Json test) {
    Argon2Verifier verifier = Argon2Verifier.parse(test.text("encoded"));
    return verifier.matches(test.text("password").getBytes(UTF_8))
        && !verifier.matches("another".getBytes(UTF_8))
        && verifier.phc().equals(test.text("encoded"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=16$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=1048577,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=99999999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2G",
        "$argon2id$v=19$m=65536,t=17,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=2,p=17$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=2,p=0$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQxx$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
      })
  void parse_foreignOrAbsurd_throwsWithoutTheText(String phc) {
    Exception e = assertThrows(IllegalStateException.class, () -> Argon2Verifier.parse(phc));
    assertEquals("A stored password verifier is not one of this server's", e.getMessage());
  }
}
