/** How a run is told: as text, as JSON, as a picture. */
@NullMarked
package org.securechat.benchmarks.report;

import org.jspecify.annotations.NullMarked;
