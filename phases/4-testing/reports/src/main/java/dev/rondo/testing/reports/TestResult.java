package dev.rondo.testing.reports;

/**
 * One test as a report tells it.
 *
 * @param suite name of the suite that it stands in
 * @param className or empty
 * @param file where the test is written, or empty where the report does not say
 * @param flaky it failed first and passed when tried again
 * @param attempts how often it was tried, from 1
 * @param micros how long it took
 * @param message of the failure or of the reason to skip, or empty
 * @param stack of the failure, or empty
 */
public record TestResult(
        String suite,
        String className,
        String name,
        String file,
        Outcome outcome,
        boolean flaky,
        int attempts,
        long micros,
        String message,
        String stack) {

    /**
     * What stays the same from run to run. Some tools put the whole sentence into class and name
     * alike, so the suite counts only where there is no class.
     */
    public String key() {
        return (className.isEmpty() ? suite : className) + "#" + name;
    }
}
