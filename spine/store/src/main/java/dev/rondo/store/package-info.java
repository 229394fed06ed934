/**
 * Where Rondo keeps things: one database (SQLite by default, PostgreSQL), migrations, blobs by
 * SHA-256 digest, and secrets sealed with a key that is made on first start.
 */
@NullMarked
package dev.rondo.store;

import org.jspecify.annotations.NullMarked;
