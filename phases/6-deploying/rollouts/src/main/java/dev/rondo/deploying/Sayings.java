package dev.rondo.deploying;

import dev.rondo.access.Outcome;
import dev.rondo.web.Texts;
import java.util.Locale;
import java.util.Optional;

/** Says reasons and refusals where there is no visit: in events, and to a chat. */
final class Sayings {

    private final Texts texts;

    Sayings(Texts texts) {
        this.texts = texts;
    }

    /** Events are read by all phases and leave the house: they speak English. */
    String inEnglish(Reason reason) {
        return say(Locale.ENGLISH, reason);
    }

    String say(Locale language, Reason reason) {
        return reason.key().isEmpty()
                ? ""
                : texts.say(language, Optional.of(reason.wording()), reason.key());
    }

    String say(Locale language, Outcome.Refused<?> refused) {
        return texts.say(language, refused.key(), refused.args().toArray());
    }

    String say(Locale language, String key, Object... args) {
        return texts.say(language, key, args);
    }
}
