/** What tests need of the machine. Knows nothing of Rondo, and is never in the program. */
@NullMarked
package dev.rondo.kits.machine;

import org.jspecify.annotations.NullMarked;
