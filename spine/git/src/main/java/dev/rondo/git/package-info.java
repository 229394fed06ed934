/**
 * Bare repositories on disk: the smart HTTP transport in front of native git, and reading in the
 * process through JGit. Knows nothing of projects, accounts or the journal; whoever serves a
 * repository passes its rules in.
 */
@NullMarked
package dev.rondo.git;

import org.jspecify.annotations.NullMarked;
