/** What is measured of a run, and how runs are compared. */
@NullMarked
package org.securechat.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
