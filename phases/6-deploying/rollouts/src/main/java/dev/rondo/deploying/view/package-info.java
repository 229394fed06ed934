/** What the templates of this phase see. */
@NullMarked
package dev.rondo.deploying.view;

import org.jspecify.annotations.NullMarked;
