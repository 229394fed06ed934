/**
 * Jobs in containers of a Docker Engine: the job's own container, its services, and actions that
 * are containers. Speaks to the engine through the {@code docker} command, whose options are those
 * that workflows write.
 */
@NullMarked
package dev.rondo.containers;

import org.jspecify.annotations.NullMarked;
