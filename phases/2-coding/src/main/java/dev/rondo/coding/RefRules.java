package dev.rondo.coding;

import java.util.Optional;

/** Which refs a push may move. */
final class RefRules {

    private static final int LONGEST = 200;

    private RefRules() {}

    /** The key of the text that says why not; empty when it may. */
    static Optional<String> refusal(String ref) {
        boolean branch = ref.startsWith("refs/heads/");
        if (!branch && !ref.startsWith("refs/tags/") && !ref.startsWith("refs/notes/")) {
            return Optional.of("coding.ref.kind");
        }
        if (ref.length() > LONGEST) {
            return Optional.of("coding.ref.long");
        }
        if (ref.chars().anyMatch(sign -> Character.isISOControl(sign) || sign == 0xFFFD)) {
            return Optional.of("coding.ref.signs");
        }
        // A branch that looks like a commit's name would be taken for one.
        return branch && ref.matches("refs/heads/[0-9a-f]{40}")
                ? Optional.of("coding.ref.commit")
                : Optional.empty();
    }
}
