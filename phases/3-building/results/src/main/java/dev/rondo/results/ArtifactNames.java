package dev.rondo.results;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which names an artifact may have, with the sentences of GitHub's client. */
final class ArtifactNames {

    private static final Map<String, String> INVALID = new LinkedHashMap<>();

    static {
        INVALID.put("\"", " Double quote \"");
        INVALID.put(":", " Colon :");
        INVALID.put("<", " Less than <");
        INVALID.put(">", " Greater than >");
        INVALID.put("|", " Vertical bar |");
        INVALID.put("*", " Asterisk *");
        INVALID.put("?", " Question mark ?");
        INVALID.put("\r", " Carriage return \\r");
        INVALID.put("\n", " Line feed \\n");
        INVALID.put("\\", " Backslash \\");
        INVALID.put("/", " Forward slash /");
    }

    private ArtifactNames() {}

    static Optional<String> refusal(String name) {
        if (name.isBlank()) {
            return Optional.of("Provided artifact name input during validation is empty");
        }
        if (name.length() > Limits.ARTIFACT_NAME) {
            return Optional.of(
                    "The artifact name has %d characters; at most %d are allowed"
                            .formatted(name.length(), Limits.ARTIFACT_NAME));
        }
        for (var invalid : INVALID.entrySet()) {
            if (name.contains(invalid.getKey())) {
                return Optional.of(
                        "The artifact name is not valid: %s. Contains the following character: %s"
                                .formatted(name, invalid.getValue()));
            }
        }
        boolean control = name.chars().anyMatch(c -> c < 32 || c == 127);
        return control || name.equals(".") || name.equals("..")
                ? Optional.of("The artifact name is not valid: it would be no name of a file")
                : Optional.empty();
    }
}
