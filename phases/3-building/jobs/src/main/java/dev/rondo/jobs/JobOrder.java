package dev.rondo.jobs;

import dev.rondo.actions.Workflow;
import java.util.List;
import java.util.Map;

/**
 * One job as it is to be run.
 *
 * @param id names its folder; unique among all jobs that run
 * @param project whose tool folder and package caches it shares
 * @param workflow the file that it stands in: its variables and defaults
 * @param secrets by name; hidden in everything that the job prints
 * @param intro the first lines of its log
 */
public record JobOrder(
        String id,
        String project,
        Workflow workflow,
        Workflow.Job job,
        Contexts contexts,
        Map<String, String> secrets,
        List<String> intro,
        JobServices services) {

    /** A job without a server. */
    public JobOrder(
            String id,
            String project,
            Workflow workflow,
            Workflow.Job job,
            Contexts contexts,
            Map<String, String> secrets,
            List<String> intro) {
        this(id, project, workflow, job, contexts, secrets, intro, JobServices.NONE);
    }

    /** The same with what its server offers. */
    public JobOrder with(JobServices offered) {
        return new JobOrder(id, project, workflow, job, contexts, secrets, intro, offered);
    }

    /** A secret may be in it. */
    @Override
    public String toString() {
        return "JobOrder[" + id + "]";
    }
}
