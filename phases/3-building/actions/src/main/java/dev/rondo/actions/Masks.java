package dev.rondo.actions;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Hides secrets in text: each as it is, line by line, and in the forms that the runner registers
 * encoders for (base64 at three offsets, URL, JSON, XML, expression, without its quotes). Safe for
 * many threads.
 */
public final class Masks {
    private static final String HIDDEN = "***";

    private volatile List<String> words = List.of();

    public synchronized void add(String secret) {
        var all =
                new TreeSet<>(
                        Comparator.comparingInt(String::length)
                                .reversed()
                                .thenComparing(Comparator.naturalOrder()));
        all.addAll(words);
        forms(secret, all);
        secret.lines().filter(line -> line.strip().length() > 1).forEach(line -> forms(line, all));
        words = List.copyOf(all);
    }

    private static void forms(String secret, TreeSet<String> into) {
        String plain = secret.strip();
        if (plain.isEmpty()) {
            return;
        }
        into.add(plain);
        into.add(
                URLEncoder.encode(plain, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A")
                        .replace("%7E", "~"));
        into.add(Json.write(Value.of(plain)).replaceAll("^\"|\"$", ""));
        into.add(plain.replace("'", "''"));
        String xml = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        into.add(xml);
        into.add(xml.replace("\"", "&quot;").replace("'", "&apos;"));
        if (plain.length() > 8 && plain.startsWith("\"") && plain.endsWith("\"")) {
            into.add(plain.substring(1, plain.length() - 1));
        }
        byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
        for (int offset = 0; offset < 3 && bytes.length > offset + 5; offset++) {
            // only whole groups of three bytes: what stands behind depends on what follows
            int length = (bytes.length - offset) / 3 * 3;
            byte[] part = new byte[length];
            System.arraycopy(bytes, offset, part, 0, length);
            into.add(Base64.getEncoder().encodeToString(part));
        }
    }

    public String hide(String text) {
        String hidden = text;
        for (String word : words) {
            if (hidden.contains(word)) {
                hidden = hidden.replace(word, HIDDEN);
            }
        }
        return hidden;
    }

    public boolean hides(String text) {
        return words.stream().anyMatch(text::contains);
    }

    /** For tests and figures: how many forms are hidden. */
    List<String> words() {
        return new ArrayList<>(words);
    }
}
