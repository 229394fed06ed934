/**
 * Planning: work items, backlog, sprints and the board. Items are moved by people, and by facts: a
 * commit that names one, a gate that passed, a deployment. A rollback writes the next one.
 */
@NullMarked
package dev.rondo.planning;

import org.jspecify.annotations.NullMarked;
