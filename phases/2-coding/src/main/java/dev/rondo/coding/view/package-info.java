/** What the templates of coding see. */
@NullMarked
package dev.rondo.coding.view;

import org.jspecify.annotations.NullMarked;
