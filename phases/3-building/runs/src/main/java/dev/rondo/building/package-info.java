/**
 * Building: hears a push, reads the workflows at its commit, runs their jobs behind walls, keeps
 * their logs, artifacts and reports, and says how each run ended.
 */
@NullMarked
package dev.rondo.building;

import org.jspecify.annotations.NullMarked;
