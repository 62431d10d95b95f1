package org.securechat.protocol.conversation;

/**
 * The server is proven to have lied about this conversation. Nothing more of it is shown or sent
 * until its user decides.
 */
public final class ServerFaultException extends Exception {
  private final transient ServerFault fault;

  ServerFaultException(ServerFault fault) {
    super(fault.sentence());
    this.fault = fault;
  }

  public ServerFault fault() {
    return fault;
  }
}
