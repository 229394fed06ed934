package dev.rondo.releasing;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version by Semantic Versioning 2.0.0 (https://semver.org): order by section 11, build metadata
 * without a say in it.
 *
 * @param pre identifiers of a pre-release; empty for a release
 * @param build identifiers of the build metadata
 */
record Version(long major, long minor, long patch, List<String> pre, List<String> build)
        implements Comparable<Version> {

    static final Version FIRST = release(1, 0, 0);

    /** The numbers must fit; the standard itself knows no limit. */
    private static final int MOST_CHARACTERS = 255;

    private static final String NUMBER = "(0|[1-9]\\d{0,17})";
    private static final Pattern SHAPE =
            Pattern.compile(
                    NUMBER
                            + "\\."
                            + NUMBER
                            + "\\."
                            + NUMBER
                            + "(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)"
                            + "(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
                            + "(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?");
    private static final Comparator<Version> NUMBERS =
            Comparator.comparingLong(Version::major)
                    .thenComparingLong(Version::minor)
                    .thenComparingLong(Version::patch);

    static Version release(long major, long minor, long patch) {
        return new Version(major, minor, patch, List.of(), List.of());
    }

    static Optional<Version> parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        var matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new Version(
                        Long.parseLong(matcher.group(1)),
                        Long.parseLong(matcher.group(2)),
                        Long.parseLong(matcher.group(3)),
                        identifiers(matcher.group(4)),
                        identifiers(matcher.group(5))));
    }

    private static List<String> identifiers(@org.jspecify.annotations.Nullable String dotted) {
        return dotted == null ? List.of() : List.of(dotted.split("\\."));
    }

    /** Reads the name of a release's tag: a version, usually with a {@code v} before it. */
    static Optional<Version> ofTag(String tag) {
        return parse(tag.startsWith("v") ? tag.substring(1) : tag);
    }

    String tag() {
        return "v" + this;
    }

    boolean isRelease() {
        return pre.isEmpty();
    }

    /**
     * The version after this one. Below 1.0.0 nothing is promised yet (section 4): what breaks only
     * moves the minor number there.
     */
    Version next(Bump bump) {
        return switch (bump) {
            case MAJOR -> major == 0 ? release(0, minor + 1, 0) : release(major + 1, 0, 0);
            case MINOR -> release(major, minor + 1, 0);
            case PATCH -> release(major, minor, patch + 1);
            case NONE -> this;
        };
    }

    @Override
    public int compareTo(Version other) {
        int numbers = NUMBERS.compare(this, other);
        if (numbers != 0) {
            return numbers;
        }
        if (pre.isEmpty() || other.pre.isEmpty()) {
            return Boolean.compare(pre.isEmpty(), other.pre.isEmpty());
        }
        for (int i = 0; i < Math.min(pre.size(), other.pre.size()); i++) {
            int one = compareIdentifiers(pre.get(i), other.pre.get(i));
            if (one != 0) {
                return one;
            }
        }
        return Integer.compare(pre.size(), other.pre.size());
    }

    private static int compareIdentifiers(String one, String other) {
        boolean number = one.chars().allMatch(Character::isDigit);
        boolean otherNumber = other.chars().allMatch(Character::isDigit);
        if (number && otherNumber) {
            // Of any length: without leading zeros, the longer one is the greater one.
            return one.length() == other.length()
                    ? one.compareTo(other)
                    : Integer.compare(one.length(), other.length());
        }
        return number == otherNumber ? one.compareTo(other) : Boolean.compare(otherNumber, number);
    }

    @Override
    public String toString() {
        return major
                + "."
                + minor
                + "."
                + patch
                + (pre.isEmpty() ? "" : "-" + String.join(".", pre))
                + (build.isEmpty() ? "" : "+" + String.join(".", build));
    }
}
