package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** The log of a job in Chromium: while it is written, and with 200,000 lines. */
class LogBrowserTest {

    private static final String WORKFLOW =
            """
            on: push
            jobs:
              long:
                runs-on: ubuntu-latest
                steps:
                  - run: |
                      echo "::group::Many lines"
                      seq -f 'line %%.0f of many' 200000
                      echo "::endgroup::"
                      printf '\\033[31mred words\\033[0m\\n'
                      echo "waiting for the gate"
                      until [ -e '%s' ]; do sleep 0.1; done
                      echo "the very end"
            """;

    @TempDir Path folder;
    private ServerProcess process;
    private Chromium chromium;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Chromium.isHere(), "no Chromium here");
        process = new ServerProcess(folder.resolve("data"), "--sandbox=off");
        chromium = new Chromium(folder.resolve("profile"));
    }

    @AfterEach
    void stop() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        if (process != null) {
            process.stop();
        }
    }

    @Test
    void aLogIsFollowedWhileItIsWrittenAndFoundInWhenItIsLong() throws Exception {
        var operator = new Operator(process, folder, "hello");
        var gate = folder.resolve("gate");
        operator.push(WORKFLOW.formatted(gate));
        operator.await("pipelinerun.started");
        signIn();
        chromium.driver().get(process.url() + "/projects/hello/building/runs/1/jobs/long");

        // Nobody scrolls, and the group's lines are folded away as soon as it ends.
        chromium.until(() -> shown().contains("waiting for the gate"));
        chromium.until(() -> shown().contains("Many lines") && !shown().contains("of many"));
        Files.createFile(gate);
        chromium.until(() -> shown().contains("the very end"));
        assertThat(seen("[...document.querySelectorAll('#log .text span')].map(a => a.innerText)"))
                .contains("red words");

        search("line 150000 of many");
        chromium.until(() -> shown().contains("line 150000 of many"));
        assertThat(chromium.await("[data-log-found]").getText()).isEqualTo("1 / 1");
        assertThat(chromium.driver().findElements(By.cssSelector("#log .log-row")))
                .hasSizeLessThan(150);

        chromium.driver().get(address("line 150000 of many"));
        chromium.driver().navigate().refresh();
        chromium.until(() ->
                seen("document.querySelector('#log .marked')?.innerText").contains("150000 of"));

        click("fold");
        chromium.until(() -> !shown().contains("of many"));
        click("end");
        chromium.until(() -> shown().contains("the very end"));
        chromium.check();
    }

    private void signIn() {
        chromium.driver().get(process.url() + "/session");
        chromium.await("main [name=name]").sendKeys("ada");
        chromium.await("main [name=password]").sendKeys(Operator.PASSWORD);
        chromium.await("main form button.primary").click();
        chromium.await("#navigation .me");
    }

    private void search(String words) {
        var field = chromium.await(".log-tools [name=q]");
        field.clear();
        field.sendKeys(words);
    }

    private void click(String what) {
        chromium.await(".log-tools [data-log=" + what + "]").click();
    }

    private String shown() {
        return seen("document.querySelector('#log').innerText");
    }

    /** What the link at the number of this line leads to. */
    private String address(String line) {
        return seen(
                "[...document.querySelectorAll('#log .log-row')]"
                        + ".find(row => row.innerText.includes('%s')).querySelector('a.no').href"
                                .formatted(line));
    }

    /** In one look, since rows are drawn anew. */
    private String seen(String what) {
        return String.valueOf(chromium.driver().executeScript("return " + what));
    }
}
