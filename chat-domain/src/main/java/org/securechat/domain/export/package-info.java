/** Everything that is held about somebody, for that very person. */
@NullMarked
package org.securechat.domain.export;

import org.jspecify.annotations.NullMarked;
