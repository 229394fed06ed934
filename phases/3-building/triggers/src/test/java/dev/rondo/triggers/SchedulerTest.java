package dev.rondo.triggers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.store.Micros;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SchedulerTest {
    @Test
    void schedulerSleepsUntilTheNextTimeAndNoLonger() {
        Instant now = Instant.parse("2026-11-22T10:00:00Z");
        assertThat(Scheduler.pause(due(now.plusSeconds(90)), now))
                .isEqualTo(Duration.ofSeconds(90).plusMillis(1));
        assertThat(Scheduler.pause(due(now.minusSeconds(1)), now)).isZero();
        assertThat(Scheduler.pause(due(now.plus(Duration.ofDays(9))), now))
                .isEqualTo(Duration.ofMinutes(10));
    }

    private static ScheduleRow due(Instant at) {
        return new ScheduleRow("p", "f", "c", "Z", "a", Micros.of(at));
    }
}
