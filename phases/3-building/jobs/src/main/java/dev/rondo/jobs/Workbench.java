package dev.rondo.jobs;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What jobs are run with.
 *
 * @param data where the folders of jobs and the caches of projects lie
 * @param tools {@code RUNNER_TOOL_CACHE}: a folder in the layout of the official setup actions that
 *     jobs may read; without one each project has its own
 */
public record Workbench(
        Path data, Executor executor, ActionSources sources, Optional<Path> tools) {}
