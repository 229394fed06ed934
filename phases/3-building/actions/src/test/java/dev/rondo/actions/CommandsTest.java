package dev.rondo.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CommandsTest {

    @Test
    void commandCarriesPropertiesAndEscapedData() {
        assertThat(Command.parse("::error file=a.js,line=3,title=Oh%2C no::first%0Asecond"))
                .contains(
                        new Command(
                                "error",
                                Map.of("file", "a.js", "line", "3", "title", "Oh, no"),
                                "first\nsecond"));
        assertThat(Command.parse("##[group]Install")).map(Command::data).contains("Install");
        assertThat(Command.parse("std::vector::push_back")).isEmpty();
        assertThat(Command.parse("plain text")).isEmpty();
    }

    @Test
    void outputFileTakesLinesAndHeredocs() {
        assertThat(CommandFile.pairs("a=1\nb<<EOF\nx\ny=z\nEOF\nc=d=e\n"))
                .containsExactly(
                        Map.entry("a", "1"), Map.entry("b", "x\ny=z"), Map.entry("c", "d=e"));
        assertThatThrownBy(() -> CommandFile.pairs("b<<EOF\nx\n"))
                .hasMessageContaining("Matching delimiter not found 'EOF'");
        assertThatThrownBy(() -> CommandFile.pairs("nonsense"))
                .hasMessageContaining("Invalid format 'nonsense'");
    }

    @Test
    void masksHideTheSecretInAllItsForms() {
        var masks = new Masks();
        masks.add("s3cr3t/värde");
        masks.add("line one\nline two");
        assertThat(masks.hide("token s3cr3t/värde!")).isEqualTo("token ***!");
        assertThat(masks.hide("url s3cr3t%2Fv%C3%A4rde")).isEqualTo("url ***");
        assertThat(masks.hide("only line two here")).isEqualTo("only *** here");
        String encoded =
                java.util.Base64.getEncoder()
                        .encodeToString(
                                "user:s3cr3t/värde"
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(masks.hide(encoded)).contains("***");
    }

    private static PathGlobs globs(String lines) {
        return ((PathGlobs.Reading.Good) PathGlobs.read(lines, "/w", "/home/me")).globs();
    }

    @Test
    void artifactPatternsTakeFilesAsGithubsDo() {
        assertThat(PathGlobs.read("../secrets", "/w", "/h"))
                .isEqualTo(
                        new PathGlobs.Reading.Bad(
                                "Invalid pattern '../secrets'. Relative pathing '.' and '..' is not"
                                        + " allowed."));
        assertThat(PathGlobs.read("!dist", "/w", "/h")).isInstanceOf(PathGlobs.Reading.Bad.class);
        var one = globs("/w/dist\n!dist/**/*.map");
        assertThat(one.matches("/w/dist/a/b.js")).isTrue();
        assertThat(one.matches("/w/dist/a/b.map")).isFalse();
        assertThat(one.matches("/w/src/a.js")).isFalse();
        assertThat(one.base(Set.of("/w/dist/a/b.js"))).isEqualTo("/w/dist");
        assertThat(globs("dist\npackage.json\nserver/**/*.js").base(Set.of("/w/package.json")))
                .isEqualTo("/w");
        assertThat(globs("out/app.jar").base(Set.of("/w/out/app.jar"))).isEqualTo("/w/out");
        var outside = globs("~/logs/*.log\n/tmp/x");
        assertThat(outside.roots()).containsExactly("/home/me/logs", "/tmp/x");
        assertThat(outside.matches("/home/me/logs/a.log")).isTrue();
        assertThat(outside.base(Set.of("/tmp/x"))).isEqualTo("/");
        assertThat(globs("/*.txt").base(Set.of())).isEqualTo("/");
        assertThat(PathGlobs.inside("**/*.txt\n/etc/*.txt", "/w").matches("/etc/a.txt")).isFalse();
    }

    @Test
    void whatBeginsWithADotIsOutOfSightBelowWhereOneLooks() {
        assertThat(globs("d").isInSight("/w/d/seen")).isTrue();
        assertThat(globs("d").isInSight("/w/d/.hidden")).isFalse();
        assertThat(globs("d/**/x").isInSight("/w/d/.cache/x")).isFalse();
        assertThat(globs(".next").isInSight("/w/.next/x")).isFalse();
        assertThat(globs(".next/static").isInSight("/w/.next/static/x")).isTrue();
        assertThat(globs("*").isInSight("/w/x")).isTrue();
    }

    @Test
    void coloursBecomeClassesAndOtherEscapesGo() {
        assertThat(Ansi.pieces("\u001b[1;31mred\u001b[0m plain\u001b[2K"))
                .containsExactly(
                        new Ansi.Piece("red", "ansi-bold ansi-red"), new Ansi.Piece(" plain", ""));
        assertThat(Ansi.pieces("10%\r50%\r100%\r")).containsExactly(new Ansi.Piece("100%", ""));
        assertThat(Ansi.pieces("\u001b[38;5;196mhot"))
                .containsExactly(new Ansi.Piece("hot", "ansi-red"));
    }
}
