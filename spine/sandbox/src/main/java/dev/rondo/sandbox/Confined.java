package dev.rondo.sandbox;

import dev.rondo.sandbox.RunFolder.Facts;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One program that runs or ran, a job or an instance, started by this Rondo or adopted. */
final class Confined {

    /** In the environment of every program that runs without walls, to find those that ran away. */
    static final String MARKER = "RONDO_SANDBOX_ID";

    private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

    private final RunFolder folder;
    private final Facts facts;
    private final long guard;
    private final long guardStarted;
    private final Group group;
    private final long startedNanos = System.nanoTime();

    private volatile @Nullable Limit exceeded;
    private volatile String message = "";
    private volatile boolean cancelled;
    private volatile @Nullable Usage lastUsage;

    Confined(RunFolder folder, Facts facts, long guard, long guardStarted) {
        this.folder = folder;
        this.facts = facts;
        this.guard = guard;
        this.guardStarted = guardStarted;
        this.group = GroupTree.existing(facts.paths().groups());
    }

    RunFolder folder() {
        return folder;
    }

    Facts facts() {
        return facts;
    }

    Group group() {
        return group;
    }

    Handle handle() {
        return new Handle(folder.id(), guard, guardStarted, facts.port());
    }

    boolean running() {
        return ProcFiles.stat(guard).started() == guardStarted && guardStarted != 0;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    Reading reading() {
        var inside = inside();
        double cpu =
                group.cpuNanos().isPresent()
                        ? group.cpuNanos().getAsLong() / 1e9
                        : inside.stream().mapToDouble(ProcFiles.Stat::cpuSeconds).sum();
        long memory =
                group.memoryBytes()
                        .orElseGet(() ->
                                inside.stream()
                                        .mapToLong(s -> ProcFiles.residentBytes(s.pid()))
                                        .sum());
        return new Reading(cpu, memory, inside.size());
    }

    /** Threads, as the kernel counts for its limit. */
    int tasks() {
        return inside().stream().mapToInt(ProcFiles.Stat::threads).sum();
    }

    /** The program's own processes, without guard, walls and network. */
    private List<ProcFiles.Stat> inside() {
        var up = folder.up();
        if (up.size() < 2) {
            return List.of();
        }
        var below = ProcFiles.below(up.getLast());
        if (facts.walled()) {
            return below;
        }
        var all = new HashSet<>(below);
        all.add(ProcFiles.stat(up.getLast()));
        all.removeIf(stat -> stat.pid() == 0);
        return List.copyOf(all);
    }

    void exceed(Limit limit, String why) {
        if (exceeded == null) {
            message = why;
            exceeded = limit;
            // Not on the watch's thread: one that dies slowly must not keep it from the others.
            Thread.ofVirtual().name("sandbox-kill").start(this::kill);
        }
    }

    void cancel() {
        if (running() && exceeded == null) {
            cancelled = true;
            kill();
        }
    }

    /** Asks every process of it to end. */
    void terminate() {
        cancelled = true;
        for (var stat : inside()) {
            ProcessHandle.of(stat.pid()).ifPresent(ProcessHandle::destroy);
        }
    }

    /** Until nothing of it lives; behind walls the first kill takes everything with it. */
    void kill() {
        long deadline = System.nanoTime() + KILL_PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var left = victims();
            left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            if (left.isEmpty() && !running()) {
                return;
            }
            if (left.isEmpty() && folder.up().isEmpty() && age().toSeconds() > 2) {
                break;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        for (var child : ProcFiles.below(guard)) {
            ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
        if (running()) {
            ProcessHandle.of(guard).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private Set<Long> victims() {
        var victims = new HashSet<>(group.processes());
        if (running()) {
            victims.addAll(folder.up());
            if (!facts.walled()) {
                inside().forEach(stat -> victims.add(stat.pid()));
            }
        }
        if (!facts.walled()) {
            victims.addAll(marked(folder.id()));
        }
        victims.remove(guard);
        victims.removeIf(pid -> ProcFiles.stat(pid).pid() == 0);
        return victims;
    }

    /** Processes that carry the marker of a run, wherever they hung themselves. */
    static Set<Long> marked(String id) {
        return ProcFiles.all().stream()
                .map(ProcFiles.Stat::pid)
                .filter(pid -> ProcFiles.environmentHas(pid, MARKER + "=" + id + "\0"))
                .collect(Collectors.toSet());
    }

    /** After the guard has ended: what is left is killed, then said how it ended. */
    Optional<Ending> ending() {
        kill();
        long kills = group.memoryKills();
        var usage = usage();
        var limit = exceeded;
        if (limit != null) {
            return Optional.of(new Ending.Exceeded(limit, message, usage));
        }
        if (kills > 0) {
            return Optional.of(new Ending.Exceeded(Limit.MEMORY, Watch.memoryMessage(this), usage));
        }
        if (cancelled) {
            return Optional.of(new Ending.Cancelled(usage));
        }
        var code = folder.exitCode();
        if (code.isPresent() && code.getAsInt() == 128 + 25) {
            // SIGXFSZ: one file beyond RLIMIT_FSIZE.
            return Optional.of(new Ending.Exceeded(Limit.DISK, Watch.diskMessage(this), usage));
        }
        return code.isPresent()
                ? Optional.of(new Ending.Exited(code.getAsInt(), usage))
                : Optional.empty();
    }

    /** Why it has no ending: not the program failed but what stands around it. */
    SandboxFailure failure(String said) {
        var network = ProcFiles.text(folder.file("network")).trim();
        return folder.networkFailed()
                ? new SandboxFailure(
                        SandboxFailure.Category.UNAVAILABLE,
                        "no network for the program: " + network + " " + said)
                : new SandboxFailure(
                        SandboxFailure.Category.SETUP, "the sandbox could not be built: " + said);
    }

    private Usage usage() {
        var known = lastUsage;
        if (known == null) {
            known = new Usage(age(), group.cpuNanos().orElse(0) / 1e9, group.peakBytes().orElse(0));
            lastUsage = known;
        }
        return known;
    }

    /** Forgets the run; only after its end. */
    void clear() {
        long deadline = System.nanoTime() + KILL_PATIENCE.toNanos();
        while (!group.removed() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
        try {
            folder.delete();
        } catch (IOException e) {
            throw new SandboxFailure(
                    SandboxFailure.Category.IO, "cannot delete " + folder.path(), e);
        }
    }

    /** The environment is secret; once the program has it, the file is of no use. */
    void forgetArguments() {
        try {
            Files.deleteIfExists(folder.file("args"));
        } catch (IOException e) {
            throw new SandboxFailure(
                    SandboxFailure.Category.IO, "cannot delete " + folder.file("args"), e);
        }
    }
}
