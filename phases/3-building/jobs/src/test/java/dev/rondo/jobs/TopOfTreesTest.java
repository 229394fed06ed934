package dev.rondo.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopOfTreesTest {

    @Test
    void subfoldersAreSpreadOverAnExt4Disk(@TempDir Path folder) throws Exception {
        var kind = Files.getFileStore(folder).type();
        assumeTrue(kind.equals("ext4"), "the folder lies on " + kind + ", not on ext4");
        var top = folder.resolve("jobs");
        TopOfTrees.make(top);
        var lsattr = new ProcessBuilder("lsattr", "-d", top.toString()).start();
        var marks = new String(lsattr.getInputStream().readAllBytes(), UTF_8);
        assertThat(marks.split(" ")[0]).contains("T");
        TopOfTrees.make(top);
        assertThat(top).isEmptyDirectory();
    }
}
