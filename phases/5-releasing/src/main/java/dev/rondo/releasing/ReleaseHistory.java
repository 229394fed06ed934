package dev.rondo.releasing;

import dev.rondo.git.Commit;
import dev.rondo.git.GitRepository;
import dev.rondo.git.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the releases and changes of a git history. */
record ReleaseHistory(GitRepository git) {

    /** More commits than that between two releases are not told. */
    static final int MOST_COMMITS = 5000;

    /**
     * The next release that a commit would be.
     *
     * @param bad versions that were recalled: they count, but nobody has what they brought
     */
    NextRelease next(String commit, Set<Version> bad) {
        var before = releasesBefore(commit);
        var last = before.isEmpty() ? Optional.<Version>empty() : Optional.of(before.lastKey());
        var good =
                before.descendingMap().entrySet().stream()
                        .filter(release -> !bad.contains(release.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst();
        var sinceLast = last.map(before::get).map(tag -> since(commit, tag.commit().id()));
        return NextRelease.decide(
                last,
                sinceLast.orElseGet(() -> all(commit)),
                good.map(tag -> since(commit, tag.commit().id())).orElseGet(() -> all(commit)));
    }

    /** Tags of releases that the commit builds on, by version. Pre-releases do not count. */
    private TreeMap<Version, Tag> releasesBefore(String commit) {
        var releases = new TreeMap<Version, Tag>(Comparator.naturalOrder());
        for (var tag : git.tags()) {
            var version = Version.ofTag(tag.name()).filter(Version::isRelease);
            if (version.isPresent() && git.builtOn(commit, tag.commit().id())) {
                releases.put(version.get(), tag);
            }
        }
        return releases;
    }

    private List<Change> since(String commit, String known) {
        return changes(git.commitsSince(commit, List.of(known), MOST_COMMITS));
    }

    private List<Change> all(String commit) {
        return changes(git.commitsSince(commit, List.of(), MOST_COMMITS));
    }

    /** A merge says nothing that its commits do not say, unless somebody gave it a type. */
    private static List<Change> changes(List<Commit> commits) {
        return commits.stream()
                .map(commit -> Map.entry(commit.parents().size() > 1, Change.of(commit)))
                .filter(known -> !known.getKey() || !known.getValue().type().isEmpty())
                .map(Map.Entry::getValue)
                .toList();
    }
}
