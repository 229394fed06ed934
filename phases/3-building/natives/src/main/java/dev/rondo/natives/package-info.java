/**
 * The actions that everybody uses, done by Rondo itself with the inputs and outputs of the real
 * ones. Decisions are made in the server, from what it may trust; all work on a workspace is done
 * inside the job, by scripts.
 */
@NullMarked
package dev.rondo.natives;

import org.jspecify.annotations.NullMarked;
