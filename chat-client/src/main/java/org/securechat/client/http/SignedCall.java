package org.securechat.client.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is sent for a call: headers by their names, and the body, or null for none.
 *
 * @param body JSON, in UTF-8 on the wire
 */
record SignedCall(Map<String, String> headers, @Nullable String body) {

  @Override
  public String toString() {
    return "SignedCall" + headers.keySet();
  }
}
