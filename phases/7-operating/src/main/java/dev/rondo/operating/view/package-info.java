/** What the templates of operating see. */
@NullMarked
package dev.rondo.operating.view;

import org.jspecify.annotations.NullMarked;
