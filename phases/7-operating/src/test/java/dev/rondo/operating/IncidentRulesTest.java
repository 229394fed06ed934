package dev.rondo.operating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.journal.Fact;
import dev.rondo.operating.Incident.Place;
import dev.rondo.operating.Incident.Resolution;
import dev.rondo.operating.Incident.Suspect;
import dev.rondo.operating.Incident.Times;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IncidentRulesTest {

    @ParameterizedTest
    @CsvSource({
        "production, 100, MAJOR",
        "production, 20, MAJOR",
        "production, 500, CRITICAL",
        "staging, 900, MINOR"
    })
    void severityOfARollbackFollowsEnvironmentAndErrors(
            String environment, long errors, Severity expected) {
        assertThat(IncidentRules.severity(rollback(environment, "1.1.0", errors)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"production, 0.06, MAJOR", "production, 0.25, CRITICAL", "staging, 0.9, MINOR"})
    void severityOfAnAlertFollowsEnvironmentAndExcess(
            String environment, double value, Severity expected) {
        assertThat(IncidentRules.severity(alert("errors", environment, "1.1.0", value)))
                .isEqualTo(expected);
    }

    @Test
    void aRollbackWithoutAnyRequestIsNoDivisionByZero() {
        var back = rollback("production", "1.1.0", 0);
        var empty = new Fact.TrafficSample("1.1.0", 0, 0, 0, 0, 0);
        assertThat(IncidentRules.ratio(empty)).isZero();
        assertThat(IncidentRules.severity(back)).isEqualTo(Severity.MAJOR);
    }

    @Test
    void evidenceNamesTheFiguresAndTheWorstRoute() {
        assertThat(IncidentRules.evidence(rollback("production", "1.1.0", 200)))
                .isEqualTo(
                        "1.1.0: 200 of 1000 requests failed (20.0 %), p95 50 ms against 1.0.0: 1 of"
                                + " 9000 requests failed (0.0 %), p95 20 ms; worst route GET"
                                + " /api/cart failed in 98.0 % of its requests. too many errors");
    }

    @Test
    void anAlertJoinsTheSameRuleFirstThenTheVersionThenAnyIncidentOfTheService() {
        var newest = incident(3, "version:1.2.0", "1.2.0");
        var sameVersion = incident(2, "version:1.1.0", "1.1.0");
        var sameRule = incident(1, "rule:errors", "");
        var open = List.of(newest, sameVersion, sameRule);
        var fired = alert("errors", "production", "1.1.0", 1);
        assertThat(IncidentRules.joined(fired, open)).contains(sameRule);
        assertThat(IncidentRules.joined(fired, List.of(newest, sameVersion))).contains(sameVersion);
        assertThat(IncidentRules.joined(fired, List.of(newest))).contains(newest);
        assertThat(IncidentRules.joined(fired, List.of())).isEmpty();
    }

    @Test
    void aRollbackJoinsOnlyAnIncidentOfItsVersion() {
        var back = rollback("production", "1.1.0", 100);
        var other = incident(1, "version:1.2.0", "1.2.0");
        var byAlert = incident(2, "rule:errors", "1.1.0");
        var manual = incident(3, "manual:3", "1.1.0");
        assertThat(IncidentRules.joined(back, List.of(other, manual))).isEmpty();
        assertThat(IncidentRules.joined(back, List.of(other, byAlert))).contains(byAlert);
    }

    @ParameterizedTest
    @CsvSource({
        "1.1.1, 1.1.0, true, true",
        "1.0.0, 1.1.0, false, true",
        "1.1.0, 1.1.0, false, false",
        "2.0.0, '', false, false"
    })
    void onlyANewerVersionFixes(String deployed, String suspect, boolean fixes, boolean safe) {
        var fact =
                new Fact.ServiceDeployed(
                        "shop", "production", deployed, "1.0.0", "c", "r", List.of());
        var incident = incident(1, "version:" + suspect, suspect);
        assertThat(IncidentRules.fixes(fact, incident)).isEqualTo(fixes);
        assertThat(IncidentRules.mitigates(fact, incident)).isEqualTo(safe);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.1, 1.0.0, true",
        "1.10.0, 1.9.0, true",
        "v2.0.0, 1.9.9, true",
        "1.0.0, 1.0.0-rc.1, true",
        "1.0.0-rc.1, 1.0.0, false",
        "1.0.0-rc.10, 1.0.0-rc.9, true",
        "1.0.0-alpha.beta, 1.0.0-alpha.1, true",
        "1.0.0-alpha, 1.0.0-alpha.1, false",
        "1.0.0+b, 1.0.0+a, false",
        "99999999999999999999.0.0, 1.0.0, true",
        "nightly-2, nightly-1, true",
        "nightly-1, nightly-1, false"
    })
    void versionsAreOrderedAsSemVerSays(String one, String other, boolean newer) {
        assertThat(Versions.isNewer(one, other)).isEqualTo(newer);
    }

    private static Fact.ServiceRolledBack rollback(
            String environment, String version, long errors) {
        return new Fact.ServiceRolledBack(
                "shop",
                environment,
                version,
                "1.0.0",
                "c0ffee",
                "r1",
                "too many errors",
                "GET /api/cart",
                0.98,
                new Fact.TrafficSample("1.0.0", 9000, 1, 0.01, 0.02, 0.03),
                new Fact.TrafficSample(version, 1000, errors, 0.01, 0.05, 0.09));
    }

    private static Fact.AlertFired alert(
            String rule, String environment, String version, double value) {
        return new Fact.AlertFired(rule, "shop", environment, version, "errors", value, 0.05);
    }

    private static Incident incident(long number, String cause, String version) {
        var never = Instant.EPOCH;
        return new Incident(
                "shop",
                number,
                Severity.MAJOR,
                "title",
                new Place("shop", "production"),
                new Suspect(version, "", ""),
                cause,
                "",
                IncidentState.OPEN,
                "rondo:operating",
                new Times(never, never, never, never),
                "",
                new Resolution("", ""),
                number,
                java.util.Optional.empty());
    }
}
