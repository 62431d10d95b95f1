package org.securechat.domain.session;

import org.securechat.domain.request.Once;

/**
 * A caller whose request is verified.
 *
 * @param once what a change that the request asks for has to spend
 */
public record SignedCaller(Caller caller, Once once) {}
