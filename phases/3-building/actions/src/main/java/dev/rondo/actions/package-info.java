/**
 * The language of workflows: expressions, the workflow file and its mistakes, matrix, graph of
 * jobs, commands and files by which a step speaks to its runner. Pure: nothing here runs, stores or
 * waits.
 */
@NullMarked
package dev.rondo.actions;

import org.jspecify.annotations.NullMarked;
