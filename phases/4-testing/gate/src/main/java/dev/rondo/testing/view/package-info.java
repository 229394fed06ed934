/** What the templates of testing may see. */
@NullMarked
package dev.rondo.testing.view;

import org.jspecify.annotations.NullMarked;
