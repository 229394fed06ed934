package dev.rondo.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.monitoring.Alert.Seen;
import dev.rondo.monitoring.Alert.State;
import dev.rondo.monitoring.AlertRule.Figure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AlertTest {

    private static final long SECOND = 1_000_000;
    private static final AlertRule RULE = rule(10, 5);

    private static AlertRule rule(int lasting, int keepFiring) {
        return new AlertRule(
                "R",
                Figure.ERROR_RATIO,
                true,
                0.05,
                "",
                "",
                Duration.ofMinutes(1),
                Duration.ofSeconds(lasting),
                Duration.ofSeconds(keepFiring),
                20,
                "major",
                "");
    }

    private static Seen seen(double value) {
        return new Seen(true, value, "1.0.0");
    }

    @Test
    void aBreachFiresOnlyOnceItHasLasted() {
        var alert = Alert.FINE.next(RULE, seen(0.2), SECOND);
        assertThat(alert.state()).isEqualTo(State.PENDING);
        assertThat(alert.next(RULE, seen(0.2), 10 * SECOND).state()).isEqualTo(State.PENDING);
        var firing = alert.next(RULE, seen(0.3), 11 * SECOND);
        assertThat(firing.state()).isEqualTo(State.FIRING);
        assertThat(firing.value()).isEqualTo(0.3);
        assertThat(firing.since()).isEqualTo(SECOND);
    }

    @Test
    void aBreachThatPassesIsForgotten() {
        var alert = Alert.FINE.next(RULE, seen(0.2), SECOND).next(RULE, seen(0.05), 2 * SECOND);
        assertThat(alert).isEqualTo(Alert.FINE);
    }

    @Test
    void withoutATimeToLastItFiresAtOnce() {
        assertThat(Alert.FINE.next(rule(0, 0), seen(0.2), SECOND).state()).isEqualTo(State.FIRING);
    }

    @Test
    void aFiringAlertIsResolvedOnceItHasBeenFineForAWhile() {
        var firing = new Alert(State.FIRING, SECOND, 0, 0.3, "1.0.0", 7);
        var clearing = firing.next(RULE, seen(0), 20 * SECOND);
        assertThat(clearing.state()).isEqualTo(State.FIRING);
        assertThat(clearing.firedSeq()).isEqualTo(7);
        assertThat(clearing.next(RULE, seen(0.4), 22 * SECOND).clearSince()).isZero();
        assertThat(clearing.next(RULE, Seen.NOTHING, 24 * SECOND).state()).isEqualTo(State.FIRING);
        assertThat(clearing.next(RULE, Seen.NOTHING, 25 * SECOND)).isEqualTo(Alert.FINE);
        var atOnce = new Alert(State.FIRING, SECOND, 0, 0.3, "1.0.0", 7);
        assertThat(atOnce.next(rule(0, 0), seen(0), 20 * SECOND)).isEqualTo(Alert.FINE);
    }

    @Test
    void nothingSeenIsNoBreachEvenOfALowerThreshold() {
        var below =
                new AlertRule(
                        "Quiet",
                        Figure.REQUESTS_PER_SECOND,
                        false,
                        1,
                        "",
                        "",
                        Duration.ofMinutes(1),
                        Duration.ZERO,
                        Duration.ZERO,
                        0,
                        "minor",
                        "");
        assertThat(Alert.FINE.next(below, Seen.NOTHING, SECOND)).isEqualTo(Alert.FINE);
        assertThat(Alert.FINE.next(below, seen(0.5), SECOND).state()).isEqualTo(State.FIRING);
    }
}
