package dev.rondo.web;

import dev.rondo.journal.Wording;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every text that a user sees, by key, in English and German. A module's texts lie in {@code
 * dev/rondo/<module>/texts.properties} and {@code texts_de.properties}, UTF-8; with arguments a
 * text is a {@link MessageFormat}, without it is taken as it stands.
 */
public final class Texts {

    /** The languages, the first one being the fall-back. */
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

    private static final Logger LOG = LoggerFactory.getLogger(Texts.class);

    private final Map<Locale, Map<String, String>> byLanguage;
    private final boolean strict;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    private Texts(Map<Locale, Map<String, String>> byLanguage, boolean strict) {
        this.byLanguage = byLanguage;
        this.strict = strict;
    }

    /**
     * Reads the texts of the modules, such as {@code "planning"}; those of web and access are
     * always there.
     */
    public static Texts of(List<String> modules) {
        var all = new ArrayList<String>(modules);
        all.removeAll(List.of("web", "access"));
        all.addAll(0, List.of("web", "access"));
        var byLanguage = new LinkedHashMap<Locale, Map<String, String>>();
        for (var language : LANGUAGES) {
            var texts = new LinkedHashMap<String, String>();
            for (var module : all) {
                load(module, language, texts);
            }
            byLanguage.put(language, texts);
        }
        return new Texts(byLanguage, false);
    }

    public static Texts of(String... modules) {
        return of(List.of(modules));
    }

    /** The same texts, but a key that is missing throws: for tests. */
    public Texts strict() {
        return new Texts(byLanguage, true);
    }

    public String say(Locale language, String key, Object... args) {
        var text = texts(language).get(key);
        if (text == null) {
            return missing(language, key);
        }
        if (args.length == 0) {
            return text;
        }
        return new MessageFormat(text, language).format(plain(text, args));
    }

    /** What an event says; the sentence in the event itself where there is no other. */
    public String say(Locale language, Optional<Wording> wording, String otherwise) {
        return wording.map(sentence -> said(language, sentence))
                .filter(text -> !text.isBlank())
                .orElse(otherwise);
    }

    /** Empty when it, or a part of it, has no text any more. */
    private String said(Locale language, Wording wording) {
        var parts =
                wording.args().stream()
                        .map(arg -> arg instanceof Wording part ? said(language, part) : arg)
                        .toList();
        if (parts.contains("") && wording.args().stream().anyMatch(Wording.class::isInstance)) {
            return "";
        }
        if (wording.key().isEmpty()) {
            return parts.stream().map(String::valueOf).collect(Collectors.joining(" "));
        }
        return has(wording.key()) ? say(language, wording.key(), parts.toArray()) : "";
    }

    /** For keys that are made of data, such as a state's; those may have no text of their own. */
    public boolean has(String key) {
        return texts(LANGUAGES.getFirst()).containsKey(key);
    }

    /** The keys of one language, for the test that both have the same. */
    public Set<String> keys(Locale language) {
        return new TreeSet<>(texts(language).keySet());
    }

    /** The language that fits best to what a browser or an account asks for. */
    static Locale best(String wanted) {
        for (var part : wanted.split(",")) {
            var tag = part.strip().toLowerCase(Locale.ROOT);
            for (var language : LANGUAGES) {
                if (tag.startsWith(language.getLanguage())) {
                    return language;
                }
            }
        }
        return LANGUAGES.getFirst();
    }

    private Map<String, String> texts(Locale language) {
        return byLanguage.getOrDefault(
                Locale.of(language.getLanguage()),
                byLanguage.getOrDefault(LANGUAGES.getFirst(), Map.of()));
    }

    private String missing(Locale language, String key) {
        if (strict) {
            throw new IllegalArgumentException(
                    "no text for the key " + key + " in " + language.getLanguage());
        }
        if (reported.add(key)) {
            LOG.warn("no text for the key {} in {}", key, language.getLanguage());
        }
        return "⟦" + key + "⟧";
    }

    /** Whole numbers without grouping (#1234), unless the text formats the argument by itself. */
    private static Object[] plain(String text, Object[] args) {
        var plain = args.clone();
        for (int i = 0; i < plain.length; i++) {
            if ((plain[i] instanceof Long || plain[i] instanceof Integer)
                    && !text.contains("{" + i + ",")) {
                plain[i] = plain[i].toString();
            }
        }
        return plain;
    }

    private static void load(String module, Locale language, Map<String, String> into) {
        var suffix = language.equals(LANGUAGES.getFirst()) ? "" : "_" + language.getLanguage();
        var path = "/dev/rondo/" + module + "/texts" + suffix + ".properties";
        try (var in = Texts.class.getResourceAsStream(path)) {
            if (in == null) {
                return;
            }
            var properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            properties.forEach((key, text) -> into.put(key.toString(), text.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
