/**
 * Signed requests: their window of time, their context, their signature, and that each counts once.
 */
@NullMarked
package org.securechat.domain.request;

import org.jspecify.annotations.NullMarked;
