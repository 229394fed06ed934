package dev.rondo.bench;

import java.util.regex.Pattern;

/** What a run of wrk says. */
record Wrk(double requestsPerSecond, double p99Millis) {

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern P99 = Pattern.compile("\\n\\s+99%\\s+([0-9.]+)(us|ms|s)\\b");
    private static final Pattern BAD = Pattern.compile("Non-2xx[^\\n]*|Socket errors[^\\n]*");

    static Wrk load(Workbench bench, int port, int connections, int seconds) {
        var text =
                bench.run(
                        bench.path(""),
                        "wrk",
                        "-t1",
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "--latency",
                        "http://127.0.0.1:" + port + "/");
        var bad = BAD.matcher(text);
        if (bad.find()) {
            throw new BenchFailure("wrk: " + bad.group());
        }
        var rate = RATE.matcher(text);
        var p99 = P99.matcher(text);
        if (!rate.find() || !p99.find()) {
            throw new BenchFailure("wrk said something unexpected: " + text);
        }
        double unit =
                switch (p99.group(2)) {
                    case "us" -> 0.001;
                    case "ms" -> 1;
                    default -> 1000;
                };
        return new Wrk(Double.parseDouble(rate.group(1)), Double.parseDouble(p99.group(1)) * unit);
    }
}
