/**
 * One job: its folders, its shell, its steps and the actions that they use. Stores nothing and
 * knows no run; it tells a {@link dev.rondo.jobs.JobStory} what happens, and asks a {@link
 * dev.rondo.jobs.Workbench} for what it needs.
 */
@NullMarked
package dev.rondo.jobs;

import org.jspecify.annotations.NullMarked;
