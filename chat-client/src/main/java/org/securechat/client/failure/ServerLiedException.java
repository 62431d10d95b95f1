package org.securechat.client.failure;

import org.securechat.protocol.conversation.ServerFault;

/**
 * The server is proven to have lied about a conversation. Nothing more of it is shown or sent; the
 * evidence is kept.
 */
public final class ServerLiedException extends ChatException {
  private final transient ServerFault fault;

  public ServerLiedException(ServerFault fault) {
    super(fault.sentence(), null);
    this.fault = fault;
  }

  /** What was done, where, and the proof. */
  public ServerFault fault() {
    return fault;
  }
}
