package dev.rondo.building;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Repositories that the scenarios' workflows use: each folder of {@code
 * scenarios/.shelf/<project>/<tag>} becomes a commit of {@code rondo/<project>} with that tag; the
 * last one is {@code main}.
 */
final class ActionShelf {
    private ActionShelf() {}

    static void fill(Yard yard) {
        for (Path project : folders(Scenario.FOLDER.resolve(".shelf"))) {
            var repository = new ScenarioRepository(yard, project.getFileName().toString());
            for (Path version : folders(project)) {
                var files = new TreeMap<String, String>();
                Scenario.put(files, version, 20, "");
                String tag = version.getFileName().toString();
                repository.write("main", files, List.of());
                repository.commit(tag);
                repository.move("refs/tags/" + tag);
            }
            repository.move("refs/heads/main");
        }
    }

    private static List<Path> folders(Path in) {
        if (!Files.isDirectory(in)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(in)) {
            return all.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
