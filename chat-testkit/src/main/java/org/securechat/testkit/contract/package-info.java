/** What every adapter of a port must do: implement the contract of the port in a test class. */
@NullMarked
package org.securechat.testkit.contract;

import org.jspecify.annotations.NullMarked;
