/**
 * What a project keeps for its jobs, as GitHub's settings of a repository have it: secrets,
 * variables, environments with their protection, and what its workflows may do.
 */
@NullMarked
package dev.rondo.settings;

import org.jspecify.annotations.NullMarked;
