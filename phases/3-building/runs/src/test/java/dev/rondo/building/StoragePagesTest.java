package dev.rondo.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.kits.ground.Surf;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a project's runs keep, as its owner sees and changes it. */
final class StoragePagesTest {
    private static final String STORAGE = "/projects/shop/building/storage";

    private Yard yard;
    private Surf surf;

    @BeforeEach
    void start() {
        yard = new Yard().start();
        surf = new Surf(yard.spine, yard.web);
    }

    @AfterEach
    void stop() {
        yard.web.stop();
        yard.close();
    }

    @Test
    void pageCountsWhatIsKeptAndACacheIsRemovedOnce() {
        assertThat(surf.get(STORAGE)).contains("No caches");
        yard.workflow(
                """
                on: push
                jobs:
                  a:
                    runs-on: x
                    steps:
                      - uses: actions/cache@v4
                        with: {path: kept, key: of-linux}
                      - run: mkdir kept && head -c 5000 /dev/urandom > kept/file
                      - uses: actions/upload-artifact@v4
                        with: {name: out, path: kept, compression-level: 0}
                """);
        assertThat(yard.finished(1).progress().outcome()).isEqualTo("success");

        var page = surf.get(STORAGE);
        assertThat(row(page, "Artifacts")).contains(">1<", "KiB", "90 days");
        assertThat(row(page, "Caches")).contains(">1<", "KiB", "7 days", "10 GiB");
        assertThat(row(page, "Logs")).contains("KiB", "90 days");
        assertThat(page).contains("of-linux").contains("<td>main</td>").doesNotContain("No caches");

        var remove = removal(page);
        surf.expect(404, "POST", remove.replaceAll("[0-9]+/removal", "999/removal"), "");
        surf.expect(303, "POST", remove, "");
        var after = surf.get(STORAGE);
        assertThat(after).contains("No caches").doesNotContain("<td class=\"mono cut\">of-linux");
        assertThat(row(after, "Caches")).contains(">0<", "0 B");
        assertThat(row(after, "Artifacts")).contains(">1<");
        surf.expect(404, "POST", remove, "");
    }

    /** The row of the first table that begins with these words. */
    private static String row(String page, String title) {
        int from = page.indexOf("<tr><td>" + title + "</td>");
        assertThat(from).as(title).isPositive();
        return page.substring(from, page.indexOf("</tr>", from));
    }

    private static String removal(String page) {
        var found = Pattern.compile("action=\"([^\"]+/caches/[0-9]+/removal)\"").matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    @Test
    void whatCannotBeKeptIsRefusedWithTheRangeAndChangesNothing() {
        for (var wrong :
                List.of(
                        "artifacts=0",
                        "artifacts=91",
                        "logs=-1",
                        "caches=8",
                        "logs=1.5",
                        "caches=x")) {
            assertThat(surf.expect(422, "POST", STORAGE + "/retention", wrong))
                    .as(wrong)
                    .contains("A whole number from 1 to");
        }
        assertThat(surf.expect(422, "POST", STORAGE + "/retention", "cacheSize=10241"))
                .contains("A whole number from 1 to 10240");
        assertThat(row(surf.get(STORAGE), "Artifacts")).contains("90 days");

        surf.expect(303, "POST", STORAGE + "/retention", "artifacts=12&logs=&caches=3&cacheSize=5");
        var kept = surf.get(STORAGE);
        assertThat(row(kept, "Artifacts")).contains("12 days");
        assertThat(row(kept, "Caches")).contains("3 days", "5.0 MiB");
        assertThat(row(kept, "Logs")).contains("90 days");
        assertThat(kept).contains("name=\"artifacts\" value=\"12\"");
    }
}
