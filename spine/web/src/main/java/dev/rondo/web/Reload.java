package dev.rondo.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.resolve.DirectoryCodeResolver;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Templates and styles that are read again on each change, while somebody works on them. */
public final class Reload {

    /** System property that names the root of the source tree; not set in production. */
    public static final String SOURCES = "rondo.sources";

    private Reload() {}

    /**
     * The compiled templates, or with the source tree given those that follow its changes.
     *
     * @param module folder of the module, such as {@code phases/1-planning}
     * @param compiled usually {@code StaticTemplates::new}
     * @param followed usually {@code DynamicTemplates::new}
     */
    public static <T> T templates(
            String module,
            Supplier<? extends T> compiled,
            Function<TemplateEngine, ? extends T> followed) {
        return sources()
                .<T>map(root -> followed.apply(engine(folder(root, module))))
                .orElseGet(compiled);
    }

    /** A wrong name would mean that nobody sees what is changed there. */
    private static Path folder(Path root, String module) {
        var folder = root.resolve(module).resolve("src/main/jte");
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("there are no templates in " + folder);
        }
        return folder;
    }

    static Optional<Path> sources() {
        return Optional.ofNullable(System.getProperty(SOURCES)).map(Path::of);
    }

    /** The file of an asset in the source tree: of this module, or of the one that it names. */
    static Optional<Path> asset(Path root, String name) {
        int slash = name.indexOf('/');
        var module = slash < 0 ? "web" : name.substring(0, slash);
        var file =
                "src/main/resources/dev/rondo/" + module + "/assets/" + name.substring(slash + 1);
        return Stream.concat(
                        Stream.of(root.resolve("spine/web"), root.resolve("loop")), phases(root))
                .map(folder -> folder.resolve(file))
                .filter(Files::exists)
                .findFirst();
    }

    private static Stream<Path> phases(Path root) {
        return folders(root.resolve("phases"))
                .flatMap(phase -> Stream.concat(Stream.of(phase), folders(phase)));
    }

    private static Stream<Path> folders(Path folder) {
        var found = folder.toFile().listFiles(File::isDirectory);
        return found == null ? Stream.of() : Stream.of(found).map(File::toPath);
    }

    private static TemplateEngine engine(Path folder) {
        try {
            var classes = Files.createTempDirectory("rondo-templates-");
            classes.toFile().deleteOnExit();
            var engine =
                    TemplateEngine.create(
                            new DirectoryCodeResolver(folder),
                            classes,
                            ContentType.Html,
                            Reload.class.getClassLoader());
            engine.setTrimControlStructures(true);
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
