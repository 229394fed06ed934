package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rondo.access.Outcome;
import dev.rondo.access.Tokens;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;

/** A new user's first minutes, in Chromium: account, project, work item, language and look. */
class BrowserTest {

    private static final String PASSWORD = "analytical-engine-1843";

    private static final Dimension NARROW = new Dimension(360, 740);
    private static final List<String> PAGES =
            List.of(
                    "/projects",
                    "/projects/looms",
                    "/projects/looms/planning/backlog",
                    "/projects/looms/planning/board",
                    "/projects/looms/coding",
                    "/projects/looms/building/runs",
                    "/projects/looms/testing",
                    "/projects/looms/releasing/releases",
                    "/projects/looms/deploying/environments",
                    "/projects/looms/operating/services",
                    "/projects/looms/monitoring",
                    "/projects/looms/monitoring/silences",
                    "/projects/looms/dora",
                    "/projects/looms/timeline",
                    "/projects/looms/commands",
                    "/handbook/6",
                    "/history",
                    "/projects/looms/webhooks",
                    "/account",
                    "/account/sessions",
                    "/admin/audit",
                    "/admin/accounts");

    @TempDir Path work;
    private Rondo rondo;
    private Chromium chromium;
    private ChromeDriver browser;
    private String base;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(Chromium.isHere(), "no Chromium here");
        int port = freePort();
        base = "http://127.0.0.1:" + port;
        var given =
                Map.of(
                        "data", work.resolve("data").toString(),
                        "port", String.valueOf(port),
                        "router-port", "0",
                        "sandbox", "off",
                        "stop-instances", "true");
        rondo = Rondo.open(new SettingsReader(given, Map.of(), work).read());
        rondo.start();
        chromium = new Chromium(work.resolve("profile"));
        browser = chromium.driver();
    }

    @AfterEach
    void close() {
        if (chromium != null) {
            chromium.close();
        }
        if (rondo != null) {
            rondo.close();
        }
    }

    @Test
    void firstMinutesOfANewUser() {
        makeFirstAccount();
        signOutAndIn();
        makeProject();
        planAndMove();
        orderByKeyboard();
        moveByKeyboard();
        seeWhatOthersDo();
        findByKeyboard();
        look("language", "de");
        assertThat(browser.findElement(By.tagName("html")).getDomAttribute("lang")).isEqualTo("de");
        look("theme", "dark");
        assertThat(browser.findElement(By.tagName("html")).getDomAttribute("data-theme"))
                .isEqualTo("dark");
        browser.manage().window().setSize(NARROW);
        PAGES.forEach(this::visitAndCheck);
    }

    private void makeFirstAccount() {
        browser.get(rondo.setupLink().orElseThrow().toString());
        type("name", "ada");
        type("title", "Ada Lovelace");
        type("password", PASSWORD);
        submit();
        chromium.await("#navigation .me");
        chromium.check();
        assertThat(rondo.setupLink()).isEmpty();
    }

    private void signOutAndIn() {
        browser.findElement(By.cssSelector("form[action='/session/end'] button")).click();
        browser.get(base + "/session");
        chromium.check();
        type("name", "ada");
        type("password", PASSWORD);
        submit();
        chromium.await("#navigation .me");
    }

    private void makeProject() {
        browser.get(base + "/projects/new");
        chromium.check();
        type("name", "looms");
        type("title", "Looms");
        submit();
        chromium.await("meta[name=rondo][data-project=looms]");
        browser.get(base + "/projects/looms");
        chromium.await(".loop-eight .loop-piece:nth-of-type(8)");
        chromium.check();
    }

    private void planAndMove() {
        browser.get(base + "/projects/looms/planning/tickets/new");
        chromium.check();
        type("title", "Weave a pattern from cards");
        submit();
        browser.get(base + "/projects/looms/planning/tickets/1");
        var state = new Select(chromium.await("form[action$='/moves'] select[name=to]"));
        var next = state.getOptions().get(1).getDomAttribute("value");
        state.selectByIndex(1);
        chromium.until(() -> {
            browser.navigate().refresh();
            var now = new Select(chromium.await("form[action$='/moves'] select[name=to]"));
            return next.equals(now.getFirstSelectedOption().getDomAttribute("value"));
        });
        chromium.check();
    }

    private void orderByKeyboard() {
        browser.get(base + "/projects/looms/planning/tickets/new");
        type("title", "Print the result");
        submit();
        browser.get(base + "/projects/looms/planning/backlog");
        chromium.await(".ordered .ticket:nth-child(2)");
        var before = backlog();
        var last = chromium.await(".ordered .ticket:nth-child(2) a.title");
        var id = last.getDomAttribute("id");
        new Actions(browser).moveToElement(last).perform();
        browser.executeScript("arguments[0].focus()", last);
        new Actions(browser).keyDown(Keys.ALT).sendKeys(Keys.ARROW_UP).keyUp(Keys.ALT).perform();
        chromium.until(() -> {
            browser.navigate().refresh();
            return backlog().equals(before.reversed());
        });
        browser.executeScript("document.getElementById(arguments[0]).focus()", id);
        new Actions(browser).keyDown(Keys.ALT).sendKeys(Keys.ARROW_DOWN).keyUp(Keys.ALT).perform();
        chromium.until(() -> backlog().equals(before) && id.equals(focused()));
        chromium.check();
    }

    /** The tickets' order in one look, so that a list redrawn meanwhile is not read half. */
    @SuppressWarnings("unchecked")
    private List<String> backlog() {
        return (List<String>)
                browser.executeScript(
                        "return [...document.querySelectorAll('.ordered .ticket a.title')].map(a => a.id)");
    }

    private String focused() {
        return String.valueOf(browser.executeScript("return document.activeElement.id"));
    }

    private void moveByKeyboard() {
        browser.get(base + "/projects/looms/planning/board");
        var card =
                chromium.await(
                        "#columns .column:first-of-type .work a.title, #columns .work a.title");
        var id = String.valueOf(card.getDomAttribute("id"));
        var before = column(id);
        browser.executeScript("arguments[0].focus()", card);
        new Actions(browser).keyDown(Keys.ALT).sendKeys(Keys.ARROW_RIGHT).keyUp(Keys.ALT).perform();
        chromium.until(() -> !before.equals(column(id)) && id.equals(focused()));
        new Actions(browser).keyDown(Keys.ALT).sendKeys(Keys.ARROW_LEFT).keyUp(Keys.ALT).perform();
        chromium.until(() -> before.equals(column(id)) && id.equals(focused()));
        browser.navigate().refresh();
        chromium.await("#" + id);
        assertThat(column(id)).isEqualTo(before);
        chromium.check();
    }

    private String column(String card) {
        return String.valueOf(
                browser.executeScript(
                        "return document.getElementById(arguments[0])?.closest('.column').dataset.state",
                        card));
    }

    /** The page stays as it is loaded; what is new comes over the live stream. */
    private void seeWhatOthersDo() {
        browser.get(base + "/projects/looms/planning/board");
        chromium.until(() ->
                Boolean.TRUE.equals(
                        browser.executeScript(
                                "return document.querySelector('[sse-connect]')"
                                        + "?.['htmx-internal-data']?.sseEventSource?.readyState === 1")));
        browser.executeScript("window.loadedOnce = true");
        var server = new DemoServer(URI.create(base));
        server.token(token());
        var made =
                server.post(
                        "/api/projects/looms/tickets",
                        Map.of("type", "task", "title", "Oil the gears"));
        assertThat(made.good()).as(made.body()).isTrue();
        chromium.until(() -> chromium.await("#columns").getText().contains("Oil the gears"));
        assertThat(browser.executeScript("return window.loadedOnce")).isEqualTo(true);
        chromium.check();
    }

    private String token() {
        return switch (rondo.access().tokens().create("ada", "browser", Duration.ofDays(1))) {
            case Outcome.Done<Tokens.Fresh> done -> done.value().secret();
            case Outcome.Refused<Tokens.Fresh> refused -> throw new AssertionError(refused);
        };
    }

    private void findByKeyboard() {
        browser.get(base + "/projects/looms");
        // Typed faster than anything is shown: what was typed counts.
        palette("backlog" + Keys.ENTER);
        chromium.until(() -> browser.getCurrentUrl().endsWith("/projects/looms/planning/backlog"));
        palette("weave a pattern" + Keys.ENTER);
        chromium.until(() -> browser.getCurrentUrl().endsWith("/planning/tickets/1"));
        palette("/dance" + Keys.ENTER);
        assertThat(chromium.await("#palette-hits .answer.no").getText()).contains("/dance");
        closePalette();
        palette("/help" + Keys.ENTER);
        assertThat(chromium.await("#palette-hits .answer:not(.no)").getText()).contains("/deploy");
        new Actions(browser).sendKeys(Keys.ENTER).perform();
        chromium.until(() -> browser.getCurrentUrl().endsWith("/projects/looms/commands"));
        palette("back");
        chromium.await("#palette-hits .hit");
        closePalette();
    }

    private void closePalette() {
        new Actions(browser).sendKeys(Keys.ESCAPE).perform();
        chromium.until(() -> browser.findElements(By.cssSelector("#palette[open]")).isEmpty());
    }

    private void palette(String words) {
        chromium.await("[data-palette]");
        new Actions(browser).keyDown(Keys.CONTROL).sendKeys("k").keyUp(Keys.CONTROL).perform();
        chromium.await("#palette[open] input[name=q]").sendKeys(words);
    }

    private void look(String name, String value) {
        browser.get(base + "/projects/looms");
        chromium.await("button[name=" + name + "][value=" + value + "]").click();
        chromium.await("button[name=" + name + "][value=" + value + "][aria-pressed=true]");
    }

    private void visitAndCheck(String path) {
        browser.get(base + path);
        chromium.await("main");
        chromium.check();
        var width = (Long) browser.executeScript("return document.documentElement.scrollWidth");
        var window = (Long) browser.executeScript("return document.documentElement.clientWidth");
        assertThat(width).as("width of %s", path).isLessThanOrEqualTo(window);
    }

    private void type(String field, String text) {
        var input = chromium.await("main [name=" + field + "]");
        input.clear();
        input.sendKeys(text);
    }

    private void submit() {
        var button = chromium.await("main form button.primary");
        button.click();
        chromium.gone(button);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
