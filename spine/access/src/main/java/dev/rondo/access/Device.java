package dev.rondo.access;

import java.util.List;
import java.util.Map;

/**
 * What a browser says of itself, in the words of people. A name can be claimed by anybody: it is
 * for recognizing one's own session, and nothing is decided by it.
 *
 * @param browser such as {@code Firefox}; empty when nothing was said
 * @param system such as {@code Windows}; empty when it is not known
 */
public record Device(String browser, String system) {

    /** Browsers name those that they want to be taken for as well: the rarer word comes first. */
    private static final List<Map.Entry<String, String>> BROWSERS =
            List.of(
                    Map.entry("Edg", "Edge"),
                    Map.entry("OPR/", "Opera"),
                    Map.entry("Vivaldi/", "Vivaldi"),
                    Map.entry("SamsungBrowser/", "Samsung Internet"),
                    Map.entry("Firefox/", "Firefox"),
                    Map.entry("FxiOS/", "Firefox"),
                    Map.entry("Chrome/", "Chrome"),
                    Map.entry("CriOS/", "Chrome"),
                    Map.entry("Safari/", "Safari"));

    private static final List<Map.Entry<String, String>> SYSTEMS =
            List.of(
                    Map.entry("Android", "Android"),
                    Map.entry("iPhone", "iPhone"),
                    Map.entry("iPad", "iPad"),
                    Map.entry("Windows", "Windows"),
                    Map.entry("CrOS", "ChromeOS"),
                    Map.entry("Mac OS X", "macOS"),
                    Map.entry("Macintosh", "macOS"),
                    Map.entry("Linux", "Linux"));

    static Device of(String agent) {
        var browser = named(BROWSERS, agent);
        return new Device(browser.isEmpty() ? program(agent) : browser, named(SYSTEMS, agent));
    }

    private static String named(List<Map.Entry<String, String>> words, String agent) {
        return words.stream()
                .filter(word -> agent.contains(word.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** What is no browser names itself first, as in {@code curl/8.5.0}. */
    private static String program(String agent) {
        var first = agent.strip().split("[/\\s]", 2)[0];
        return first.substring(0, Math.min(40, first.length()));
    }
}
