package org.securechat.app;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.securechat.app.Friends.Friend;
import org.securechat.client.conversation.Conversation;
import org.securechat.domain.identity.UserId;
import org.securechat.protocol.key.IdentityKeyPair;

/** Somebody in a {@link Simulation}, with all devices that are signed in. */
final class SimulatedPerson {
  private final UserId id;
  private final IdentityKeyPair identity;
  private final List<Device> devices = new CopyOnWriteArrayList<>();

  /**
   * A device, and what it holds of conversations, whether it may still or not.
   *
   * @param friend its owner on it
   */
  record Device(Friend friend, Map<Room, Conversation> held) {
    Device(Friend friend) {
      this(friend, new ConcurrentHashMap<>());
    }

    /** Opens a conversation. */
    Conversation open(Room room) {
      Conversation conversation = friend.conversations().open(room.id());
      held.put(room, conversation);
      return conversation;
    }
  }

  SimulatedPerson(Friend friend) {
    this.id = friend.session().saved().account().id();
    this.identity = friend.session().saved().identity();
    devices.add(new Device(friend));
  }

  UserId id() {
    return id;
  }

  IdentityKeyPair identity() {
    return identity;
  }

  List<Device> devices() {
    return devices;
  }

  Device anyDevice(Random random) {
    return devices.get(random.nextInt(devices.size()));
  }

  /** One more device is signed in. */
  Device add(Friend friend) {
    Device device = new Device(friend);
    devices.add(device);
    return device;
  }

  /** The password has changed on one device; the others are signed out. */
  void keepOnly(Device changed, Friend friend) {
    devices.clear();
    devices.add(new Device(friend, changed.held()));
  }

  @Override
  public String toString() {
    return devices.get(0).friend().name().value();
  }
}
