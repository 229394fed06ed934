/**
 * Whether a candidate version does worse than the stable one, decided from counts alone: no clock,
 * no database, no threads. The reasons for the tests stand in {@code docs/judgement.md}.
 */
@NullMarked
package dev.rondo.monitoring.judgement;

import org.jspecify.annotations.NullMarked;
