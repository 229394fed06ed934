package dev.rondo.actions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of GitHub's workflow data: options, the workflow, the workflows that it calls by name and
 * text, and as JSON what GitHub's parser makes of it.
 */
record SuiteCase(
        String name,
        String options,
        String workflow,
        Map<String, String> called,
        JsonNode expected) {

    static List<SuiteCase> all() throws IOException {
        try (var files = Files.list(Suites.folder("workflow-parser/testdata/reader"))) {
            return files.sorted().map(SuiteCase::read).toList();
        }
    }

    private static SuiteCase read(Path file) {
        try {
            List<String> parts =
                    List.of(Files.readString(file).replace("\r\n", "\n").split("(?m)^---\\n"));
            var called = new HashMap<String, String>();
            for (int i = 2; i + 1 < parts.size() - 1; i += 2) {
                called.put(parts.get(i).strip(), parts.get(i + 1));
            }
            return new SuiteCase(
                    file.getFileName().toString(),
                    parts.getFirst(),
                    parts.get(1).replaceFirst("\n$", ""),
                    called,
                    JsonMapper.shared().readTree(parts.getLast()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String path() {
        return ".github/workflows/" + name;
    }

    Optional<String> option(String key) {
        var found = Pattern.compile("(?m)^" + key + ": *([^ #\\n]+)").matcher(options);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    boolean skips(String parser) {
        return Pattern.compile("(?m)^ *- " + Pattern.quote(parser) + "$").matcher(options).find();
    }

    boolean on(String key) {
        return option(key).filter("true"::equals).isPresent();
    }

    private int number(String key, int otherwise) {
        return option(key).map(Integer::parseInt).orElse(otherwise);
    }

    Limits limits() {
        Limits normal = Limits.GITHUB;
        return new Limits(
                number("max-depth", normal.depth()),
                number("max-file-size", normal.characters()),
                number("max-result-size", (int) normal.bytes()),
                number("max-nested-reusable-workflows-depth", normal.calls()),
                normal.files(),
                number("max-job-limit", normal.jobs()));
    }

    WorkflowTree.Reading read() {
        if (on("skip-reusable-workflows")
                && WorkflowReading.read(path(), workflow) instanceof WorkflowReading.Valid valid) {
            return new WorkflowTree.Reading.Valid(
                    new WorkflowTree(valid.workflow(), Map.of(), Map.of()));
        }
        Permissions.Policy policy =
                option("permissions-policy").orElse("Write").equals("LimitedRead")
                        ? Permissions.Policy.LIMITED_READ
                        : Permissions.Policy.WRITE;
        return WorkflowTree.read(
                path(),
                workflow,
                reference -> Optional.ofNullable(called.get(reference)),
                limits(),
                policy);
    }

    List<String> errors() {
        var messages = new ArrayList<String>();
        expected.path("errors").forEach(e -> messages.add(e.get("Message").stringValue()));
        return messages;
    }
}
