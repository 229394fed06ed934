package dev.rondo.coding;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Pattern;

/**
 * What a commit message says about work items: those it mentions ({@code #12}) and those it claims
 * to finish ({@code Fixes #12}, {@code Closes: #3, #4 and #5}), with the words that GitHub takes.
 */
record TicketWords(List<Long> mentions, List<Long> fixes) {

    private static final int MOST = 50;
    private static final String NUMBER = "#(\\d{1,9})\\b";
    private static final Pattern MENTION = Pattern.compile("(?<![\\w/#&])" + NUMBER);
    private static final Pattern FIX =
            Pattern.compile(
                    "\\b(?:fix(?:e[sd])?|close[sd]?|resolve[sd]?)\\b:?\\s+(?=#)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern NEXT =
            Pattern.compile("(?:\\s*,\\s*(?:and\\s+)?|\\s+and\\s+|)" + NUMBER);

    static TicketWords of(String message) {
        var mentions = numbers(message);
        var fixes = new LinkedHashSet<Long>();
        var word = FIX.matcher(message);
        while (word.find()) {
            var next = NEXT.matcher(message).region(word.end(), message.length());
            while (next.lookingAt()) {
                fixes.add(Long.valueOf(next.group(1)));
                next.region(next.end(), message.length());
            }
        }
        return new TicketWords(
                mentions.stream().limit(MOST).toList(), fixes.stream().limit(MOST).toList());
    }

    private static SequencedSet<Long> numbers(String text) {
        var numbers = new LinkedHashSet<Long>();
        var matcher = MENTION.matcher(text);
        while (matcher.find()) {
            numbers.add(Long.valueOf(matcher.group(1)));
        }
        return numbers;
    }
}
