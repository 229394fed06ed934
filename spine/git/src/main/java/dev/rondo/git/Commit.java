package dev.rondo.git;

import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * A commit.
 *
 * @param id full object name
 * @param parents full object names; none for the first commit, several for a merge
 * @param message as it was written
 */
public record Commit(
        String id, List<String> parents, Person author, Person committer, String message) {

    static Commit of(RevCommit commit) {
        return new Commit(
                commit.name(),
                Stream.of(commit.getParents()).map(AnyObjectId::name).toList(),
                Person.of(commit.getAuthorIdent()),
                Person.of(commit.getCommitterIdent()),
                commit.getFullMessage());
    }

    /** The first line of the message. */
    public String subject() {
        return message.strip().lines().findFirst().orElse("");
    }

    /** The message without its first line. */
    public String body() {
        String text = message.strip();
        int end = text.indexOf('\n');
        return end < 0 ? "" : text.substring(end + 1).strip();
    }

    /** The first ten digits of the id: what people compare. */
    public String shortId() {
        return id.substring(0, 10);
    }
}
