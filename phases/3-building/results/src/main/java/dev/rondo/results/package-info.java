/**
 * What a running job calls: the Results service with artifacts and caches, signed URLs that speak
 * the block blob protocol, identity tokens, and the tokens by which a job proves that it is the
 * job. {@link dev.rondo.results.Results} is wired by building; {@link dev.rondo.results.LiveJob} is
 * what one job gets as long as it runs.
 */
@NullMarked
package dev.rondo.results;

import org.jspecify.annotations.NullMarked;
