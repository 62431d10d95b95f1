package org.securechat.domain.credential;

/**
 * Where a request comes from, as far as limits are concerned.
 *
 * @param network an IPv4 address, or the first 64 bits of an IPv6 one, since a single customer has
 *     them all; at most 64 characters
 * @param loopback whether it is this machine itself
 */
public record RemoteAddress(String network, boolean loopback) {}
