/**
 * What jobs write: the log of each as a file that is read from anywhere while it grows, searched,
 * and given away as text.
 */
@NullMarked
package dev.rondo.joblogs;

import org.jspecify.annotations.NullMarked;
