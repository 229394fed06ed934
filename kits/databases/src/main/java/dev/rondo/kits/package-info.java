/** What tests of all modules share. Never on the class path of the program. */
@NullMarked
package dev.rondo.kits;

import org.jspecify.annotations.NullMarked;
