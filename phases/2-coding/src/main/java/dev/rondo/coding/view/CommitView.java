package dev.rondo.coding.view;

import gg.jte.Content;
import java.time.Instant;
import java.util.List;

/**
 * One commit.
 *
 * @param body the message without its first line; nothing when there is none
 * @param panels what other phases know of it
 */
public record CommitView(
        String id, Content subject, Content body, People people, List<Link> links, Content panels) {

    /**
     * @param parents none for the first commit
     */
    public record People(
            String author, Instant authoredAt, String committer, Instant at, List<Link> parents) {}
}
