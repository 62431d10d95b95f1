/** Random lives of conversations, for comparing sets of stores with each other. */
@NullMarked
package org.securechat.testkit.model;

import org.jspecify.annotations.NullMarked;
