package org.securechat.testkit.memory;

import org.securechat.domain.event.EventBus;
import org.securechat.domain.event.LocalEventBus;
import org.securechat.testkit.contract.EventBusContract;

class LocalEventBusTest implements EventBusContract {
  private final EventBus bus = new LocalEventBus();

  @Override
  public EventBus bus() {
    return bus;
  }
}
