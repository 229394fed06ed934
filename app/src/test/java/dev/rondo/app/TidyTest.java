package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What style can be checked by a machine: lengths, left-over markers, banned words. */
class TidyTest {

    private static final int FILE_LINES = 400;
    private static final int METHOD_LINES = 60;
    private static final int CONSTRUCTOR_PARAMETERS = 6;

    private static final Pattern LEFT_OVER =
            Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b|[Cc]oming soon|[Nn]ot yet implemented");
    private static final Pattern BANNED_NAME =
            Pattern.compile("(Impl|Manager|Helper|Util|Utils|Default[A-Z]\\w*)\\.java$");

    /** Each with the reason why it may be longer. */
    private static final Set<String> LONG_FILES =
            Set.of(
                    // The vocabulary is one list; to split it would hide it.
                    "Fact.java");

    private final Path root = root();

    @Test
    void filesAreShortEnoughToHoldInMind() throws IOException {
        var tooLong = new TreeSet<String>();
        for (var file : sources("src/main/java", "src/test/java")) {
            long lines;
            try (var text = Files.lines(file)) {
                lines = text.count();
            }
            if (lines > FILE_LINES && !LONG_FILES.contains(file.getFileName().toString())) {
                tooLong.add(root.relativize(file) + ": " + lines);
            }
        }
        assertThat(tooLong).as("files over %d lines", FILE_LINES).isEmpty();
    }

    @Test
    void methodsAreShortAndConstructorsTakeFewParameters() throws IOException {
        var tooMuch = new TreeSet<String>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    problem -> {},
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources("src/main/java")));
            var trees = Trees.instance(task);
            for (var unit : task.parse()) {
                new Lengths(trees, unit, tooMuch).scan(unit, null);
            }
        }
        assertThat(tooMuch).isEmpty();
    }

    @Test
    void nothingIsLeftOver() throws IOException {
        var leftOver = new TreeSet<String>();
        for (var file : sources("src/main", "src/test/java")) {
            if (file.getFileName().toString().equals("TidyTest.java") || binary(file)) {
                continue;
            }
            int number = 0;
            for (var line : Files.readAllLines(file)) {
                number++;
                if (LEFT_OVER.matcher(line).find()) {
                    leftOver.add(root.relativize(file) + ":" + number + " " + line.strip());
                }
            }
        }
        assertThat(leftOver).isEmpty();
    }

    @Test
    void namesSayWhatAThingIs() throws IOException {
        assertThat(sources("src/main/java"))
                .noneMatch(file -> BANNED_NAME.matcher(file.toString()).find());
    }

    private static boolean binary(Path file) {
        return !file.toString().matches(".*\\.(java|jte|css|js|sql|properties|xml|sh|json|yml)");
    }

    private List<Path> sources(String... folders) throws IOException {
        var sources = new ArrayList<Path>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> !file.toString().contains("/node_modules/"))
                    .filter(file -> !root.relativize(file).startsWith("examples"))
                    .filter(file ->
                            Stream.of(folders)
                                    .anyMatch(
                                            folder -> file.toString().contains("/" + folder + "/")))
                    .filter(file ->
                            !folders[0].endsWith("java") || file.toString().endsWith(".java"))
                    .forEach(sources::add);
        }
        return sources;
    }

    static Path root() {
        var at = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(at.resolve("rondo"))) {
            at = at.getParent();
        }
        return at;
    }

    private static final class Lengths extends TreePathScanner<Void, Void> {

        private final Trees trees;
        private final CompilationUnitTree unit;
        private final LineMap lines;
        private final Set<String> tooMuch;

        Lengths(Trees trees, CompilationUnitTree unit, Set<String> tooMuch) {
            this.trees = trees;
            this.unit = unit;
            this.lines = unit.getLineMap();
            this.tooMuch = tooMuch;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            var file = Path.of(unit.getSourceFile().toUri()).getFileName();
            var positions = trees.getSourcePositions();
            if (method.getBody() != null) {
                long from = lines.getLineNumber(positions.getStartPosition(unit, method.getBody()));
                long to = lines.getLineNumber(positions.getEndPosition(unit, method.getBody()));
                if (to - from + 1 > METHOD_LINES) {
                    tooMuch.add(
                            file + ": " + method.getName() + " has " + (to - from + 1) + " lines");
                }
            }
            boolean constructor = method.getReturnType() == null && method.getBody() != null;
            boolean ofRecord =
                    getCurrentPath().getParentPath().getLeaf().getKind()
                            == com.sun.source.tree.Tree.Kind.RECORD;
            if (constructor
                    && !ofRecord
                    && method.getParameters().size() > CONSTRUCTOR_PARAMETERS) {
                tooMuch.add(
                        file
                                + ": constructor has "
                                + method.getParameters().size()
                                + " parameters");
            }
            return super.visitMethod(method, unused);
        }
    }
}
