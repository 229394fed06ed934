package dev.rondo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.jobs.SafeTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

    @TempDir Path workspace;

    @Test
    void foreignFoldersAreLookedIntoOnlyWhenAPatternNamesThem() throws IOException {
        for (var file :
                List.of(
                        "reports/junit.xml",
                        "node_modules/left-pad/junit.xml",
                        "web/node_modules/x/junit.xml",
                        ".git/junit.xml")) {
            Files.createDirectories(workspace.resolve(file).getParent());
            Files.writeString(workspace.resolve(file), "<testsuite/>");
        }
        assertThat(found("**/junit.xml")).containsExactly("reports/junit.xml");
        assertThat(found("**/junit.xml", "web/node_modules/*/*.xml"))
                .containsExactly(
                        "node_modules/left-pad/junit.xml",
                        "reports/junit.xml",
                        "web/node_modules/x/junit.xml");
    }

    private List<String> found(String... globs) throws IOException {
        return new SafeTree(workspace)
                .list(name -> Reports.mayHold(List.of(globs), name)).files().stream()
                        .map(SafeTree.Entry::path)
                        .toList();
    }
}
