package dev.rondo.jobs;

/** How a step ended: a word, and one sentence where it did not go well. */
record Outcome(String word, String message) {
    static final Outcome SUCCESS = new Outcome("success", "");
    static final Outcome SKIPPED = new Outcome("skipped", "");
    static final Outcome CANCELLED = new Outcome("cancelled", "");

    static Outcome failure(String message) {
        return new Outcome("failure", message);
    }

    boolean failed() {
        return word.equals("failure");
    }
}
