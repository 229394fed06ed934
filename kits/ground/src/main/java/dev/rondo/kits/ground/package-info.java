/** A whole spine for tests, with one project and its owner. */
@NullMarked
package dev.rondo.kits.ground;

import org.jspecify.annotations.NullMarked;
