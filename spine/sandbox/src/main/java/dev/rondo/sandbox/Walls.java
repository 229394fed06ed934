package dev.rondo.sandbox;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a program is shut in: the command line that stands before its own. */
sealed interface Walls {

    /** A file of the run folder that becomes {@code /etc/gitconfig}, if it is there. */
    String GIT_CONFIG = "gitconfig";

    /** Git inside finds the server, which is published elsewhere, where jobs reach it. */
    static void leadGit(RunFolder folder, URI published) throws IOException {
        Files.writeString(
                folder.file(GIT_CONFIG),
                "[url \"http://%s/\"]\n\tinsteadOf = \"%s/\"\n"
                        .formatted(ServerDoors.NAME, published));
    }

    /** What the guard calls it. */
    String name();

    /** Writes what is needed into the folder and gives the command line. */
    List<String> around(Program program, RunFolder folder, Map<String, String> environment)
            throws IOException;

    /** Environment of the guard itself. */
    Map<String, String> guardEnvironment(Map<String, String> environment);

    /** What the program gets beside what its caller gave it. */
    Map<String, String> filledIn(Map<String, String> given, RunFolder folder);

    private static List<String> limited(Program program, boolean ownUser) {
        var command = new ArrayList<>(List.of("prlimit", "--core=0"));
        var limits = program.limits();
        // Counted per user: only where the user is the program's own, not the server's.
        if (limits.processes() > 0 && ownUser) {
            command.add("--nproc=" + (limits.processes() + 3));
        }
        if (limits.diskBytes() > 0) {
            // Twice, so that the watch over all files speaks first; this stops a sudden huge one.
            command.add("--fsize=" + 2 * Math.max(limits.diskBytes(), limits.outputBytes()));
        }
        command.add("--");
        command.addAll(program.command());
        return command;
    }

    /** Namespaces by bubblewrap; with a network, that namespace is made before it. */
    record Bubblewrap(Toolchains toolchains, List<Path> hidden) implements Walls {

        private static final String HOME = "/home/rondo";

        @Override
        public String name() {
            return "bubblewrap";
        }

        @Override
        public List<String> around(
                Program program, RunFolder folder, Map<String, String> environment)
                throws IOException {
            boolean connected = program.network() != Network.NONE;
            var options = new ArrayList<String>();
            options.addAll(
                    List.of("--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts"));
            options.addAll(List.of("--unshare-cgroup-try", "--hostname", "rondo"));
            if (!connected) {
                options.add("--unshare-net");
            }
            options.addAll(List.of("--uid", "1000", "--gid", "1000"));
            options.addAll(List.of("--die-with-parent", "--new-session"));
            options.addAll(toolchains.options());
            options.addAll(settings(folder, connected));
            options.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
            var size = Long.toString(temporaryBytes(program.limits()));
            options.addAll(List.of("--perms", "1777", "--size", size, "--tmpfs", "/tmp"));
            options.addAll(List.of("--perms", "1777", "--size", size, "--tmpfs", "/dev/shm"));
            options.addAll(List.of("--perms", "0700", "--size", size, "--tmpfs", HOME));
            for (var path : hidden) {
                if (Files.isDirectory(path)) {
                    options.addAll(List.of("--perms", "0755", "--tmpfs", path.toString()));
                }
            }
            program.mounts().stream()
                    .sorted(Comparator.comparingInt(mount -> mount.inside().getNameCount()))
                    .forEach(mount -> options.addAll(bind(mount)));
            options.addAll(List.of("--remount-ro", "/", "--clearenv"));
            environment.forEach((name, value) -> options.addAll(List.of("--setenv", name, value)));
            options.addAll(List.of("--chdir", program.directory().toString()));
            writeArguments(folder, options);

            var command = new ArrayList<String>();
            if (connected) {
                command.addAll(List.of("unshare", "--user", "--map-root-user", "--net", "--"));
            }
            command.addAll(List.of("bwrap", "--args", "7"));
            command.addAll(List.of("--json-status-fd", "9", "--block-fd", "8", "--"));
            command.addAll(limited(program, true));
            return command;
        }

        /** A file, since anyone on the machine may read a command line, and secrets are in here. */
        private static void writeArguments(RunFolder folder, List<String> options)
                throws IOException {
            var file = folder.file("args");
            var owner = PosixFilePermissions.fromString("rw-------");
            Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
            Files.write(file, (String.join("\0", options) + "\0").getBytes(StandardCharsets.UTF_8));
        }

        private static List<String> settings(RunFolder folder, boolean connected)
                throws IOException {
            var files = new TreeMap<String, String>();
            files.put(
                    "passwd",
                    "root:x:0:0::/root:/bin/sh\nrondo:x:1000:1000::" + HOME + ":/bin/sh\n");
            files.put("group", "root:x:0:\nrondo:x:1000:\n");
            files.put("hosts", "127.0.0.1 localhost rondo rondo.localhost\n::1 localhost\n");
            files.put("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
            // slirp4netns answers there and asks whom the server asks, even on its loopback.
            files.put("resolv.conf", connected ? "nameserver 10.0.2.3\n" : "");
            var options = new ArrayList<String>();
            for (var file : files.entrySet()) {
                var path = folder.file(file.getKey());
                Files.writeString(path, file.getValue());
                options.addAll(List.of("--ro-bind", path.toString(), "/etc/" + file.getKey()));
            }
            var git = folder.file(GIT_CONFIG);
            if (Files.exists(git)) {
                options.addAll(List.of("--ro-bind", git.toString(), "/etc/" + GIT_CONFIG));
            }
            return options;
        }

        private static List<String> bind(Mount mount) {
            return List.of(
                    mount.writable() ? "--bind" : "--ro-bind",
                    mount.outside().toString(),
                    mount.inside().toString());
        }

        private static long temporaryBytes(Limits limits) {
            long memory = limits.memoryBytes() > 0 ? limits.memoryBytes() : Long.MAX_VALUE;
            long disk = limits.diskBytes() > 0 ? limits.diskBytes() : Long.MAX_VALUE;
            return Math.min(Math.min(memory, disk), 4L << 30);
        }

        @Override
        public Map<String, String> guardEnvironment(Map<String, String> environment) {
            return Map.of();
        }

        @Override
        public Map<String, String> filledIn(Map<String, String> given, RunFolder folder) {
            var all = new TreeMap<>(given);
            all.putIfAbsent("PATH", toolchains.path());
            all.putIfAbsent("HOME", HOME);
            all.putIfAbsent("TMPDIR", "/tmp");
            all.putIfAbsent("LANG", "C.UTF-8");
            return all;
        }
    }

    /** No walls: a plain process in a session of its own, under the same limits where they work. */
    record Off(String path) implements Walls {

        @Override
        public String name() {
            return "off";
        }

        @Override
        public List<String> around(
                Program program, RunFolder folder, Map<String, String> environment)
                throws IOException {
            for (var mount : program.mounts()) {
                if (!mount.outside().equals(mount.inside())) {
                    throw new SandboxFailure(
                            SandboxFailure.Category.SETUP,
                            "with the sandbox off, %s cannot be shown as %s"
                                    .formatted(mount.outside(), mount.inside()));
                }
            }
            Files.createDirectories(folder.file("home"));
            folder.makeTmp();
            var command =
                    new ArrayList<>(List.of("env", "--chdir=" + program.directory().toString()));
            command.addAll(limited(program, false));
            return command;
        }

        @Override
        public Map<String, String> guardEnvironment(Map<String, String> environment) {
            return environment;
        }

        @Override
        public Map<String, String> filledIn(Map<String, String> given, RunFolder folder) {
            var all = new TreeMap<>(given);
            all.putIfAbsent("PATH", path);
            all.putIfAbsent("HOME", folder.file("home").toString());
            all.putIfAbsent("TMPDIR", folder.tmp().toString());
            all.putIfAbsent("LANG", "C.UTF-8");
            return all;
        }
    }
}
