package org.securechat.http.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.credential.RemoteAddress;

class RemoteAddressesTest {
  private static final String PROXY = "127.0.0.1";
  private final RemoteAddresses addresses =
      new RemoteAddresses(
          TrustedProxies.of(List.of(PROXY, "::1", "10.0.0.0/8", "2001:db8:1::/48")));

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7, false",
    "2001:db8:2:3:4:5:6:7, 20010db800020003, false",
    "fe80:0:0:0:1:2:3:4%1, fe80000000000000, false"
  })
  void of_peerThatIsNoProxy_isNeverOverruled(String peer, String network, boolean loopback) {
    assertEquals(new RemoteAddress(network, loopback), addresses.of(peer, List.of("203.0.113.9")));
  }

  @Test
  void of_loopbackThatIsNoProxy_isLoopback() {
    RemoteAddresses direct = new RemoteAddresses(TrustedProxies.of(List.of()));

    assertEquals(new RemoteAddress(PROXY, true), direct.of(PROXY, List.of("203.0.113.9")));
    assertEquals(new RemoteAddress("0000000000000000", true), direct.of("::1", List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.9|203.0.113.9",
        "198.51.100.1, 203.0.113.9|203.0.113.9",
        "203.0.113.9, 10.1.2.3|203.0.113.9",
        "198.51.100.1,203.0.113.9 ,\t10.1.2.3, 127.0.0.1|203.0.113.9",
        "nonsense, 203.0.113.9|203.0.113.9",
        "2001:DB8:9:8:7::1|20010db800090008",
        "203.0.113.9, 2001:db8:1:ffff::5|203.0.113.9",
        "203.0.113.9, ::ffff:10.0.0.1|203.0.113.9",
        "::ffff:203.0.113.9|203.0.113.9"
      })
  void of_proxy_isTheLastAddressThatIsNone(String forwarded, String network) {
    assertEquals(new RemoteAddress(network, false), addresses.of(PROXY, List.of(forwarded)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "10.0.0.1",
        "127.0.0.1, 10.0.0.1",
        "203.0.113.9,",
        "203.0.113.9, ",
        "203.0.113.9, nonsense",
        "203.0.113.9, localhost",
        "203.0.113.9:1234",
        "[2001:db8::1]",
        "203.0.113.09",
        "203.0.113",
        "203.0.113.256",
        "0x7f000001",
        "3405803785",
        "fe80::1%1",
        "1::2::3",
        "12345::",
        "::1.2.3",
        ".:",
        "unknown",
        "_hidden",
        "203.0.113.\u0669"
      })
  void of_proxyThatNamesNobody_isTheProxyItselfAndNotLoopback(String forwarded) {
    assertEquals(new RemoteAddress(PROXY, false), addresses.of(PROXY, List.of(forwarded)));
  }

  @Test
  void of_proxyWithoutTheField_isTheProxyItself() {
    assertEquals(new RemoteAddress(PROXY, false), addresses.of(PROXY, List.of()));
    assertEquals(new RemoteAddress("10.9.9.9", false), addresses.of("10.9.9.9", List.of()));
  }

  @Test
  void of_loopbackSeenByAProxyElsewhere_isNotThisMachine() {
    RemoteAddresses elsewhere = new RemoteAddresses(TrustedProxies.of(List.of("10.0.0.1")));

    assertEquals(
        new RemoteAddress("127.0.0.1", false), elsewhere.of("10.0.0.1", List.of("127.0.0.1")));
  }

  @Test
  void of_severalLines_areOneList() {
    assertEquals(
        new RemoteAddress("203.0.113.9", false),
        addresses.of(PROXY, List.of("198.51.100.1", "203.0.113.9", "10.0.0.2")));
  }

  @Test
  void of_proxiesAtTheLimitAndAbove_areFollowedAndNot() {
    String atTheLimit = "203.0.113.9" + ",10.0.0.1".repeat(RemoteAddresses.MAX_HOPS);

    assertEquals(new RemoteAddress("203.0.113.9", false), addresses.of(PROXY, List.of(atTheLimit)));
    assertEquals(
        new RemoteAddress(PROXY, false), addresses.of(PROXY, List.of(atTheLimit + ",10.0.0.1")));
    assertEquals(
        new RemoteAddress(PROXY, false),
        addresses.of(PROXY, Collections.nCopies(4_000, "10.0.0.1")));
  }
}
