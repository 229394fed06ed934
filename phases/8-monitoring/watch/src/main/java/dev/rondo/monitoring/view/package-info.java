/** What the templates of monitoring may see. */
@NullMarked
package dev.rondo.monitoring.view;

import org.jspecify.annotations.NullMarked;
