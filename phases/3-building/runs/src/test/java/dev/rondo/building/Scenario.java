package dev.rondo.building;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder with what a repository holds and what is expected of it: {@code *.yml} are workflows,
 * {@code repo/} is the rest of the repository, {@code expect.json} says what must come of it (its
 * fields stand in {@code scenarios/README.md}).
 */
record Scenario(String area, String name, Path folder, JsonNode expect) {
    static final Path FOLDER = Path.of("src/test/resources/scenarios");

    /** Those whose {@code area/name} holds a word of {@code -Dscenarios=one,other}, or all. */
    static List<Scenario> wanted() {
        String[] words = System.getProperty("scenarios", "").split(",");
        return all().stream()
                .filter(one -> Stream.of(words).anyMatch(one.toString()::contains))
                .toList();
    }

    static List<Scenario> all() {
        try (Stream<Path> files = Files.walk(FOLDER, 3)) {
            return files.filter(file -> file.getFileName().toString().equals("expect.json"))
                    .map(Path::getParent)
                    .sorted()
                    .map(Scenario::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scenario read(Path folder) {
        try {
            String text = Files.readString(folder.resolve("expect.json"));
            JsonNode expect = JsonMapper.shared().readTree(text);
            return new Scenario(
                    folder.getParent().getFileName().toString(),
                    folder.getFileName().toString(),
                    folder,
                    expect);
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(folder + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return area + "/" + name;
    }

    /** The project's name; a repository's full name is {@code rondo/<project>}. */
    String project() {
        return area + "-" + name;
    }

    /** What the engine cannot do yet, or nothing. */
    String awaits() {
        return expect.path("awaits").asString("");
    }

    /** Rows of {@code docs/workflows.md}. */
    List<String> proves() {
        return texts(expect.path("proves"));
    }

    /** Programs that must be on the machine. */
    List<String> needs() {
        return texts(expect.path("needs"));
    }

    int seconds() {
        return expect.path("seconds").asInt(30);
    }

    static List<String> texts(JsonNode list) {
        return list.isArray()
                ? list.valueStream().map(JsonNode::asString).toList()
                : list.isMissingNode() ? List.of() : List.of(list.asString());
    }

    /** Path in the repository → text. */
    Map<String, String> files() {
        var files = new TreeMap<String, String>();
        put(files, folder, 1, ".github/workflows/");
        if (Files.isDirectory(folder.resolve("repo"))) {
            put(files, folder.resolve("repo"), 20, "");
        }
        return files;
    }

    static void put(Map<String, String> files, Path from, int depth, String into) {
        try (Stream<Path> found = Files.walk(from, depth)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                String path = from.relativize(file).toString();
                if (depth > 1 || path.endsWith(".yml") || path.endsWith(".yaml")) {
                    files.put(into + path, Files.readString(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
