package dev.rondo.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder whose subfolders have nothing to do with each other. On ext4 a new file gets an inode
 * near that of its folder, and those that were freed within the last minutes are passed over one by
 * one: where jobs with ten thousand files come and go side by side, unpacking such files soon takes
 * ten times as long. Of a folder that is marked as the top of directory hierarchies (chattr(1),
 * {@code +T}), ext4 spreads the subfolders over the disk.
 */
final class TopOfTrees {
    private TopOfTrees() {}

    /**
     * Makes the folder where it is not there; other file systems refuse the mark, and need none.
     */
    static void make(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder);
        try {
            new ProcessBuilder("chattr", "+T", folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException notThere) {
            // slower, and nothing else
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
