package dev.rondo.testing;

import dev.rondo.testing.reports.Problem;
import dev.rondo.web.Texts;
import java.util.List;
import java.util.Locale;

/** This phase's texts in one language, for where no page is: the command line and the journal. */
final class Sentences {
    private final Texts texts;
    private final Locale locale;

    private Sentences(Texts texts, Locale locale) {
        this.texts = texts;
        this.locale = locale;
    }

    static Sentences in(Locale locale) {
        return of(Texts.of("testing"), locale);
    }

    /** German where the locale is, else English. */
    static Sentences of(Texts texts, Locale locale) {
        boolean german = locale.getLanguage().equals(Locale.GERMAN.getLanguage());
        return new Sentences(texts, german ? Locale.GERMAN : Locale.ENGLISH);
    }

    String say(String key, Object... arguments) {
        return texts.say(locale, key, arguments);
    }

    String say(String key, List<?> arguments) {
        return texts.say(locale, key, arguments.toArray());
    }

    String say(Problem problem) {
        return say(problem.key(), problem.arguments());
    }

    Locale locale() {
        return locale;
    }
}
