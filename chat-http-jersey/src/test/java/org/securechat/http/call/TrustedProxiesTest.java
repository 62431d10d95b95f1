package org.securechat.http.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.rejection.InvalidValueException;

class TrustedProxiesTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/9, 10.128.0.0, false",
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3/32, 10.1.2.2, false",
    "128.0.0.0/1, 255.0.0.1, true",
    "128.0.0.0/1, 127.255.255.255, false",
    "2001:db8::/32, 2001:db8:ffff::, true",
    "2001:db8::/32, 2001:db9::, false",
    "2001:db8::8000/113, 2001:db8::ffff, true",
    "2001:db8::8000/113, 2001:db8::7fff, false",
    "::1, ::1, true",
    "::1, 127.0.0.1, false",
    "::ffff:10.0.0.1, 10.0.0.1, true",
    "::/1, 10.0.0.1, false"
  })
  void has_address_isDecidedByItsFirstBits(String entry, String address, boolean expected) {
    assertEquals(
        expected,
        TrustedProxies.of(List.of("192.0.2.1", entry))
            .has(AddressLiteral.parse(address).orElseThrow()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "proxy.example.org",
        "10.0.0",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/0",
        "::/0",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0.0/8/8",
        "10.0.0.1/8",
        "::1/129",
        "::1/64",
        "::ffff:10.0.0.0/104",
        "10.0.0.0/255.0.0.0",
        "[::1]",
        "*"
      })
  void of_anythingElse_isRefused(String entry) {
    assertThrows(InvalidValueException.class, () -> TrustedProxies.of(List.of(entry)));
  }
}
