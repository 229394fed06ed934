/**
 * Who may do what: accounts, sessions, personal access tokens, projects with their members and
 * roles. Every change is an audit entry in the journal.
 */
@NullMarked
package dev.rondo.access;

import org.jspecify.annotations.NullMarked;
