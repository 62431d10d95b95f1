package org.securechat.client.state;

/**
 * Where a device keeps its state. Used by one {@link
 * org.securechat.client.conversation.Conversations} at a time, which calls from many threads, one
 * after the other.
 */
public interface StateStore {

  /**
   * What was saved last; {@link DeviceState#EMPTY} before anything was.
   *
   * @throws StateException if there is something that can't be read
   */
  DeviceState load();

  /**
   * Puts this in place of what was there: all of it, for good, or nothing.
   *
   * @throws StateException if that can't be done
   */
  void save(DeviceState state);
}
