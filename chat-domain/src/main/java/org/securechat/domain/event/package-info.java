/** What has changed, told to whoever waits for it in this deployment. */
@NullMarked
package org.securechat.domain.event;

import org.jspecify.annotations.NullMarked;
