package dev.rondo.operating;

import java.math.BigInteger;
import java.util.regex.Pattern;

/** Precedence of versions as Semantic Versioning 2.0.0 orders them (§11). */
final class Versions {

    private static final Pattern SEMVER =
            Pattern.compile(
                    "v?(\\d+)\\.(\\d+)\\.(\\d+)(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");

    private Versions() {}

    /** Whether one is newer; of versions that are not SemVer, each other one counts as newer. */
    static boolean isNewer(String version, String than) {
        var one = SEMVER.matcher(version);
        var other = SEMVER.matcher(than);
        if (!one.matches() || !other.matches()) {
            return !version.equals(than);
        }
        for (int part = 1; part <= 3; part++) {
            int order = number(one.group(part)).compareTo(number(other.group(part)));
            if (order != 0) {
                return order > 0;
            }
        }
        return comparePre(text(one.group(4)), text(other.group(4))) > 0;
    }

    private static int comparePre(String one, String other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Boolean.compare(one.isEmpty(), other.isEmpty());
        }
        var left = one.split("\\.");
        var right = other.split("\\.");
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            int order = compareIdentifier(left[i], right[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length, right.length);
    }

    private static int compareIdentifier(String one, String other) {
        boolean digits = one.matches("\\d+");
        if (digits != other.matches("\\d+")) {
            return digits ? -1 : 1;
        }
        return digits ? number(one).compareTo(number(other)) : one.compareTo(other);
    }

    private static BigInteger number(String digits) {
        return new BigInteger(digits);
    }

    private static String text(@org.jspecify.annotations.Nullable String group) {
        return group == null ? "" : group;
    }
}
