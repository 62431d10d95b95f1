/** Who somebody is: ids, names, addresses, identity keys and what is signed with them. */
@NullMarked
package org.securechat.domain.identity;

import org.jspecify.annotations.NullMarked;
