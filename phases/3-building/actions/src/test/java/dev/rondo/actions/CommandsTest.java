package dev.rondo.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
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

    @Test
    void artifactPatternsStayInTheWorkspace() {
        assertThat(PathGlobs.read("../secrets", "/w"))
                .isEqualTo(
                        new PathGlobs.Reading.Bad("../secrets", "it leads out of the workspace"));
        assertThat(PathGlobs.read("/etc/passwd", "/w")).isInstanceOf(PathGlobs.Reading.Bad.class);
        assertThat(PathGlobs.read("dist/../..", "/w")).isInstanceOf(PathGlobs.Reading.Bad.class);
        var globs =
                ((PathGlobs.Reading.Good) PathGlobs.read("/w/dist\n!dist/**/*.map", "/w")).globs();
        assertThat(globs.matches("dist/a/b.js")).isTrue();
        assertThat(globs.matches("dist/a/b.map")).isFalse();
        assertThat(globs.matches("src/a.js")).isFalse();
        assertThat(globs.base(List.of("dist/a/b.js"))).isEqualTo("dist");
        var several =
                ((PathGlobs.Reading.Good)
                                PathGlobs.read("dist\npackage.json\nserver/**/*.js", "/w"))
                        .globs();
        assertThat(several.base(List.of("dist/a", "package.json"))).isEmpty();
        var file = ((PathGlobs.Reading.Good) PathGlobs.read("out/app.jar", "/w")).globs();
        assertThat(file.base(List.of("out/app.jar"))).isEqualTo("out");
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
