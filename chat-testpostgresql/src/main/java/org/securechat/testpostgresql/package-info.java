/** A PostgreSQL server for tests, which needs nothing installed. */
@NullMarked
package org.securechat.testpostgresql;

import org.jspecify.annotations.NullMarked;
