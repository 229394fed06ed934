package dev.rondo.deploying;

import dev.rondo.access.Outcome;
import dev.rondo.deploying.Rollout.Course;
import dev.rondo.git.Repositories;
import dev.rondo.journal.Fact.Artifact;
import dev.rondo.store.Ids;
import dev.rondo.store.Micros;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What must hold before a rollout begins; the same for button, API, chat and publication. */
final class RolloutChecks {

    private static final int MOST_BYTES = 128 * 1024;

    private final Repositories repositories;

    RolloutChecks(Repositories repositories) {
        this.repositories = repositories;
    }

    /**
     * Who wants which version where.
     *
     * @param owner whether the actor may deploy to environments that ask for approval
     * @param back whether an earlier version is wanted back, all at once
     * @param waits whether it is queued behind a rollout that is under way, or else refused
     */
    record Wish(
            Place place,
            String version,
            String actor,
            boolean owner,
            boolean back,
            boolean waits) {}

    /** The text of the delivery file at a commit, if there is one. */
    Optional<String> delivery(String project, String commit) {
        return repositories
                .find(project)
                .flatMap(repository -> repository.file(commit, DeliveryProblem.FILE, MOST_BYTES))
                .map(blob -> blob.text());
    }

    /** What is wrong with the file at the tip of the default branch, if anything is. */
    Optional<DeliveryProblem> problem(String project) {
        return repositories
                .find(project)
                .flatMap(repository ->
                        repository.resolve("refs/heads/" + repository.defaultBranch()))
                .flatMap(commit -> delivery(project, commit))
                .flatMap(RolloutChecks::problemIn);
    }

    static Optional<DeliveryProblem> problemIn(String text) {
        try {
            DeliveryFile.read(text);
            return Optional.empty();
        } catch (DeliveryProblem.Found broken) {
            return Optional.of(broken.problem());
        }
    }

    /** A rollout that may be stored, or why not. Nothing is written. */
    Outcome<Rollout> check(Handle sql, Wish wish) {
        var project = wish.place().project();
        var found = ReleaseStore.find(sql, project, wish.version());
        if (found.isEmpty()) {
            return Outcome.refused("deploying.refused.release", "version", wish.version());
        }
        var release = found.get();
        if (!release.recalled().isEmpty()) {
            return Outcome.refused(
                    "deploying.refused.recalled", "version", wish.version(), release.recalled());
        }
        var text = delivery(project, release.commit());
        if (text.isEmpty()) {
            return Outcome.refused("deploying.refused.nodelivery", "version", wish.version());
        }
        Delivery delivery;
        try {
            delivery = DeliveryFile.read(text.get());
        } catch (DeliveryProblem.Found broken) {
            var problem = broken.problem();
            return Outcome.refused(
                    "deploying.refused.delivery",
                    "version",
                    problem.line(),
                    problem.column(),
                    problem.found());
        }
        return check(sql, wish, release, delivery, text.get());
    }

    private static Outcome<Rollout> check(
            Handle sql, Wish wish, Release release, Delivery delivery, String text) {
        var place = wish.place();
        if (!delivery.service().equals(place.service())) {
            return Outcome.refused(
                    "deploying.refused.service", "service", place.service(), delivery.service());
        }
        var environment = delivery.environment(place.environment());
        if (environment.isEmpty()) {
            return Outcome.refused(
                    "deploying.refused.environment",
                    "environment",
                    place.environment(),
                    delivery.environments().stream()
                            .map(Delivery.Environment::name)
                            .collect(Collectors.joining(", ")));
        }
        var artifact = artifact(release, delivery);
        if (artifact.isEmpty()) {
            return Outcome.refused(
                    "deploying.refused.artifact", "version", wish.version(), delivery.artifact());
        }
        if (environment.get().approvals() > 0 && !wish.owner()) {
            return Outcome.refused("deploying.refused.role", "environment", place.environment());
        }
        int approvals =
                ReleaseStore.approvals(sql, place.project(), wish.version(), place.environment());
        var opening = ReleaseStore.opening(sql, place, wish.version());
        if (!release.environments().contains(place.environment())
                && opening.isEmpty()
                && approvals < environment.get().approvals()) {
            return Outcome.refused(
                    "deploying.refused.approval",
                    "version",
                    wish.version(),
                    place.environment(),
                    approvals,
                    environment.get().approvals());
        }
        long cause = opening.orElse(release.event());
        var source =
                new Rollout.Source(
                        release.commit(), artifact.get().digest(), release.tickets(), text);
        return free(sql, wish)
                .or(() -> reach(sql, place, environment.get()))
                .orElseGet(() -> Outcome.done(rollout(sql, wish, source, cause)));
    }

    private static Optional<Artifact> artifact(Release release, Delivery delivery) {
        if (delivery.artifact().isEmpty()) {
            return release.artifacts().size() == 1
                    ? Optional.of(release.artifacts().getFirst())
                    : Optional.empty();
        }
        return release.artifacts().stream()
                .filter(artifact -> artifact.name().equals(delivery.artifact()))
                .findFirst();
    }

    private static Optional<Outcome<Rollout>> free(Handle sql, Wish wish) {
        var open = RolloutStore.open(sql, wish.place());
        var same = open.stream().filter(r -> r.version().equals(wish.version())).findFirst();
        if (same.isPresent()) {
            return Optional.of(
                    Outcome.refused("deploying.refused.same", "version", wish.version()));
        }
        if (!open.isEmpty() && !wish.waits()) {
            return Optional.of(
                    Outcome.refused(
                            "deploying.refused.busy",
                            "environment",
                            open.getFirst().version(),
                            wish.place().environment()));
        }
        var living = ServiceStore.find(sql, wish.place());
        if (open.isEmpty() && living.isPresent() && living.get().version().equals(wish.version())) {
            return Optional.of(
                    Outcome.refused(
                            "deploying.refused.lives",
                            "version",
                            wish.version(),
                            wish.place().environment()));
        }
        return Optional.empty();
    }

    /** No two services at one address: the router could not tell them apart. */
    private static Optional<Outcome<Rollout>> reach(
            Handle sql, Place place, Delivery.Environment environment) {
        for (var living : ServiceStore.all(sql)) {
            if (living.place().equals(place)) {
                continue;
            }
            var other = RolloutStore.find(sql, living.rollout());
            if (other.isPresent()
                    && clash(other.get().environment().reach(), environment.reach())) {
                return Optional.of(
                        Outcome.refused(
                                "deploying.refused.reach",
                                "environment",
                                living.place().service(),
                                living.place().environment(),
                                living.place().project()));
            }
        }
        return Optional.empty();
    }

    private static boolean clash(Delivery.Reach one, Delivery.Reach other) {
        return (!one.host().isEmpty() && one.host().equalsIgnoreCase(other.host()))
                || (!one.path().isEmpty() && one.path().equals(other.path()));
    }

    private static Rollout rollout(Handle sql, Wish wish, Rollout.Source source, long cause) {
        var living = ServiceStore.find(sql, wish.place());
        return new Rollout(
                Ids.next(),
                wish.place(),
                wish.version(),
                living.map(ServiceStore.Living::version).orElse(""),
                source,
                wish.back() ? Course.BACK : living.isPresent() ? Course.NEXT : Course.FIRST,
                new RolloutState.Queued(),
                new Rollout.Traffic(0, 0),
                new Rollout.Marks(wish.actor(), cause, 0, Micros.now(), 0, -1));
    }
}
