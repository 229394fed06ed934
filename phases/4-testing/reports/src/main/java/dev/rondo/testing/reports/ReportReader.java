package dev.rondo.testing.reports;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads one report of any format into a sink. */
public final class ReportReader {
    private final Limits limits;

    public ReportReader(Limits limits) {
        this.limits = limits;
    }

    /**
     * Reads the stream to its end, but does not close it.
     *
     * @return what it was
     * @throws Unreadable where it is no report, broken, or over a limit; the sink may have got a
     *     part of it
     */
    public ReportFormat read(InputStream stream, ReportSink sink) {
        var in = new BufferedInputStream(new GuardedStream(stream, limits), ReportFormat.HEAD);
        var format = ReportFormat.of(head(in));
        switch (format) {
            case JUNIT -> JUnitReader.read(CharSource.of(in), limits, sink);
            case COBERTURA -> CoberturaReader.read(CharSource.of(in), limits, sink);
            case JACOCO -> JacocoReader.read(CharSource.of(in), limits, sink);
            case LCOV -> LcovReader.read(CharSource.of(in), limits, sink);
            case SARIF -> SarifReader.read(in, limits, sink);
            case ESLINT -> EslintReader.read(in, limits, sink);
        }
        return format;
    }

    /** The format of the stream, by its beginning alone. */
    public ReportFormat format(InputStream stream) {
        return ReportFormat.of(
                head(
                        new BufferedInputStream(
                                new GuardedStream(stream, limits), ReportFormat.HEAD)));
    }

    private static byte[] head(BufferedInputStream in) {
        try {
            in.mark(ReportFormat.HEAD);
            var head = in.readNBytes(ReportFormat.HEAD);
            in.reset();
            return head;
        } catch (IOException e) {
            throw new Unreadable("testing.report.io", String.valueOf(e.getMessage()));
        }
    }
}
