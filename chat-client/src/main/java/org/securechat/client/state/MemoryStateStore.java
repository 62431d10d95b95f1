package org.securechat.client.state;

/** Remembers for as long as the process runs. Safe for use by many threads. */
public final class MemoryStateStore implements StateStore {
  private volatile DeviceState state = DeviceState.EMPTY;

  @Override
  public DeviceState load() {
    return state;
  }

  @Override
  public void save(DeviceState next) {
    state = next;
  }
}
