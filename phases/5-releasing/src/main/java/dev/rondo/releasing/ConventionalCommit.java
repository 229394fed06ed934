package dev.rondo.releasing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A commit message by Conventional Commits 1.0.0 (https://www.conventionalcommits.org).
 *
 * @param type in lower case, such as {@code feat}
 * @param scope empty when there is none
 * @param breaking by {@code !} or by a footer
 * @param breakingText what the footer says; empty for a bare {@code !}
 */
record ConventionalCommit(
        String type,
        String scope,
        boolean breaking,
        String description,
        String body,
        String breakingText,
        List<Footer> footers) {

    /** {@code token: value} or {@code token #value}; a value may go on over several lines. */
    record Footer(String token, String value) {
        boolean isBreaking() {
            return token.equals("BREAKING CHANGE") || token.equals("BREAKING-CHANGE");
        }
    }

    private static final Pattern HEADER =
            Pattern.compile("(\\p{L}[\\p{L}\\p{N}_-]*)(?:\\(([^()\\r\\n]+)\\))?(!)?: +(\\S.*)");
    private static final Pattern FOOTER =
            Pattern.compile(
                    "(BREAKING[ -]CHANGE(?=: )|[\\p{L}\\p{N}][\\p{L}\\p{N}-]*)(: +| (?=#))(.*)");

    /** Empty when the first line is not of the form that the convention asks for. */
    static Optional<ConventionalCommit> parse(String message) {
        var lines = message.strip().lines().toList();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        var header = HEADER.matcher(lines.getFirst().strip());
        if (!header.matches()) {
            return Optional.empty();
        }
        var rest = lines.subList(1, lines.size());
        int foot = footersBegin(rest);
        var footers = footers(rest.subList(foot, rest.size()));
        var breaking = footers.stream().filter(Footer::isBreaking).map(Footer::value).toList();
        return Optional.of(
                new ConventionalCommit(
                        header.group(1).toLowerCase(Locale.ROOT),
                        Optional.ofNullable(header.group(2)).orElse("").strip(),
                        header.group(3) != null || !breaking.isEmpty(),
                        header.group(4).strip(),
                        String.join("\n", rest.subList(0, foot)).strip(),
                        String.join("\n", breaking),
                        footers));
    }

    /**
     * The last paragraph is footers when its first line is one. A breaking change may start them
     * anywhere, since people put blank lines between it and what follows.
     */
    private static int footersBegin(List<String> lines) {
        int begin = lines.size();
        boolean startsParagraph = true;
        int lastParagraph = lines.size();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.isBlank()) {
                startsParagraph = true;
                continue;
            }
            if (startsParagraph) {
                lastParagraph = FOOTER.matcher(line).matches() ? i : lines.size();
            }
            if (line.matches("BREAKING[ -]CHANGE: .*") && startsParagraph) {
                begin = Math.min(begin, i);
            }
            startsParagraph = false;
        }
        return Math.min(begin, lastParagraph);
    }

    private static List<Footer> footers(List<String> lines) {
        var footers = new ArrayList<Footer>();
        for (var line : lines) {
            var footer = FOOTER.matcher(line);
            if (footer.matches()) {
                footers.add(new Footer(footer.group(1), footer.group(3).strip()));
            } else if (!footers.isEmpty()) {
                var last = footers.removeLast();
                footers.add(new Footer(last.token(), (last.value() + "\n" + line).strip()));
            }
        }
        return List.copyOf(footers);
    }

    /**
     * What it asks of the version: {@code feat} a minor one, {@code fix}, {@code perf} and {@code
     * revert} a patch, what breaks a major one, all else nothing.
     */
    Bump bump() {
        if (breaking) {
            return Bump.MAJOR;
        }
        return switch (type) {
            case "feat" -> Bump.MINOR;
            case "fix", "perf", "revert" -> Bump.PATCH;
            default -> Bump.NONE;
        };
    }
}
