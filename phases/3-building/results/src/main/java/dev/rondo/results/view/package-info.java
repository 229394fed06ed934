/** What the templates of this module may see. */
@NullMarked
package dev.rondo.results.view;

import org.jspecify.annotations.NullMarked;
