/** Every refusal of the chat core, and the two other ways in which a call can end badly. */
@NullMarked
package org.securechat.domain.rejection;

import org.jspecify.annotations.NullMarked;
