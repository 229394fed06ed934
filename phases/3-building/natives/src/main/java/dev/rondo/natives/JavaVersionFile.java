package dev.rondo.natives;

import dev.rondo.jobs.ActionSetting;
import dev.rondo.jobs.NativeAction.Failed;
import java.util.Map;
import java.util.Optional;

/** {@code java-version-file}: .java-version, .tool-versions or .sdkmanrc. */
final class JavaVersionFile {
    private static final Map<String, String> SDKMAN =
            Map.of(
                    "tem", "temurin",
                    "sem", "semeru",
                    "zulu", "zulu",
                    "amzn", "corretto",
                    "librca", "liberica",
                    "ms", "microsoft",
                    "graal", "graalvm",
                    "graalce", "graalvm-community",
                    "sapmchn", "sapmachine",
                    "jbr", "jetbrains");

    private final String file;
    private final String text;

    JavaVersionFile(ActionSetting setting) throws Failed {
        this.file = setting.input("java-version-file", "");
        boolean needed = !file.isEmpty() && setting.input("java-version", "").isEmpty();
        this.text = needed ? new VersionFiles(setting).text(file, "java") : "";
    }

    /** The version, in the words of the input. */
    Optional<String> version() throws Failed {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> found = found();
        if (found.isEmpty()) {
            throw new Failed("No supported version was found in file %s".formatted(file));
        }
        return found.map(version -> version.startsWith("1.") ? version.substring(2) : version);
    }

    private Optional<String> found() {
        if (VersionFiles.named(file, ".tool-versions")) {
            return VersionFiles.match("^java\\s+(?:\\S*-)?(\\d\\S*)$", text);
        }
        if (VersionFiles.named(file, ".sdkmanrc")) {
            return VersionFiles.match("^java\\s*=\\s*(\\d[^-\\s]*)", text);
        }
        return VersionFiles.match("(?:^|\\s|-)(\\d\\S*)", text);
    }

    /** Which one {@code .sdkmanrc} names behind the version; else empty. */
    String distribution() {
        return VersionFiles.named(file, ".sdkmanrc")
                ? VersionFiles.match("^java\\s*=\\s*[^-\\s]+-(\\w+)", text)
                        .map(code -> SDKMAN.getOrDefault(code, ""))
                        .orElse("")
                : "";
    }
}
