package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A Chromium without a window, that waits for what it is asked about. */
final class Chromium implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Dimension WIDE = new Dimension(1400, 900);

    /** What the console says of an answer that the palette shows. */
    private static final String REFUSED_COMMAND =
            "/projects/looms/commands - Failed to load resource: the server responded with a"
                    + " status of 422";

    private final ChromeDriver driver;

    Chromium(Path profile) {
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toString());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--lang=en-US",
                "--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", logs);
        var service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .usingAnyFreePort()
                        .build();
        driver = new ChromeDriver(service, options);
        driver.manage().window().setSize(WIDE);
    }

    static boolean isHere() {
        return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    }

    ChromeDriver driver() {
        return driver;
    }

    /** The first element of these, as soon as there is one. */
    WebElement await(String css) {
        return new WebDriverWait(driver, Duration.ofSeconds(15))
                .until(ExpectedConditions.presenceOfElementLocated(By.cssSelector(css)));
    }

    /** Until this is no part of the page any more, because another one has come. */
    void gone(WebElement element) {
        new WebDriverWait(driver, Duration.ofSeconds(15))
                .until(ExpectedConditions.stalenessOf(element));
    }

    void until(BooleanSupplier condition) {
        new WebDriverWait(driver, Duration.ofSeconds(15))
                .until(ignored -> condition.getAsBoolean());
    }

    /** No text without a translation, and nothing that the browser complains of. */
    void check() {
        var where = driver.getCurrentUrl();
        assertThat(driver.getPageSource()).as("page %s", where).doesNotContain("⟦");
        assertThat(driver.manage().logs().get(LogType.BROWSER).getAll())
                .as("console of %s", where)
                .filteredOn(entry -> !entry.getMessage().contains(REFUSED_COMMAND))
                .noneMatch(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue());
    }

    @Override
    public void close() {
        driver.quit();
    }
}
