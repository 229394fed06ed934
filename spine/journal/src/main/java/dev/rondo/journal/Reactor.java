package dev.rondo.journal;

import dev.rondo.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Runs the reactions, one thread each, woken by commits. Start it when all reactions are wired and
 * stop it before the store is closed.
 */
public final class Reactor implements AutoCloseable {

    private final Store store;
    private final List<Duration> pauses;
    private final List<ReactionRunner> runners = new ArrayList<>();

    public Reactor(Store store, Journal journal) {
        this(
                store,
                journal,
                List.of(
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2)));
    }

    /**
     * @param pauses between the tries of an event that fails; after the last it is parked
     */
    Reactor(Store store, Journal journal, List<Duration> pauses) {
        this.store = store;
        this.pauses = pauses;
        journal.onAppended(this::wake);
    }

    public void start(List<Reaction> reactions) {
        reactions.forEach(reaction -> runners.add(new ReactionRunner(store, reaction, pauses)));
        runners.forEach(ReactionRunner::start);
        store.listen(Journal.CHANNEL, this::wake);
    }

    /** Lets every reaction look for new events. */
    public void wake() {
        runners.forEach(ReactionRunner::wake);
    }

    /** How far each reaction is behind the head of the journal. */
    public List<Lag> lags() {
        return runners.stream().map(runner -> new Lag(runner.name(), runner.position())).toList();
    }

    /** Where a reaction stands. */
    public record Lag(String reaction, long seq) {}

    /** Events that failed after their last try, and those of the same subject behind them. */
    public List<ParkedEvent> parked() {
        return store.read(sql -> Parking.list(sql, 500));
    }

    /** How many events of each reaction are parked; none of those that have none. */
    public Map<String, Long> parkedCounts() {
        return store.read(Parking::counts);
    }

    /**
     * Tries the parked events of one subject again, in order, up to the first that fails.
     *
     * @return how many are done
     */
    public int retry(String reaction, String project, Subject subject) {
        return runners.stream()
                .filter(runner -> runner.name().equals(reaction))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no reaction " + reaction))
                .retry(project, subject);
    }

    @Override
    public void close() {
        runners.forEach(ReactionRunner::stop);
        runners.forEach(ReactionRunner::join);
    }
}
