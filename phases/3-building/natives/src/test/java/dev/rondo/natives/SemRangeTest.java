package dev.rondo.natives;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The cases are from the documentation of npm's semver. */
final class SemRangeTest {
    private static boolean has(String range, String version) {
        return SemRange.read(range).orElseThrow().has(SemVer.read(version).orElseThrow());
    }

    @Test
    void partialVersionsAndXMeanAllThatBeginSo() {
        assertThat(has("20", "20.11.1")).isTrue();
        assertThat(has("20", "21.0.0")).isFalse();
        assertThat(has("20.x", "20.11.1")).isTrue();
        assertThat(has("1.2.*", "1.2.9")).isTrue();
        assertThat(has("1.2.*", "1.3.0")).isFalse();
        assertThat(has("*", "3.4.5")).isTrue();
        assertThat(has("", "3.4.5")).isTrue();
        assertThat(has("v18.2", "18.2.7")).isTrue();
    }

    @Test
    void tildeAndCaretKeepTheirParts() {
        assertThat(has("~1.2.3", "1.2.9")).isTrue();
        assertThat(has("~1.2.3", "1.3.0")).isFalse();
        assertThat(has("~1", "1.9.0")).isTrue();
        assertThat(has("^1.2.3", "1.9.0")).isTrue();
        assertThat(has("^1.2.3", "2.0.0")).isFalse();
        assertThat(has("^0.2.3", "0.2.9")).isTrue();
        assertThat(has("^0.2.3", "0.3.0")).isFalse();
        assertThat(has("^0.0.3", "0.0.4")).isFalse();
        assertThat(has("^0.x", "0.9.0")).isTrue();
    }

    @Test
    void comparatorsHyphensAndAlternativesCombine() {
        assertThat(has(">=16 <19", "18.1.0")).isTrue();
        assertThat(has(">= 16 < 19", "19.0.0")).isFalse();
        assertThat(has(">16", "16.9.0")).isFalse();
        assertThat(has(">16", "17.0.0")).isTrue();
        assertThat(has("<=16", "16.9.9")).isTrue();
        assertThat(has("1.2.3 - 2.3", "2.3.9")).isTrue();
        assertThat(has("1.2.3 - 2.3", "2.4.0")).isFalse();
        assertThat(has("14 || 16 || 18", "16.1.0")).isTrue();
        assertThat(has(">=3.8,<3.12", "3.11.4")).isTrue();
    }

    @Test
    void earlyVersionsCountOnlyWhereTheyAreNamed() {
        assertThat(has(">=1.2.3", "1.3.0-beta.1")).isFalse();
        assertThat(has(">=1.2.3-alpha.3", "1.2.3-alpha.7")).isTrue();
        assertThat(has(">=1.2.3-alpha.3", "3.4.5-alpha.9")).isFalse();
        assertThat(has("~3.13.0-0", "3.13.0-rc1")).isTrue();
        assertThat(has("<2.0.0", "2.0.0-rc.1")).isFalse();
        assertThat(has("*", "1.0.0-rc.1")).isFalse();
    }

    @Test
    void versionsAreOrderedBySemVer() {
        String[] order = {
            "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
            "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.10.0"
        };
        for (int i = 1; i < order.length; i++) {
            assertThat(SemVer.read(order[i - 1]).orElseThrow())
                    .isLessThan(SemVer.read(order[i]).orElseThrow());
        }
    }

    @Test
    void whatIsNoRangeIsSaid() {
        assertThat(SemRange.read("banana")).isEmpty();
        assertThat(SemRange.read(">=1.2.y")).isEmpty();
    }

    @Test
    void javasOwnVersionsAreRead() {
        assertThat(SetupJava.version("1.8.0_392-b08")).hasToString("Optional[8.0.392+08]");
        assertThat(SetupJava.version("21.0.2+13-LTS")).hasToString("Optional[21.0.2+13]");
        assertThat(SetupJava.version("21.0.2-13")).hasToString("Optional[21.0.2+13]");
        assertThat(SetupJava.version("25.0.1+8-LTS")).hasToString("Optional[25.0.1+8]");
        assertThat(SetupJava.version("17.0.17+10-Debian-1deb12u1"))
                .hasToString("Optional[17.0.17+10]");
        assertThat(SetupJava.version("22-ea.5")).hasToString("Optional[22.0.0+5]");
        assertThat(SetupGo.version("go1.22rc1")).hasToString("Optional[1.22.0-rc.1]");
        assertThat(SetupGo.version("1.21.5")).hasToString("Optional[1.21.5]");
    }

    @Test
    void versionFilesAreRead() {
        assertThat(SetupGo.fromFile("go.mod", "module x\n\ngo 1.21\n")).isEqualTo("1.21");
        assertThat(SetupGo.fromFile("a/go.mod", "go 1.21\ntoolchain go1.22.1\n"))
                .isEqualTo("1.22.1");
        assertThat(SetupGo.fromFile(".tool-versions", "nodejs 20\ngolang 1.20.3\n"))
                .isEqualTo("1.20.3");
        assertThat(
                        SetupPython.fromFile(
                                "pyproject.toml", "[project]\nrequires-python = \">=3.9,<3.13\"\n"))
                .containsExactly(">=3.9,<3.13");
        assertThat(SetupPython.fromFile(".python-version", "3.11\n# no\n3.12\n"))
                .containsExactly("3.11", "3.12");
        assertThat(SetupPython.semantic("3.13.0b2", false)).isEqualTo("3.13.0-b2");
        assertThat(SetupPython.semantic("3.13", true)).isEqualTo("~3.13.0-0");
        assertThat(SetupPython.semantic("3.13-dev", false)).isEqualTo("~3.13.0-0");
    }
}
