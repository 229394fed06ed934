package dev.rondo.coding;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a file is, by its name. */
final class Languages {

    /** Colouring more characters than this makes a browser stall. */
    static final int LARGEST_COLOURED = 300_000;

    /** Names that differ from the ending, as highlight.js calls the languages. */
    private static final Map<String, String> BY_ENDING =
            Map.ofEntries(
                    Map.entry("js", "javascript"),
                    Map.entry("jsx", "javascript"),
                    Map.entry("mjs", "javascript"),
                    Map.entry("cjs", "javascript"),
                    Map.entry("ts", "typescript"),
                    Map.entry("tsx", "typescript"),
                    Map.entry("yml", "yaml"),
                    Map.entry("yaml", "yaml"),
                    Map.entry("py", "python"),
                    Map.entry("rb", "ruby"),
                    Map.entry("rs", "rust"),
                    Map.entry("kt", "kotlin"),
                    Map.entry("kts", "kotlin"),
                    Map.entry("md", "markdown"),
                    Map.entry("markdown", "markdown"),
                    Map.entry("html", "xml"),
                    Map.entry("htm", "xml"),
                    Map.entry("jte", "xml"),
                    Map.entry("xml", "xml"),
                    Map.entry("svg", "xml"),
                    Map.entry("pom", "xml"),
                    Map.entry("sh", "bash"),
                    Map.entry("bash", "bash"),
                    Map.entry("zsh", "bash"),
                    Map.entry("h", "c"),
                    Map.entry("c", "c"),
                    Map.entry("hpp", "cpp"),
                    Map.entry("cc", "cpp"),
                    Map.entry("cpp", "cpp"),
                    Map.entry("cs", "csharp"),
                    Map.entry("java", "java"),
                    Map.entry("json", "json"),
                    Map.entry("css", "css"),
                    Map.entry("scss", "scss"),
                    Map.entry("less", "less"),
                    Map.entry("go", "go"),
                    Map.entry("php", "php"),
                    Map.entry("pl", "perl"),
                    Map.entry("lua", "lua"),
                    Map.entry("r", "r"),
                    Map.entry("swift", "swift"),
                    Map.entry("sql", "sql"),
                    Map.entry("toml", "ini"),
                    Map.entry("ini", "ini"),
                    Map.entry("conf", "ini"),
                    Map.entry("properties", "ini"),
                    Map.entry("diff", "diff"),
                    Map.entry("patch", "diff"),
                    Map.entry("graphql", "graphql"),
                    Map.entry("vb", "vbnet"));

    private static final Map<String, String> BY_NAME =
            Map.of("makefile", "makefile", ".bashrc", "bash", ".gitconfig", "ini");

    private static final Map<String, String> IMAGES =
            Map.of(
                    "png", "image/png",
                    "jpg", "image/jpeg",
                    "jpeg", "image/jpeg",
                    "gif", "image/gif",
                    "webp", "image/webp",
                    "ico", "image/x-icon",
                    "svg", "image/svg+xml");

    private Languages() {}

    /** As highlight.js calls it; empty for plain text. */
    static String of(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return BY_NAME.getOrDefault(name, BY_ENDING.getOrDefault(ending(path), ""));
    }

    static boolean markdown(String path) {
        return of(path).equals("markdown");
    }

    /** The media type of a picture that a browser shows. */
    static Optional<String> image(String path) {
        return Optional.ofNullable(IMAGES.get(ending(path)));
    }

    private static String ending(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
