package dev.rondo.coding;

import dev.rondo.git.Branch;
import dev.rondo.web.May;
import dev.rondo.web.PaletteSource.Hit;
import dev.rondo.web.Visit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds branches by name and commits by id in the command palette. */
record CodePalette(ProjectRepositories repositories) {

    List<Hit> find(Visit visit, String words, int limit) {
        if (visit.maybeProject().isEmpty() || !visit.may(May.READ) || words.isBlank()) {
            return List.of();
        }
        var scene = new Scene(visit, repositories);
        String wanted = words.strip().toLowerCase(Locale.ROOT);
        var branches =
                scene.git().branches().stream()
                        .filter(b -> b.name().toLowerCase(Locale.ROOT).contains(wanted))
                        .map(b -> hit(scene, b));
        var commits =
                wanted.matches("[0-9a-f]{7,40}")
                        ? scene.git().resolve(wanted).stream()
                                .map(id ->
                                        new Hit(
                                                visit.text("coding.commits.title"),
                                                scene.git().commit(id).subject(),
                                                id.substring(0, 10),
                                                scene.urls().commit(id)))
                        : Stream.<Hit>empty();
        return Stream.concat(commits, branches).limit(limit).toList();
    }

    private static Hit hit(Scene scene, Branch branch) {
        return new Hit(
                scene.visit().text("coding.branches.title"),
                branch.name(),
                branch.head().shortId(),
                scene.urls().files(branch.name(), ""));
    }
}
