/**
 * The traffic router: one listener of its own that sends each request to an instance of a service,
 * by host, path and weight, and measures the answer. It knows nothing of rollouts; it is given a
 * {@link dev.rondo.deploying.router.RouteTable} and swaps it as a whole.
 */
@NullMarked
package dev.rondo.deploying.router;

import org.jspecify.annotations.NullMarked;
