package dev.rondo.releasing;

/**
 * A time in which nothing is published.
 *
 * @param environment empty for all
 * @param startsAt microseconds, included
 * @param endsAt microseconds, not included
 */
record Freeze(
        String id, String title, String environment, long startsAt, long endsAt, String madeBy) {

    boolean covers(String environmentName, long at) {
        return startsAt <= at
                && at < endsAt
                && (environment.isEmpty() || environment.equals(environmentName));
    }
}
