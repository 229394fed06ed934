package dev.rondo.bench;

import java.util.Locale;

/**
 * One row of the table; texts are empty where there is nothing to say.
 *
 * @param ratio Rondo's number divided by the peer's
 */
record Figure(String what, String rondo, String peer, String ratio, String goal, Verdict verdict) {

    enum Verdict {
        MET("met"),
        MISSED("MISSED"),
        /** Told beside the others; nobody set a goal. */
        NO_GOAL(""),
        NOT_MEASURED("not measured");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static Figure told(String what, String rondo) {
        return new Figure(what, rondo, "", "", "", Verdict.NO_GOAL);
    }

    static Figure notMeasured(String what, String why) {
        return new Figure(what, why, "", "", "", Verdict.NOT_MEASURED);
    }

    /** A number that must not be above its goal. */
    static Figure atMost(String what, double value, double goal, String unit) {
        return new Figure(
                what, show(value, unit), "", "", "≤ " + show(goal, unit), met(value <= goal));
    }

    /** A number that must not be below its goal. */
    static Figure atLeast(String what, double value, double goal, String unit) {
        return new Figure(
                what, show(value, unit), "", "", "≥ " + show(goal, unit), met(value >= goal));
    }

    Figure against(double peer, double ratio, String unit) {
        return new Figure(what, rondo, show(peer, unit), ratio(ratio), goal, verdict);
    }

    static Verdict met(boolean met) {
        return met ? Verdict.MET : Verdict.MISSED;
    }

    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** Three figures that count, and no more. */
    static String show(double value, String unit) {
        double size = Math.abs(value);
        var format = size >= 100 ? "%,.0f %s" : size >= 10 ? "%.1f %s" : "%.2f %s";
        return String.format(Locale.ROOT, format, value, unit).strip();
    }
}
