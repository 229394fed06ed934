package dev.rondo.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;
import net.logstash.logback.encoder.LogstashEncoder;
import org.slf4j.Logger;

/**
 * The log on standard error. {@code RONDO_LOG=json} gives one JSON object a line, {@code
 * RONDO_LOG_LEVEL} another level than INFO (of libraries: WARN). In code and not in XML, whose
 * reading takes a twelfth of the start; found by Logback through its service file. {@code
 * -Dlogback.configurationFile} still wins.
 */
public final class Logging extends ContextAwareBase implements Configurator {

    private static final String LINE =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSS,UTC}Z %-5level %logger{24} %msg %kvp%n";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        var environment = System.getenv();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName("console");
        appender.setTarget("System.err");
        appender.setEncoder(encoder(context, environment));
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level(environment, Level.WARN));
        root.addAppender(appender);
        context.getLogger("dev.rondo").setLevel(level(environment, Level.INFO));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Level level(Map<String, String> environment, Level usual) {
        return Level.toLevel(environment.get("RONDO_LOG_LEVEL"), usual);
    }

    private static Encoder<ILoggingEvent> encoder(
            LoggerContext context, Map<String, String> environment) {
        if ("json".equals(environment.get("RONDO_LOG"))) {
            var json = new LogstashEncoder();
            json.setContext(context);
            json.start();
            return json;
        }
        var text = new PatternLayoutEncoder();
        text.setContext(context);
        text.setPattern(LINE);
        text.start();
        return text;
    }
}
