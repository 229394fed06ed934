/** What the templates of the loop see. */
@NullMarked
package dev.rondo.loop.view;

import org.jspecify.annotations.NullMarked;
