/** What is known of runs, their jobs and their steps: records, and the rows that keep them. */
@NullMarked
package dev.rondo.records;

import org.jspecify.annotations.NullMarked;
