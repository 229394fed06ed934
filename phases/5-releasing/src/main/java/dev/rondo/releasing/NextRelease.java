package dev.rondo.releasing;

import java.util.List;
import java.util.Optional;

/**
 * Decides the next version from what changed. The version counts on from the last release, also a
 * bad one, because a version is never given twice; without one the first release is 1.0.0. There is
 * a release only if one of the changes is worth it (see {@link ConventionalCommit#bump}).
 *
 * @param last the last release, if there is one
 * @param version the next one; empty when there is nothing to release
 * @param because the change that decided, if one did
 */
record NextRelease(
        Optional<Version> last,
        Optional<Version> version,
        Bump bump,
        Optional<Change> because,
        List<Change> changes) {

    /**
     * @param sinceLast what came after the last release, newest first: it decides
     * @param sinceGood what came after the last good release, newest first: it is told in the notes
     */
    static NextRelease decide(
            Optional<Version> last, List<Change> sinceLast, List<Change> sinceGood) {
        var bump = sinceLast.stream().map(Change::bump).reduce(Bump.NONE, Bump::or);
        if (bump == Bump.NONE) {
            return new NextRelease(last, Optional.empty(), bump, Optional.empty(), sinceGood);
        }
        return new NextRelease(
                last,
                Optional.of(last.map(version -> version.next(bump)).orElse(Version.FIRST)),
                bump,
                sinceLast.stream().filter(change -> change.bump() == bump).findFirst(),
                sinceGood);
    }
}
