package dev.rondo.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Prometheus' text format 0.0.4, as whoever scrapes it reads it; and what monitoring stores. */
class ProcessTelemetryTest {

    private static final Pattern LINE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

    private final ProcessTelemetry telemetry = new ProcessTelemetry();

    private List<String> lines(String prefix) throws IOException {
        var out = new ByteArrayOutputStream();
        telemetry.expose(out);
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(prefix))
                .toList();
    }

    @Test
    void countersOnlyGrowAndGaugesGoBothWays() throws IOException {
        var counter = telemetry.counter("shop_orders_total", Labels.of("state", "paid"));
        counter.increment();
        counter.add(2.5);
        telemetry.counter("shop_orders_total", Labels.of("state", "open")).increment();
        var gauge = telemetry.gauge("shop_load", Labels.NONE);
        gauge.set(7);
        gauge.set(-0.5);
        assertThat(lines("shop_"))
                .containsExactly(
                        "# HELP shop_load shop_load",
                        "# TYPE shop_load gauge",
                        "shop_load -0.5",
                        "# HELP shop_orders_total shop_orders_total",
                        "# TYPE shop_orders_total counter",
                        "shop_orders_total{state=\"open\"} 1.0",
                        "shop_orders_total{state=\"paid\"} 3.5");
        assertThatThrownBy(() -> counter.add(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(lines("shop_orders_total{state=\"paid\"}"))
                .containsExactly("shop_orders_total{state=\"paid\"} 3.5");
    }

    @Test
    void whatIsNoPlainWordInALabelIsEscaped() throws IOException {
        telemetry.gauge("shop_path", Labels.of("path", "a\"b\\c\nd {x=\"y\"} grün")).set(1);
        assertThat(lines("shop_path{"))
                .containsExactly("shop_path{path=\"a\\\"b\\\\c\\nd {x=\\\"y\\\"} grün\"} 1.0");
        for (var value : List.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN)) {
            telemetry.gauge("shop_edge", Labels.of("is", value.toString())).set(value);
        }
        assertThat(lines("shop_edge{"))
                .containsExactlyInAnyOrder(
                        "shop_edge{is=\"Infinity\"} +Inf",
                        "shop_edge{is=\"-Infinity\"} -Inf",
                        "shop_edge{is=\"NaN\"} NaN");
    }

    @Test
    void aHistogramsBucketsAreCumulativeAndItsBoundsBelongToThem() throws IOException {
        var seconds = telemetry.histogram("shop_seconds", Labels.of("page", "cart"));
        for (double took : new double[] {0.0005, 0.001, 0.2, 0.25, 3, 11}) {
            seconds.observe(took);
        }
        assertThat(lines("# TYPE shop_seconds")).containsExactly("# TYPE shop_seconds histogram");
        var buckets =
                lines("shop_seconds_bucket").stream()
                        .collect(
                                Collectors.toMap(
                                        line -> line.replaceAll(".*le=\"(.*)\".*", "$1"),
                                        line -> line.substring(line.lastIndexOf(' ') + 1)));
        assertThat(buckets)
                .hasSize(Telemetry.SECONDS_BUCKETS.length + 1)
                .containsEntry("0.001", "2")
                .containsEntry("0.1", "2")
                .containsEntry("0.25", "4")
                .containsEntry("2.5", "4")
                .containsEntry("5.0", "5")
                .containsEntry("10.0", "5")
                .containsEntry("+Inf", "6");
        assertThat(lines("shop_seconds_count"))
                .containsExactly("shop_seconds_count{page=\"cart\"} 6");
        assertThat(lines("shop_seconds_sum"))
                .containsExactly("shop_seconds_sum{page=\"cart\"} 14.4515");
    }

    @Test
    void whatMonitoringStoresIsWhatIsPrinted() throws IOException {
        telemetry.counter("shop_orders_total", Labels.of("who", "\"\\\n", "state", "x")).add(4);
        telemetry.gauge("shop_load", Labels.of("core", "1")).set(0.25);
        telemetry.histogram("shop_seconds", Labels.of("page", "cart")).observe(0.3);
        var stored = new TreeMap<String, Double>();
        for (var sample : telemetry.samples()) {
            if (sample.name().startsWith("shop_")) {
                stored.put(sample.name() + sample.labels().pairs(), sample.value());
            }
        }
        var printed = new TreeMap<String, Double>();
        for (var line : lines("shop_")) {
            if (!line.startsWith("#")) {
                printed.putAll(parsed(line));
            }
        }
        assertThat(stored).hasSize(1 + 1 + Telemetry.SECONDS_BUCKETS.length + 3);
        assertThat(stored).isEqualTo(printed);
        assertThat(telemetry.samples())
                .filteredOn(sample -> sample.name().startsWith("shop_"))
                .allSatisfy(sample ->
                        assertThat(sample.kind())
                                .isEqualTo(
                                        sample.name().equals("shop_load")
                                                ? Sample.Kind.GAUGE
                                                : Sample.Kind.COUNTER));
    }

    /** By the words of https://prometheus.io/docs/instrumenting/exposition_formats/. */
    private static Map<String, Double> parsed(String line) {
        var parts = LINE.matcher(line);
        assertThat(parts.matches()).as(line).isTrue();
        var labels = new TreeMap<String, String>();
        var text = parts.group(2) == null ? "" : parts.group(2);
        var pairs = LABEL.matcher(text);
        int end = 0;
        while (pairs.find()) {
            assertThat(pairs.start()).as(line).isEqualTo(end);
            end = pairs.end();
            var value = pairs.group(2).replace("\\n", "\n").replaceAll("\\\\([\"\\\\])", "$1");
            labels.put(pairs.group(1), value);
        }
        assertThat(end).as(line).isEqualTo(text.length());
        return Map.of(parts.group(1) + labels, Double.valueOf(parts.group(3)));
    }

    @Test
    void whatIsForgottenIsNotPrintedAndTheOthersStay() throws IOException {
        telemetry.gauge("shop_instance_up", Labels.of("instance", "a")).set(1);
        telemetry.gauge("shop_instance_up", Labels.of("instance", "b")).set(1);
        telemetry.forget("shop_instance_up", Labels.of("instance", "a"));
        telemetry.forget("shop_nothing", Labels.NONE);
        assertThat(lines("shop_instance_up{"))
                .containsExactly("shop_instance_up{instance=\"b\"} 1.0");
    }

    @Test
    void oneMetricNeverChangesItsKindOrTheNamesOfItsLabels() {
        telemetry.counter("shop_orders_total", Labels.of("state", "paid")).increment();
        assertThatThrownBy(() -> telemetry.gauge("shop_orders_total", Labels.of("state", "paid")))
                .isInstanceOf(ClassCastException.class);
        assertThatThrownBy(() -> telemetry.counter("shop_orders_total", Labels.of("who", "olga")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shop_orders_total")
                .hasMessageContaining("state");
        assertThatThrownBy(() -> telemetry.counter("shop_orders_total", Labels.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theProcessMeasuresItself() throws IOException {
        assertThat(lines("# TYPE jvm_")).isNotEmpty();
        assertThat(lines("# TYPE process_uptime_seconds gauge")).hasSize(1);
    }
}
