/** What the templates of the shell may see. */
@NullMarked
package dev.rondo.web.view;

import org.jspecify.annotations.NullMarked;
