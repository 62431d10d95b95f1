package org.securechat.http.json;

import org.securechat.domain.request.Envelope;

/**
 * A signed envelope as received, and the members of its data.
 *
 * @param data without members when the envelope has no object {@code data}
 */
public record SignedBody(Envelope envelope, JsonObject data) {}
