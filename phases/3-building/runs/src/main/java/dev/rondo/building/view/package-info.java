/** What the templates of building see. */
@NullMarked
package dev.rondo.building.view;

import org.jspecify.annotations.NullMarked;
