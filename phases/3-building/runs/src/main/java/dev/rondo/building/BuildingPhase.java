package dev.rondo.building;

import dev.rondo.journal.Fact;
import dev.rondo.journal.Reaction;
import dev.rondo.phase.Phase;
import dev.rondo.phase.ReportPatterns;
import dev.rondo.phase.Spine;
import dev.rondo.phase.Standing;
import dev.rondo.web.Routes;
import dev.rondo.web.Tone;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The third phase: from a pushed commit to artifacts, logs and reports. */
public final class BuildingPhase implements Phase {
    private final Conductor conductor;
    private final Planner planner;

    /**
     * @param reports which files of a workspace testing wants to see
     */
    public BuildingPhase(Spine spine, ReportPatterns reports) {
        this(spine, reports, Math.max(2, Runtime.getRuntime().availableProcessors()));
    }

    /** With so many jobs at once. */
    BuildingPhase(Spine spine, ReportPatterns reports, int jobs) {
        var shop =
                new Workshop(spine, new RunStore(spine.journal()), new SecretStore(spine), reports);
        this.conductor = new Conductor(shop, jobs);
        this.planner = new Planner(shop, conductor);
    }

    @Override
    public String name() {
        return "building";
    }

    @Override
    public int place() {
        return 3;
    }

    @Override
    public void routes(Routes routes) {}

    @Override
    public List<Reaction> reactions() {
        return List.of(Reaction.named("building").on(Fact.ChangePushed.class, planner::pushed));
    }

    @Override
    public List<Standing> holds(Handle sql, String project) {
        long running = RunRows.count(sql, project, "running");
        String path = "/projects/" + project + "/building/runs";
        return List.of(
                Standing.of(
                        "building.holds.running",
                        running,
                        running > 0 ? Tone.ACTIVE : Tone.NEUTRAL,
                        path));
    }

    @Override
    public void start() {
        conductor.start();
        planner.start();
    }

    @Override
    public void stop() {
        planner.stop();
        conductor.stop();
    }

    /** As a kill would end it: nothing gets its time. */
    void abandon() {
        planner.stop();
        conductor.abandon();
    }
}
