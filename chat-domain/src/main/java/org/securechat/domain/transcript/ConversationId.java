package org.securechat.domain.transcript;

import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.identity.RandomSource;

/**
 * Names a conversation on one server. What is signed names its {@link GroupId} instead.
 *
 * @param value 1 to 2<sup>53</sup> − 1; random, so that it says nothing about how many there are
 */
public record ConversationId(long value) {
  public ConversationId {
    ExactInteger.require(value, 1, "A conversation id");
  }

  /** Draws a new id. A clash with a given one is so rare that the store may fail the request. */
  public static ConversationId random(RandomSource random) {
    return new ConversationId(ExactInteger.random(random));
  }
}
