package org.securechat.client.http;

import java.io.InputStream;
import java.util.function.Supplier;
import org.securechat.domain.identity.Sha256;

/**
 * A body that is read while it is sent. Its digest is signed, so it must be known before.
 *
 * @param content opened anew each time that the call is sent; the same bytes each time
 * @param length of the content in bytes
 * @param sha256 of the content
 */
public record FileBody(Supplier<InputStream> content, long length, Sha256 sha256) {}
