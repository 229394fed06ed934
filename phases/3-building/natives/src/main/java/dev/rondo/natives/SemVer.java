package dev.rondo.natives;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of semver.org 2.0.
 *
 * @param pre the parts of a pre-release; none for a release
 * @param build what stands behind the plus sign; npm's semver passes it over, Java's versions count
 *     by it
 */
record SemVer(long major, long minor, long patch, List<String> pre, String build)
        implements Comparable<SemVer> {
    private static final Pattern WRITTEN =
            Pattern.compile(
                    "[v=\\s]*(\\d{1,15})(?:\\.(\\d{1,15}))?(?:\\.(\\d{1,15}))?"
                            + "(?:-([0-9A-Za-z.-]+))?(?:\\+([0-9A-Za-z.-]+))?");

    static SemVer of(long major, long minor, long patch) {
        return new SemVer(major, minor, patch, List.of(), "");
    }

    /** Reads a version; parts that are missing are 0. */
    static Optional<SemVer> read(String text) {
        Matcher matcher = WRITTEN.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new SemVer(
                        number(matcher.group(1)),
                        number(matcher.group(2)),
                        number(matcher.group(3)),
                        matcher.group(4) == null
                                ? List.of()
                                : List.of(matcher.group(4).split("\\.")),
                        matcher.group(5) == null ? "" : matcher.group(5)));
    }

    private static long number(@org.jspecify.annotations.Nullable String text) {
        return text == null ? 0 : Long.parseLong(text);
    }

    boolean release() {
        return pre.isEmpty();
    }

    boolean sameRelease(SemVer other) {
        return major == other.major && minor == other.minor && patch == other.patch;
    }

    @Override
    public int compareTo(SemVer other) {
        int release =
                Comparator.comparingLong(SemVer::major)
                        .thenComparingLong(SemVer::minor)
                        .thenComparingLong(SemVer::patch)
                        .compare(this, other);
        if (release != 0 || pre.equals(other.pre)) {
            return release;
        }
        if (pre.isEmpty() || other.pre.isEmpty()) {
            return pre.isEmpty() ? 1 : -1;
        }
        return parts(pre, other.pre);
    }

    /** Also by what stands behind the plus sign. */
    int compareBuild(SemVer other) {
        int plain = compareTo(other);
        if (plain != 0 || build.equals(other.build)) {
            return plain;
        }
        return parts(List.of(build.split("\\.")), List.of(other.build.split("\\.")));
    }

    private static int parts(List<String> one, List<String> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            boolean numbers = one.get(i).matches("\\d{1,15}") && other.get(i).matches("\\d{1,15}");
            boolean number = one.get(i).matches("\\d{1,15}");
            int order =
                    numbers
                            ? Long.compare(Long.parseLong(one.get(i)), Long.parseLong(other.get(i)))
                            : number != other.get(i).matches("\\d{1,15}")
                                    ? (number ? -1 : 1)
                                    : one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    @Override
    public String toString() {
        return "%d.%d.%d%s%s"
                .formatted(
                        major,
                        minor,
                        patch,
                        pre.isEmpty() ? "" : "-" + String.join(".", pre),
                        build.isEmpty() ? "" : "+" + build);
    }
}
