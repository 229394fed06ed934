package dev.rondo.releasing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.4",
                "1.2.3",
                "10.20.30",
                "1.1.2-prerelease+meta",
                "1.1.2+meta-valid",
                "1.0.0-alpha",
                "1.0.0-alpha.beta.1",
                "1.0.0-0A.is.legal",
                "1.0.0-rc.1+build.123",
                "1.2.3----RC-SNAPSHOT.12.9.1--.12+788",
                "1.0.0+0.build.1-rc.10000aaa-kk-0.1"
            })
    void whatTheStandardAllowsIsReadAndWrittenAlike(String text) {
        assertThat(Version.parse(text)).map(Version::toString).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2",
                "01.1.1",
                "1.01.1",
                "1.2.3.4",
                "1.2.3-01",
                "1.2.3-",
                "1.2.3+",
                "1.2.3-a..b",
                "1.2.3-ä",
                "v1.2.3",
                "1.2.3 ",
                "-1.2.3",
                "1.2.3+a+b",
                "alpha",
                "99999999999999999999999.0.0"
            })
    void whatTheStandardForbidsIsRefused(String text) {
        assertThat(Version.parse(text)).isEmpty();
    }

    @Test
    void orderIsThatOfSectionEleven() {
        var inOrder =
                Stream.of(
                                "0.9.9",
                                "1.0.0-alpha",
                                "1.0.0-alpha.1",
                                "1.0.0-alpha.beta",
                                "1.0.0-beta",
                                "1.0.0-beta.2",
                                "1.0.0-beta.11",
                                "1.0.0-rc.1",
                                "1.0.0",
                                "2.0.0",
                                "2.1.0",
                                "2.1.1",
                                "2.1.10",
                                "2.1.11-123456789012345678901",
                                "2.1.11-223456789012345678901")
                        .map(text -> Version.parse(text).orElseThrow())
                        .toList();
        var shuffled = new ArrayList<>(inOrder);
        Collections.shuffle(shuffled, new Random(7));
        Collections.sort(shuffled);

        assertThat(shuffled).isEqualTo(inOrder);
    }

    @Test
    void buildMetadataHasNoSayInTheOrder() {
        var one = new Version(1, 0, 0, List.of(), List.of("a"));
        assertThat(one.compareTo(Version.release(1, 0, 0))).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3, MAJOR, 2.0.0",
        "1.2.3, MINOR, 1.3.0",
        "1.2.3, PATCH, 1.2.4",
        "1.2.3, NONE, 1.2.3",
        "0.4.2, MAJOR, 0.5.0",
        "0.4.2, MINOR, 0.5.0",
        "0.4.2, PATCH, 0.4.3"
    })
    void eachBumpMovesItsNumber(String from, Bump bump, String to) {
        assertThat(Version.parse(from).orElseThrow().next(bump)).hasToString(to);
    }

    @Test
    void aTagIsAVersionWithOrWithoutV() {
        assertThat(Version.ofTag("v1.2.3")).isEqualTo(Version.ofTag("1.2.3")).isPresent();
        assertThat(Version.ofTag("version-1.2.3")).isEmpty();
    }
}
