/**
 * The HTTP server, the shell of every page, and what pages are made of. Handlers get a {@link
 * dev.rondo.web.Visit}; every route says who may call it ({@link dev.rondo.web.May}); a user's
 * fault is a {@link dev.rondo.web.Refusal}, ours is an exception that is logged under an id.
 */
@NullMarked
package dev.rondo.web;

import org.jspecify.annotations.NullMarked;
