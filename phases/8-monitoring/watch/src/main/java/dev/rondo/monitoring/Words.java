package dev.rondo.monitoring;

import dev.rondo.journal.Wording;
import dev.rondo.monitoring.judgement.Reason;
import dev.rondo.web.Texts;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.Optional;

/** Figures as people read them, in their language. */
final class Words {

    private final Texts texts;
    private final Locale language;

    Words(Texts texts, Locale language) {
        this.texts = texts;
        this.language = language;
    }

    String text(String key, Object... arguments) {
        return texts.say(language, key, arguments);
    }

    String said(Optional<Wording> wording, String otherwise) {
        return texts.say(language, wording, otherwise);
    }

    String ratio(double ratio) {
        return digits(ratio * 100, ratio != 0 && ratio < 0.01 ? 2 : 1) + " %";
    }

    /** With its sign, for differences. */
    String points(double ratio) {
        return (ratio > 0 ? "+" : ratio < 0 ? "−" : "") + digits(Math.abs(ratio) * 100, 1) + " %";
    }

    String seconds(double seconds) {
        return seconds < 1 ? digits(seconds * 1000, 0) + " ms" : digits(seconds, 2) + " s";
    }

    String rate(double perSecond) {
        return digits(perSecond, perSecond < 10 ? 1 : 0) + " /s";
    }

    String bytes(double bytes) {
        if (bytes < 1 << 20) {
            return digits(bytes / 1024, 0) + " KiB";
        }
        return bytes < 1 << 30
                ? digits(bytes / (1 << 20), 0) + " MiB"
                : digits(bytes / (1 << 30), 2) + " GiB";
    }

    String count(long count) {
        return NumberFormat.getIntegerInstance(language).format(count);
    }

    /** How many times likelier; beyond a million nobody compares any more. */
    String evidence(double evidence) {
        return evidence > 1e6 ? "> " + count(1_000_000) : digits(evidence, evidence < 10 ? 2 : 0);
    }

    String reason(Reason reason) {
        return text("monitoring.reason." + reason.key(), reason.arguments().toArray());
    }

    String digits(double value, int digits) {
        var format = NumberFormat.getNumberInstance(language);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(value);
    }
}
