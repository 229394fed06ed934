package dev.rondo.sandbox;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The folder in which one run keeps what a later Rondo must know to adopt or clear it, and over
 * which its guard speaks: {@code run} (this class' facts), {@code args} (options with the
 * environment, gone once started), {@code up} (pids), {@code exit} (code), {@code slirp} (socket).
 */
record RunFolder(Path path) {

    /** What must survive Rondo. */
    record Facts(
            boolean job,
            boolean walled,
            int port,
            Limits limits,
            List<Path> watched,
            Paths paths) {}

    /** The folders of its control group, and its log ({@code /dev/null} for a job). */
    record Paths(List<Path> groups, Path log) {}

    static RunFolder create(Path path) throws IOException {
        var owner = PosixFilePermissions.fromString("rwx------");
        Files.createDirectory(path, PosixFilePermissions.asFileAttribute(owner));
        return new RunFolder(path);
    }

    String id() {
        return path.getFileName().toString();
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /**
     * The program's folder for what is temporary, where it has no {@code /tmp} of its own: by a
     * link among those of the machine, since programs make sockets there, and the path of a socket
     * has 107 characters.
     */
    Path tmp() {
        return Path.of(System.getProperty("java.io.tmpdir"), "rondo-" + id());
    }

    void makeTmp() throws IOException {
        Files.createDirectories(file("tmp"));
        Files.createSymbolicLink(tmp(), file("tmp").toAbsolutePath());
    }

    void write(Facts facts) throws IOException {
        var limits = facts.limits();
        var p = new Properties();
        p.setProperty("job", Boolean.toString(facts.job()));
        p.setProperty("walled", Boolean.toString(facts.walled()));
        p.setProperty("port", Integer.toString(facts.port()));
        p.setProperty("memory", Long.toString(limits.memoryBytes()));
        p.setProperty("processes", Integer.toString(limits.processes()));
        p.setProperty("cores", Double.toString(limits.cores()));
        p.setProperty("time", Long.toString(limits.wallTime().toMillis()));
        p.setProperty("disk", Long.toString(limits.diskBytes()));
        p.setProperty("output", Long.toString(limits.outputBytes()));
        p.setProperty("watched", join(facts.watched()));
        p.setProperty("groups", join(facts.paths().groups()));
        p.setProperty("log", facts.paths().log().toString());
        var text = new StringWriter();
        p.store(text, null);
        Files.writeString(file("run"), text.toString());
    }

    /** Empty when the folder was made by a run that died before it wrote them. */
    Optional<Facts> facts() {
        var p = new Properties();
        try {
            p.load(new StringReader(Files.readString(file("run"))));
        } catch (IOException e) {
            return Optional.empty();
        }
        var limits =
                new Limits(
                        Long.parseLong(p.getProperty("memory", "0")),
                        Integer.parseInt(p.getProperty("processes", "0")),
                        Double.parseDouble(p.getProperty("cores", "0")),
                        Duration.ofMillis(Long.parseLong(p.getProperty("time", "0"))),
                        Long.parseLong(p.getProperty("disk", "0")),
                        Long.parseLong(p.getProperty("output", "0")));
        return Optional.of(
                new Facts(
                        Boolean.parseBoolean(p.getProperty("job")),
                        Boolean.parseBoolean(p.getProperty("walled")),
                        Integer.parseInt(p.getProperty("port", "0")),
                        limits,
                        split(p.getProperty("watched", "")),
                        new Paths(
                                split(p.getProperty("groups", "")),
                                Path.of(p.getProperty("log", "/dev/null")))));
    }

    /** The pids of the outermost process of the program and of the first one inside. */
    List<Long> up() {
        return Stream.of(ProcFiles.text(file("up")).trim().split(" "))
                .filter(pid -> !pid.isBlank())
                .map(Long::parseLong)
                .toList();
    }

    /** The program's exit code, once it ended by itself or by a signal. */
    OptionalInt exitCode() {
        var text = ProcFiles.text(file("exit")).trim();
        return !text.isEmpty() && text.chars().allMatch(Character::isDigit)
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }

    boolean networkFailed() {
        return ProcFiles.text(file("exit")).trim().equals("network");
    }

    void delete() throws IOException {
        if (Files.isSymbolicLink(tmp())
                && Files.readSymbolicLink(tmp()).equals(file("tmp").toAbsolutePath())) {
            Files.delete(tmp());
        }
        if (!Files.exists(path)) {
            return;
        }
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String join(List<Path> paths) {
        return String.join("\n", paths.stream().map(Path::toString).toList());
    }

    private static List<Path> split(String text) {
        return Arrays.stream(text.split("\n"))
                .filter(line -> !line.isBlank())
                .map(Path::of)
                .toList();
    }
}
