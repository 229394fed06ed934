/** What the templates of planning may see. */
@NullMarked
package dev.rondo.planning.view;

import org.jspecify.annotations.NullMarked;
