/** A workflow that is run from a folder, without a server. */
@NullMarked
package dev.rondo.local;

import org.jspecify.annotations.NullMarked;
