/**
 * The sixth phase: takes published releases into environments. A rollout is a pure state machine
 * ({@link dev.rondo.deploying.RolloutSteps}); what it wants is written down as rows, and a keeper
 * per instance and the traffic router are brought in line with those rows, again after each
 * restart.
 */
@NullMarked
package dev.rondo.deploying;

import org.jspecify.annotations.NullMarked;
