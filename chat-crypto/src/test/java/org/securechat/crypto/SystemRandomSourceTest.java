package org.securechat.crypto;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.RandomSource;
import org.securechat.testkit.contract.RandomSourceContract;

class SystemRandomSourceTest implements RandomSourceContract {
  private final SystemRandomSource random = new SystemRandomSource();

  @Override
  public RandomSource random() {
    return random;
  }

  @Test
  void bytes_none_throws() {
    assertThrows(IllegalArgumentException.class, () -> random.bytes(0));
  }
}
