/** JMH benchmarks of what every signed request needs. */
@NullMarked
package org.securechat.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
