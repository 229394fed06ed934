package dev.rondo.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The places where control groups can be made, one for all controllers in version 2, one for each
 * in version 1; found by trying. Below the server's own group where that is allowed, so that limits
 * of the server hold for its programs too.
 */
final class GroupTree {

    private static final List<String> WANTED = List.of("memory", "pids", "cpu", "cpuacct");
    private static final long CPU_PERIOD_MICROS = 100_000;

    private final Map<String, Path> bases;
    private final int version;

    private GroupTree(Map<String, Path> bases, int version) {
        this.bases = bases;
        this.version = version;
    }

    static GroupTree find() {
        var own = ownGroups(ProcFiles.text(Path.of("/proc/self/cgroup")));
        var mounts = ProcFiles.text(Path.of("/proc/self/mountinfo")).lines().toList();
        var first = findFirst(mounts, own);
        return first.bases.isEmpty() ? findSecond(mounts, own.getOrDefault("", "/")) : first;
    }

    /** Nothing can be written, as in most containers. */
    static GroupTree none() {
        return new GroupTree(Map.of(), 0);
    }

    String describe() {
        return bases.isEmpty()
                ? "no control groups can be written; processes are measured and killed instead"
                : "control groups v" + version + " (" + String.join(", ", sorted()) + ")";
    }

    /** Makes the group of one program, with its limits. */
    Group create(String id, Limits limits) {
        var folders = new LinkedHashSet<Path>();
        try {
            for (var base : bases.values()) {
                folders.add(Files.createDirectories(base.resolve("rondo-" + id)));
            }
            var group = new Group(List.copyOf(folders));
            if (limits.memoryBytes() > 0) {
                group.set("memory.limit_in_bytes", Long.toString(limits.memoryBytes()));
                group.set("memory.memsw.limit_in_bytes", Long.toString(limits.memoryBytes()));
                group.set("memory.max", Long.toString(limits.memoryBytes()));
                group.set("memory.swap.max", "0");
            }
            if (limits.processes() > 0) {
                // The walls themselves are three processes.
                group.set("pids.max", Integer.toString(limits.processes() + 3));
            }
            if (limits.cores() > 0) {
                long quota = Math.max(1000, (long) (limits.cores() * CPU_PERIOD_MICROS));
                group.set("cpu.cfs_quota_us", Long.toString(quota));
                group.set("cpu.max", quota + " " + CPU_PERIOD_MICROS);
            }
            return group;
        } catch (IOException e) {
            throw new SandboxFailure(
                    SandboxFailure.Category.SETUP, "cannot make a control group", e);
        }
    }

    private List<String> sorted() {
        return bases.keySet().stream().filter(name -> !name.equals("cpuacct")).sorted().toList();
    }

    /** Controller → path of the own group; the empty name is version 2. */
    static Map<String, String> ownGroups(String text) {
        var own = new HashMap<String, String>();
        text.lines()
                .map(line -> line.split(":", 3))
                .filter(part -> part.length == 3)
                .forEach(part -> {
                    for (var controller : part[1].split(",", -1)) {
                        own.put(controller, part[2]);
                    }
                });
        return own;
    }

    private static GroupTree findFirst(List<String> mounts, Map<String, String> own) {
        var bases = new HashMap<String, Path>();
        for (var controller : WANTED) {
            for (var mount : mounts) {
                var side = mount.split(" - ", 2);
                if (side.length < 2 || !side[1].startsWith("cgroup ")) {
                    continue;
                }
                var options = List.of(side[1].substring(side[1].lastIndexOf(' ') + 1).split(","));
                var field = side[0].split(" ");
                if (options.contains(controller) && own.containsKey(controller)) {
                    var ownGroup = below(field[3], own.get(controller));
                    writable(List.of(Path.of(field[4] + ownGroup), Path.of(field[4])))
                            .ifPresent(base -> bases.putIfAbsent(controller, base));
                }
            }
        }
        return new GroupTree(bases, 1);
    }

    private static GroupTree findSecond(List<String> mounts, String own) {
        for (var mount : mounts) {
            var side = mount.split(" - ", 2);
            if (side.length < 2 || !side[1].startsWith("cgroup2 ")) {
                continue;
            }
            var field = side[0].split(" ");
            var ownGroup = Path.of(field[4] + below(field[3], own));
            var shared = Path.of(field[4], "rondo");
            for (var base : List.of(ownGroup, shared)) {
                if (delegates(base, base.equals(ownGroup))) {
                    var bases = new HashMap<String, Path>();
                    for (var name : List.of("memory", "pids", "cpu")) {
                        bases.put(name, base);
                    }
                    return new GroupTree(bases, 2);
                }
            }
        }
        return new GroupTree(Map.of(), 2);
    }

    /**
     * A group that holds processes cannot hand controllers down, so the server moves into a leaf.
     */
    private static boolean delegates(Path base, boolean own) {
        try {
            Files.createDirectories(base);
            if (own) {
                var inside = ProcFiles.text(base.resolve("cgroup.procs")).lines().toList();
                var me = Long.toString(ProcessHandle.current().pid());
                if (!inside.isEmpty() && !inside.equals(List.of(me))) {
                    return false;
                }
                if (!inside.isEmpty()) {
                    var leaf = Files.createDirectories(base.resolve("rondo-server"));
                    Files.writeString(leaf.resolve("cgroup.procs"), me);
                }
            }
            Files.writeString(base.resolve("cgroup.subtree_control"), "+memory +pids +cpu");
            return writable(List.of(base)).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private static String below(String root, String path) {
        var rest =
                !root.equals("/") && path.startsWith(root) ? path.substring(root.length()) : path;
        return rest.equals("/") ? "" : rest;
    }

    private static Optional<Path> writable(List<Path> candidates) {
        for (var base : candidates) {
            var probe =
                    base.resolve(
                            String.format(
                                    Locale.ROOT, "rondo-probe-%d", ProcessHandle.current().pid()));
            try {
                if (Files.isDirectory(base)) {
                    Files.createDirectory(probe);
                    var usable = Files.isWritable(probe.resolve("cgroup.procs"));
                    Files.delete(probe);
                    if (usable) {
                        return Optional.of(base);
                    }
                }
            } catch (IOException e) {
                // Not here then; the next candidate.
            }
        }
        return Optional.empty();
    }

    /** The folders of a group that an earlier run made. */
    static Group existing(List<Path> folders) {
        return new Group(new ArrayList<>(folders));
    }
}
