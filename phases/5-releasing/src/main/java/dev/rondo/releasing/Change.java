package dev.rondo.releasing;

import dev.rondo.git.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One commit as the notes of a release tell it.
 *
 * @param type of Conventional Commits; empty where the message is none
 * @param breakingText empty for what does not break or does not say how
 * @param tickets numbers that the message names, in its order
 * @param author e-mail address, for the rule of four eyes
 */
record Change(
        String commit,
        String type,
        String scope,
        String description,
        boolean breaking,
        String breakingText,
        List<Long> tickets,
        String author) {

    private static final Pattern TICKET = Pattern.compile("(?<![\\w/&])#(\\d{1,9})\\b");

    static Change of(Commit commit) {
        var tickets = tickets(commit.message());
        var author = commit.author().email();
        return ConventionalCommit.parse(commit.message())
                .map(said ->
                        new Change(
                                commit.id(),
                                said.type(),
                                said.scope(),
                                said.description(),
                                said.breaking(),
                                said.breakingText(),
                                tickets,
                                author))
                .orElseGet(() ->
                        new Change(
                                commit.id(), "", "", commit.subject(), false, "", tickets, author));
    }

    private static List<Long> tickets(String message) {
        var found = new ArrayList<Long>();
        var matcher = TICKET.matcher(message);
        while (matcher.find()) {
            var number = Long.parseLong(matcher.group(1));
            if (number > 0 && !found.contains(number)) {
                found.add(number);
            }
        }
        return List.copyOf(found);
    }

    Bump bump() {
        return new ConventionalCommit(type, scope, breaking, "", "", "", List.of()).bump();
    }

    String shortId() {
        return commit.substring(0, Math.min(10, commit.length()));
    }
}
