package dev.rondo.engine;

import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.Permissions;
import dev.rondo.actions.Workflow;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import java.util.Map;
import java.util.TreeMap;

/** Gathers what a job may know and do when it starts, secrets included. */
final class Briefing {
    private static final String SNAPSHOT =
            "'snapshot' makes an image of a runner that GitHub hosts, and jobs here run on no such"
                    + " runner: take the key out";

    private final Workshop shop;
    private final Run run;
    private final Board board;
    private final Calls calls;
    private final Expansion expansion;

    Briefing(Workshop shop, Run run, Board board, Calls calls) {
        this.shop = shop;
        this.run = run;
        this.board = board;
        this.calls = calls;
        this.expansion = new Expansion(board);
    }

    /** With a run that is to say more, those of the runner's debug logging. */
    private Map<String, String> variables(String environment) {
        var all = new TreeMap<>(shop.settings().variables().open(run.project(), environment));
        if (run.turn().debug()) {
            all.put("ACTIONS_STEP_DEBUG", "true");
            all.put("ACTIONS_RUNNER_DEBUG", "true");
        }
        return all;
    }

    /** A job that asks for what no station has fails with the reason, and does not run. */
    JobTask task(Level level, Workflow.Job job, RunJob row, Station station) {
        if (job.key("snapshot").isPresent()) {
            throw ExpressionFault.failed(SNAPSHOT);
        }
        var graph = new JobGraph(level.workflow(), board.within(level.caller()));
        String environment = row.gate().environment();
        var secrets = new TreeMap<>(level.secrets(shop.settings().secrets().open(run.project())));
        if (!environment.isEmpty()) {
            secrets.putAll(shop.settings().secrets().open(run.project(), environment));
        }
        Permissions permissions =
                level.permissions(job)
                        .orElseGet(
                                () -> shop.settings().values().policy(run.project()).permissions());
        return new JobTask(
                run,
                row,
                level.workflow(),
                job,
                graph.needs(job),
                expansion.strategy(level, graph, job, row),
                new JobTask.Given(
                        level.inputs(),
                        secrets,
                        variables(environment),
                        permissions,
                        level.reference(),
                        calls.commit(level.reference()),
                        station));
    }
}
