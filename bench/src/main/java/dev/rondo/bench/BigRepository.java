package dev.rondo.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/** A history of 20,000 commits, the same each time, packed as {@code git gc} leaves it. */
final class BigRepository {

    static final int COMMITS = 20_000;

    private static final int FILES = 400;
    private static final int LINES = 40;
    private static final long BEGIN = 1_600_000_000L;

    private final Random random = new Random(42);
    private final String[][] files = new String[FILES][LINES];

    private BigRepository() {
        for (int file = 0; file < FILES; file++) {
            for (int line = 0; line < LINES; line++) {
                files[file][line] = sentence();
            }
        }
    }

    static void make(Workbench bench, Path folder) throws IOException, InterruptedException {
        bench.run(bench.path(""), "git", "init", "-q", "--bare", "-b", "main", "" + folder);
        var importer =
                new ProcessBuilder("git", "fast-import", "--quiet")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(bench.path("fast-import.log").toFile())
                        .start();
        try (var out = new BufferedOutputStream(importer.getOutputStream(), 1 << 16)) {
            new BigRepository().write(out);
        }
        if (importer.waitFor() != 0) {
            throw new BenchFailure("git fast-import failed");
        }
        bench.run(folder, "git", "gc", "-q");
    }

    private void write(OutputStream out) throws IOException {
        for (int commit = 1; commit <= COMMITS; commit++) {
            print(out, "commit refs/heads/main\nmark :" + commit + "\n");
            long time = BEGIN + commit * 600L;
            print(out, "committer Ada Lovelace <ada@example.org> " + time + " +0000\n");
            data(out, "Change " + commit + ": " + sentence() + "\n\n" + sentence() + "\n");
            if (commit > 1) {
                print(out, "from :" + (commit - 1) + "\n");
            }
            // The first commits bring the files, the others change two lines of one.
            int file = commit <= FILES ? commit - 1 : random.nextInt(FILES);
            files[file][random.nextInt(LINES)] = sentence();
            files[file][random.nextInt(LINES)] = sentence();
            print(out, "M 100644 inline part-%02d/file-%03d.txt\n".formatted(file / 20, file));
            data(out, String.join("\n", files[file]) + "\n");
        }
    }

    private String sentence() {
        var text = new StringBuilder();
        for (int word = 0; word < 8; word++) {
            text.append(Integer.toString(random.nextInt(50_000) + 1296, 36)).append(' ');
        }
        return text.toString().strip();
    }

    private static void data(OutputStream out, String text) throws IOException {
        print(out, "data " + text.length() + "\n" + text + "\n");
    }

    private static void print(OutputStream out, String ascii) throws IOException {
        out.write(ascii.getBytes(StandardCharsets.US_ASCII));
    }
}
