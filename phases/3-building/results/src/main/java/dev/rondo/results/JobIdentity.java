package dev.rondo.results;

import dev.rondo.access.Projects;
import dev.rondo.actions.Permissions;

/** Which job it is that runs, as its tokens say it. */
public record JobIdentity(Place place, Source source, Flow flow, Ids ids, Permissions permissions) {

    /**
     * @param run identifier of the run
     * @param number what {@code github.run_id} says: the run's number in its project
     * @param ordinal what {@code github.run_number} says: which of its workflow's runs it is
     * @param job identifier of the job within the run
     */
    public record Place(
            String project, String run, long number, long ordinal, int attempt, String job) {}

    /**
     * What is built.
     *
     * @param baseRef name of the branch that a pull request leads to, or empty
     * @param headRef name of the branch that a pull request comes from, or empty
     * @param defaultBranch name of the project's default branch
     */
    public record Source(
            String ref, String sha, String baseRef, String headRef, String defaultBranch) {}

    /**
     * What it is built by.
     *
     * @param workflowRef such as {@code rondo/shop/.github/workflows/ci.yml@refs/heads/main}
     * @param jobWorkflowRef the same, or that of the called workflow that the job stands in
     * @param jobWorkflowSha the commit at which that one was read
     * @param environment name, or empty
     */
    public record Flow(
            String workflow,
            String workflowRef,
            String jobWorkflowRef,
            String jobWorkflowSha,
            String event,
            String actor,
            String environment) {}

    static final String OWNER = Projects.OWNER;

    /** The numbers that GitHub's clients know these names by. */
    public record Ids(String repository, String owner, String actor) {}

    String repository() {
        return OWNER + "/" + place.project();
    }

    /** {@code run:job}, by which the runtime's token names the job. */
    String backendIds() {
        return place.run() + ":" + place.job();
    }
}
