package dev.rondo.testing.reports;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** The formats that are read, told apart by what stands in the file, never by its name. */
public enum ReportFormat {
    JUNIT("JUnit XML"),
    LCOV("LCOV"),
    COBERTURA("Cobertura"),
    JACOCO("JaCoCo"),
    SARIF("SARIF"),
    ESLINT("ESLint");

    /** How much of a file is looked at; a licence comment may stand before the first element. */
    public static final int HEAD = 64 * 1024;

    private static final Pattern LCOV_LINE = Pattern.compile("^(#.*|TN:.*|SF:.+|VER:.*)$");

    private final String title;

    ReportFormat(String title) {
        this.title = title;
    }

    /** As people call it. */
    public String title() {
        return title;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean coverage() {
        return this == LCOV || this == COBERTURA || this == JACOCO;
    }

    /** The format of a file that begins so; refuses what is none. */
    public static ReportFormat of(byte[] head) {
        var text = decode(head).stripLeading();
        if (text.isEmpty()) {
            throw new Unreadable("testing.report.empty");
        }
        return switch (text.charAt(0)) {
            case '<' -> ofXml(head);
            case '[' -> ESLINT;
            case '{' -> SARIF;
            default -> {
                if (LCOV_LINE.matcher(text.lines().findFirst().orElse("")).matches()) {
                    yield LCOV;
                }
                throw unknown();
            }
        };
    }

    private static ReportFormat ofXml(byte[] head) {
        var xml = new XmlScanner(CharSource.of(new ByteArrayInputStream(head)), Limits.STANDARD);
        try {
            xml.next();
        } catch (Unreadable e) {
            // the root's tag may go on behind what was looked at
            if (head.length < HEAD || xml.name().isEmpty()) {
                throw e;
            }
        }
        return switch (xml.name()) {
            case "testsuite", "testsuites" -> JUNIT;
            case "report" -> JACOCO;
            case "coverage" -> {
                if (xml.attribute("clover").isPresent()) {
                    throw new Unreadable("testing.report.clover");
                }
                yield COBERTURA;
            }
            default -> throw xml.fault("testing.report.root", xml.name());
        };
    }

    /** Whether a file that nobody named begins like a report; a broken one counts as one. */
    public static boolean probable(byte[] head) {
        var text = decode(head).stripLeading();
        if (text.startsWith("{")) {
            return text.contains("\"runs\"") || text.contains("sarif-schema");
        }
        if (text.startsWith("[")) {
            return text.contains("\"filePath\"") && text.contains("\"messages\"");
        }
        try {
            of(head);
            return true;
        } catch (Unreadable e) {
            return text.contains("<testsuite");
        }
    }

    public static Unreadable unknown() {
        return new Unreadable("testing.report.unknown");
    }

    private static String decode(byte[] head) {
        if (head.length > 1) {
            int first = (head[0] & 0xFF) << 8 | head[1] & 0xFF;
            if (first == 0xFEFF || first == '<') {
                return unmarked(new String(head, StandardCharsets.UTF_16BE));
            }
            if (first == 0xFFFE || first == '<' << 8) {
                return unmarked(new String(head, StandardCharsets.UTF_16LE));
            }
        }
        return unmarked(new String(head, StandardCharsets.UTF_8));
    }

    private static String unmarked(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
