package dev.rondo.kits.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Docker Engine of the tests' own, from Debian's docker.io, with images that are made of programs
 * of this machine. All test processes that run at the same time share it. The environment variable
 * {@code RONDO_TEST_DOCKER} names one that runs already, as in {@code DOCKER_HOST}.
 */
public final class DockerDaemon {
    /** With bash, the programs of busybox and getent. */
    public static final String IMAGE = "rondo-scenarios/base";

    /** With busybox alone: its only shell is sh. */
    public static final String SMALL = "rondo-scenarios/small";

    private static final Pattern LIBRARY = Pattern.compile("(/[^ ]+)");

    private static @Nullable DockerDaemon running;

    private final String address;

    private DockerDaemon(String address) {
        this.address = address;
    }

    /** What is missing on this machine, or nothing. */
    public static String lacking() {
        String given = System.getenv("RONDO_TEST_DOCKER");
        if (given != null && !given.isEmpty()) {
            return "";
        }
        for (String program : List.of("dockerd", "docker", "busybox")) {
            if (!onPath(program)) {
                return program + " is missing: apt-get install docker.io busybox-static";
            }
        }
        return "root".equals(System.getProperty("user.name"))
                ? ""
                : "only root can start an engine: name one by RONDO_TEST_DOCKER";
    }

    private static boolean onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
        return Stream.of(path.split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** It is started by the first who asks. */
    public static synchronized DockerDaemon running() {
        var known = running;
        if (known == null) {
            String given = System.getenv("RONDO_TEST_DOCKER");
            known =
                    new DockerDaemon(
                            given == null || given.isEmpty() ? SharedEngine.join() : given);
            if (!known.has(SMALL) || !known.has(IMAGE)) {
                known.images();
            }
            running = known;
        }
        return known;
    }

    /** As in {@code DOCKER_HOST}. */
    public String address() {
        return address;
    }

    /** Runs the client; gives what it printed. */
    public String docker(String... words) {
        return client(address, words);
    }

    static String client(String address, String... words) {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(words));
        return run(command, Map.of("DOCKER_HOST", address), Path.of("/"));
    }

    private boolean has(String image) {
        return !docker("image", "ls", "-q", image).isBlank();
    }

    /** Nothing can be pulled, so they are made of what is here. */
    private void images() {
        try {
            Path root = Files.createTempDirectory("rondo-image-");
            for (String name : List.of("bin", "tmp", "proc", "sys", "dev", "etc", "root", "usr")) {
                Files.createDirectories(root.resolve(name));
            }
            copy(root, Path.of(program("busybox")), "bin/busybox");
            run(
                    List.of("chroot", root.toString(), "/bin/busybox", "--install", "-s", "/bin"),
                    Map.of(),
                    Path.of("/"));
            load(root, SMALL);
            programs(root, "bash", "getent");
            load(root, IMAGE);
            remove(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@link #IMAGE} with more programs of this machine, under a name of its own. */
    public void image(String name, String... programs) {
        try {
            Path root = Files.createTempDirectory("rondo-image-");
            programs(root, programs);
            Files.writeString(root.resolve("Dockerfile"), "FROM " + IMAGE + "\nCOPY . /\n");
            docker("build", "-q", "-t", name, root.toString());
            remove(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void programs(Path root, String... names) throws IOException {
        for (String name : names) {
            Path program = Path.of(program(name));
            copy(root, program.toRealPath(), "bin/" + name);
            Matcher libraries =
                    LIBRARY.matcher(
                            run(List.of("ldd", program.toString()), Map.of(), Path.of("/")));
            while (libraries.find()) {
                String library = libraries.group(1);
                copy(root, Path.of(library).toRealPath(), library.substring(1));
            }
        }
    }

    private static String program(String name) {
        return run(List.of("sh", "-c", "command -v " + name), Map.of(), Path.of("/")).strip();
    }

    private static void copy(Path root, Path from, String to) throws IOException {
        Path target = root.resolve(to);
        Files.createDirectories(target.getParent());
        if (Files.isSymbolicLink(target) || !Files.exists(target)) {
            Files.deleteIfExists(target);
            Files.copy(from, target);
            if (!target.toFile().setExecutable(true, false)) {
                throw new IOException("cannot make " + target + " executable");
            }
        }
    }

    private void load(Path root, String name) {
        run(
                List.of(
                        "sh",
                        "-c",
                        "tar -c . | docker import"
                                + " --change 'CMD [\"tail\", \"-f\", \"/dev/null\"]' - "
                                + name),
                Map.of("DOCKER_HOST", address),
                root);
    }

    static void remove(Path folder) {
        run(List.of("rm", "-rf", "--one-file-system", folder.toString()), Map.of(), Path.of("/"));
    }

    private static String run(List<String> command, Map<String, String> more, Path folder) {
        try {
            var builder =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true);
            builder.environment().putAll(new TreeMap<>(more));
            Process process = builder.start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
