/** What the templates of releasing see. */
@NullMarked
package dev.rondo.releasing.view;

import org.jspecify.annotations.NullMarked;
