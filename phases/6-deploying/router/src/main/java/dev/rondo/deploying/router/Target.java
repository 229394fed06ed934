package dev.rondo.deploying.router;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A route made ready for choosing: its turns, its instances, its figures. */
final class Target {

    private final Route route;
    private final List<Version> versions;
    private final WeightedTurns turns;
    private final String cookieName;

    Target(Route route, RouterFigures figures, Function<Backend, Upstream> upstreams) {
        this.route = route;
        this.versions =
                route.shares().stream()
                        .map(share -> Version.of(route, share, figures, upstreams))
                        .toList();
        this.turns = new WeightedTurns(weights(route), System.nanoTime());
        this.cookieName =
                "rondo-"
                        + Integer.toString(named(route.service()).hashCode(), 36).replace('-', 'z');
    }

    /** The same after each start, so that a client's cookie stays good. */
    private static String named(Route.Service service) {
        return service.project() + '/' + service.name() + '/' + service.environment();
    }

    private static int[] weights(Route route) {
        return route.shares().stream()
                .mapToInt(share -> share.backends().isEmpty() ? 0 : share.weight())
                .toArray();
    }

    Route route() {
        return route;
    }

    String cookieName() {
        return cookieName;
    }

    /** The version and instance for a new request, or nothing if no instance is there. */
    @Nullable Choice choose(@Nullable String stuckTo) {
        if (stuckTo != null) {
            var kept = kept(stuckTo);
            if (kept != null) {
                return kept;
            }
        }
        int turn = turns.next();
        return turn < 0 ? null : versions.get(turn).choose();
    }

    /** Another instance: of the same version if it is still there, of another if not. */
    @Nullable Choice chooseAnother(Choice failed) {
        for (var version : versions) {
            if (version.key().equals(failed.version().key())) {
                return version.chooseExcept(failed.upstream());
            }
        }
        int turn = turns.next();
        return turn < 0 ? null : versions.get(turn).choose();
    }

    /** Whether an instance still stands in the table. */
    boolean has(Choice choice) {
        for (var version : versions) {
            for (var upstream : version.upstreams()) {
                if (upstream == choice.upstream()) {
                    return true;
                }
            }
        }
        return false;
    }

    private @Nullable Choice kept(String stuckTo) {
        int dot = stuckTo.indexOf('.');
        if (dot < 0) {
            return null;
        }
        var versionKey = stuckTo.substring(0, dot);
        var instanceKey = stuckTo.substring(dot + 1);
        for (var version : versions) {
            if (version.key().equals(versionKey) && version.upstreams().length > 0) {
                for (var upstream : version.upstreams()) {
                    if (upstream.key().equals(instanceKey) && !upstream.pausing()) {
                        return new Choice(version, upstream);
                    }
                }
                return version.choose();
            }
        }
        return null;
    }

    /** Where one request goes. */
    record Choice(Version version, Upstream upstream) {

        String cookie() {
            return version.key() + '.' + upstream.key();
        }
    }

    /** A version's instances, taken in turn. */
    record Version(
            String version,
            String key,
            Upstream[] upstreams,
            AtomicInteger next,
            RouterFigures.OfVersion figures) {

        static Version of(
                Route route,
                Share share,
                RouterFigures figures,
                Function<Backend, Upstream> upstreams) {
            return new Version(
                    share.version(),
                    Integer.toString(share.version().hashCode(), 36).replace('-', 'z'),
                    share.backends().stream().map(upstreams).toArray(Upstream[]::new),
                    new AtomicInteger(),
                    figures.of(route.service(), share.version()));
        }

        @Nullable Choice choose() {
            return chooseExcept(null);
        }

        @Nullable Choice chooseExcept(@Nullable Upstream failed) {
            Upstream spare = null;
            for (int i = 0; i < upstreams.length; i++) {
                int turn = upstreams.length == 1 ? 0 : next.getAndIncrement() & Integer.MAX_VALUE;
                var upstream = upstreams[turn % upstreams.length];
                if (upstream == failed) {
                    continue;
                }
                if (!upstream.pausing()) {
                    return new Choice(this, upstream);
                }
                spare = upstream;
            }
            return spare == null ? null : new Choice(this, spare);
        }
    }
}
