/** What the templates of settings see. */
@NullMarked
package dev.rondo.settings.view;

import org.jspecify.annotations.NullMarked;
