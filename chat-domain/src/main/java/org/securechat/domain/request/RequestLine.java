package org.securechat.domain.request;

/**
 * The place of a request, to which a signature can be bound.
 *
 * @param method in capitals, such as {@code POST}
 * @param target the path with its query, exactly as sent
 */
public record RequestLine(String method, String target) {}
