package dev.rondo.releasing;

import dev.rondo.web.Texts;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The notes of a release as Markdown, by kind of change, in one language. */
record Notes(Texts texts, Locale language, Addresses addresses) {

    /** Where numbers and commits lead; an empty address makes no link. */
    interface Addresses {
        String ticket(long number);

        String commit(String id);

        Addresses NONE =
                new Addresses() {
                    @Override
                    public String ticket(long number) {
                        return "";
                    }

                    @Override
                    public String commit(String id) {
                        return "";
                    }
                };
    }

    private record Group(String key, Predicate<Change> takes) {}

    private static final List<Group> GROUPS =
            List.of(
                    new Group("feat", change -> change.type().equals("feat")),
                    new Group("fix", change -> change.type().equals("fix")),
                    new Group("perf", change -> change.type().equals("perf")),
                    new Group("revert", change -> change.type().equals("revert")),
                    new Group("docs", change -> change.type().equals("docs")));

    String write(List<Change> changes) {
        var text = new StringBuilder();
        var breaking = changes.stream().filter(Change::breaking).toList();
        section(text, "breaking", breaking);
        for (var group : GROUPS) {
            section(text, group.key(), changes.stream().filter(group.takes()).toList());
        }
        section(
                text,
                "other",
                changes.stream()
                        .filter(change -> GROUPS.stream().noneMatch(g -> g.takes().test(change)))
                        .toList());
        return text.toString().strip() + "\n";
    }

    private void section(StringBuilder text, String key, List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        text.append("### ").append(texts.say(language, "releasing.notes." + key)).append("\n\n");
        for (var change : changes) {
            line(text, change, key.equals("breaking"));
        }
        text.append('\n');
    }

    private void line(StringBuilder text, Change change, boolean breaking) {
        text.append("- ");
        if (!change.scope().isEmpty()) {
            text.append("**").append(escaped(change.scope())).append(":** ");
        }
        var said =
                breaking && !change.breakingText().isEmpty()
                        ? change.breakingText().replace('\n', ' ')
                        : change.description();
        text.append(escaped(said)).append(" (").append(link(commit(change), change));
        if (!change.tickets().isEmpty()) {
            text.append(", ")
                    .append(
                            change.tickets().stream()
                                    .map(number -> link("#" + number, addresses.ticket(number)))
                                    .collect(Collectors.joining(", ")));
        }
        text.append(")\n");
    }

    private static String commit(Change change) {
        return "`" + change.shortId() + "`";
    }

    private String link(String text, Change change) {
        return link(text, addresses.commit(change.commit()));
    }

    private static String link(String text, String address) {
        return address.isEmpty() ? text : "[" + text + "](" + address + ")";
    }

    /** A commit's words are text here, whatever signs they hold; {@code #12} stays readable. */
    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("\\`*_[]<>|~".indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }
}
