package dev.rondo.natives;

import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.Value;
import dev.rondo.jobs.ActionSetting;
import dev.rondo.jobs.NativeAction.Failed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files of a workspace that say which version of a tool is wanted. */
final class VersionFiles {
    private static final int MAX_BYTES = 1 << 20;

    private final ActionSetting setting;

    VersionFiles(ActionSetting setting) {
        this.setting = setting;
    }

    /** A file of the workspace, or empty where there is none. */
    Optional<String> find(String name) {
        Path work = setting.workspace();
        Path file = work.resolve(name).normalize();
        if (!file.startsWith(work) || file.equals(work)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    setting.folders()
                            .tree(work)
                            .read(
                                    work.relativize(file).toString(),
                                    in ->
                                            new String(
                                                    in.readNBytes(MAX_BYTES),
                                                    StandardCharsets.UTF_8)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * @param tool as the message names it: {@code node}, {@code java}, …
     */
    String text(String name, String tool) throws Failed {
        return find(name)
                .orElseThrow(() ->
                        new Failed(
                                "The specified %s version file at: %s does not exist"
                                        .formatted(tool, setting.workspace().resolve(name))));
    }

    /** An object in JSON, or nothing. */
    static Value json(String text) {
        try {
            return text.strip().startsWith("{") ? Value.json(text) : Value.NOTHING;
        } catch (ExpressionFault e) {
            return Value.NOTHING;
        }
    }

    /** The first group of the first match, or empty. */
    static Optional<String> match(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
        return matcher.find() ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
    }

    static boolean named(String file, String name) {
        return Path.of(file).endsWith(name);
    }
}
