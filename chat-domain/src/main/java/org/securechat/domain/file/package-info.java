/** Files: encrypted bytes that messages carry. */
@NullMarked
package org.securechat.domain.file;

import org.jspecify.annotations.NullMarked;
