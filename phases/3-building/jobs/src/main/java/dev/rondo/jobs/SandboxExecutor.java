package dev.rondo.jobs;

import dev.rondo.sandbox.Ending;
import dev.rondo.sandbox.Job;
import dev.rondo.sandbox.Limits;
import dev.rondo.sandbox.Network;
import dev.rondo.sandbox.Output;
import dev.rondo.sandbox.Program;
import dev.rondo.sandbox.Sandbox;
import dev.rondo.sandbox.SandboxFailure;
import dev.rondo.sandbox.ServerDoors;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs on this machine, each in a sandbox of its own. */
public final class SandboxExecutor implements Executor {
    private final Sandbox sandbox;
    private final Limits limits;

    /**
     * @param limits what each job may use
     */
    public SandboxExecutor(Sandbox sandbox, Limits limits) {
        this.sandbox = sandbox;
        this.limits = limits;
    }

    @Override
    public Shell open(JobPlace place) {
        if (!place.wanted().nothing()) {
            throw new IllegalStateException(
                    "The job asks for '%s', and this machine has no engine for containers"
                            .formatted(
                                    place.wanted().job().isPresent() ? "container" : "services"));
        }
        return open(place, Map.of());
    }

    /** Whether jobs have a network of their own, so that ports must be led into it. */
    public boolean walled() {
        return sandbox.mode() != Sandbox.Mode.OFF;
    }

    /** The ways to the server for what has a network of its own. */
    public Optional<ServerDoors> doors() {
        return sandbox.doors();
    }

    /**
     * Opens a shell whose steps reach some addresses of the server's side at ports of localhost.
     *
     * @param led by port inside
     */
    public Shell open(JobPlace place, Map<Integer, InetSocketAddress> led) {
        JobFolders folders = place.folders();
        var command = new ArrayList<>(List.of("bash", "--noprofile", "--norc"));
        command.addAll(DrivenShell.command(folders));
        var program =
                new Program(
                        command,
                        folders.work(),
                        Map.of("HOME", folders.home().toString()),
                        folders.mounts(),
                        Network.SERVED,
                        limits.withOutput(0).withWallTime(place.time()));
        return new DrivenShell(
                place, sink -> vessel(sandbox.start(program, led, Output.merged(sink))));
    }

    private static DrivenShell.Vessel vessel(Job job) {
        return new DrivenShell.Vessel() {
            @Override
            public String ended() throws InterruptedException {
                try {
                    return switch (job.await()) {
                        case Ending.Exceeded exceeded -> exceeded.message();
                        case Ending.Cancelled cancelled -> "The job was ended";
                        case Ending.Exited exited ->
                                "The job's shell ended by itself with code " + exited.code();
                    };
                } catch (SandboxFailure e) {
                    return "The sandbox failed: " + e.getMessage();
                }
            }

            @Override
            public void kill() {
                job.cancel();
            }
        };
    }
}
