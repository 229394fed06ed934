/** What every executor of jobs has to do alike, and jobs to try it with. */
@NullMarked
package dev.rondo.kits.jobs;

import org.jspecify.annotations.NullMarked;
