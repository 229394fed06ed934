package dev.rondo.natives;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range of versions as npm's semver reads it: {@code ||}, comparators, x, ~, ^, hyphens. */
final class SemRange {
    private static final String PART = "(\\d{1,15}|[xX*])";
    private static final String VERSION =
            "[v=]*"
                    + PART
                    + "(?:\\."
                    + PART
                    + ")?(?:\\."
                    + PART
                    + ")?(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?";
    private static final Pattern HYPHEN = Pattern.compile("\\s*(\\S+)\\s+-\\s+(\\S+)\\s*");
    private static final Pattern ONE = Pattern.compile("(>=|<=|>|<|=|~>|~|\\^)?\\s*" + VERSION);

    private final List<List<Bound>> alternatives;

    private SemRange(List<List<Bound>> alternatives) {
        this.alternatives = alternatives;
    }

    /** A comparison with one version. */
    private record Bound(String operator, SemVer version) {
        boolean holds(SemVer other) {
            int order = other.compareTo(version);
            return switch (operator) {
                case ">=" -> order >= 0;
                case ">" -> order > 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                default -> order == 0;
            };
        }
    }

    /** A version of which parts may be missing or x. */
    private record Partial(int given, SemVer low) {
        /** The first version behind all that begin like this. */
        SemVer next(int parts) {
            return switch (parts) {
                case 1 -> floor(low.major() + 1, 0, 0);
                case 2 -> floor(low.major(), low.minor() + 1, 0);
                default -> floor(low.major(), low.minor(), low.patch() + 1);
            };
        }

        private static SemVer floor(long major, long minor, long patch) {
            return new SemVer(major, minor, patch, List.of("0"), "");
        }
    }

    static Optional<SemRange> read(String text) {
        var alternatives = new ArrayList<List<Bound>>();
        for (String part : text.split("\\|\\|", -1)) {
            Optional<List<Bound>> bounds = bounds(part.strip());
            if (bounds.isEmpty()) {
                return Optional.empty();
            }
            alternatives.add(bounds.get());
        }
        return Optional.of(new SemRange(alternatives));
    }

    private static Optional<List<Bound>> bounds(String text) {
        var bounds = new ArrayList<Bound>();
        Matcher hyphen = HYPHEN.matcher(text);
        if (hyphen.matches()) {
            return read(">=" + hyphen.group(1) + " <=" + hyphen.group(2))
                    .map(range -> range.alternatives.getFirst());
        }
        String rest = text.replaceAll("(>=|<=|>|<|=|~>|~|\\^)\\s+", "$1").replace(',', ' ');
        for (String one : rest.strip().split("\\s+")) {
            if (one.isEmpty()) {
                continue;
            }
            Matcher matcher = ONE.matcher(one);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            add(bounds, Optional.ofNullable(matcher.group(1)).orElse(""), partial(matcher));
        }
        return Optional.of(bounds);
    }

    private static Partial partial(Matcher matcher) {
        int given = 0;
        long[] parts = new long[3];
        while (given < 3
                && matcher.group(given + 2) != null
                && matcher.group(given + 2).matches("\\d+")) {
            parts[given] = Long.parseLong(matcher.group(given + 2));
            given++;
        }
        String pre = given == 3 ? matcher.group(5) : null;
        return new Partial(
                given,
                new SemVer(
                        parts[0],
                        parts[1],
                        parts[2],
                        pre == null ? List.of() : List.of(pre.split("\\.")),
                        ""));
    }

    private static void add(List<Bound> bounds, String operator, Partial partial) {
        int given = partial.given();
        SemVer low = partial.low();
        if (given == 0) {
            if (operator.equals("<") || operator.equals(">")) {
                bounds.add(new Bound("<", new SemVer(0, 0, 0, List.of("0"), "")));
            }
            return;
        }
        switch (operator) {
            case "~", "~>" -> between(bounds, low, partial.next(Math.min(given, 2)));
            case "^" -> between(bounds, low, caret(partial));
            case ">=", "<" -> bounds.add(new Bound(operator, low));
            case ">" ->
                    bounds.add(
                            given == 3
                                    ? new Bound(">", low)
                                    : new Bound(">=", release(partial.next(given))));
            case "<=" ->
                    bounds.add(
                            given == 3
                                    ? new Bound("<=", low)
                                    : new Bound("<", partial.next(given)));
            default -> {
                if (given == 3) {
                    bounds.add(new Bound("=", low));
                } else {
                    between(bounds, low, partial.next(given));
                }
            }
        }
    }

    private static SemVer release(SemVer version) {
        return SemVer.of(version.major(), version.minor(), version.patch());
    }

    /** The first part that is not 0 may not change. */
    private static SemVer caret(Partial partial) {
        SemVer low = partial.low();
        if (low.major() > 0 || partial.given() == 1) {
            return partial.next(1);
        }
        return partial.next(low.minor() > 0 || partial.given() == 2 ? 2 : 3);
    }

    private static void between(List<Bound> bounds, SemVer low, SemVer next) {
        bounds.add(new Bound(">=", low));
        bounds.add(new Bound("<", next));
    }

    /** A pre-release counts only where the range names one of the same release. */
    boolean has(SemVer version) {
        return alternatives.stream()
                .anyMatch(bounds ->
                        bounds.stream().allMatch(bound -> bound.holds(version))
                                && (version.release()
                                        || bounds.stream()
                                                .anyMatch(bound -> names(bound, version))));
    }

    private static boolean names(Bound bound, SemVer version) {
        return !bound.version().release() && bound.version().sameRelease(version);
    }
}
