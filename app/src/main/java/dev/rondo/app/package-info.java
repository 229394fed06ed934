/** The program: lists the phases in order and wires them by constructor; the command line. */
@NullMarked
package dev.rondo.app;

import org.jspecify.annotations.NullMarked;
