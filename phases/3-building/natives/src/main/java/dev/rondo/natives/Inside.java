package dev.rondo.natives;

import dev.rondo.jobs.ActionSetting;
import dev.rondo.jobs.NativeAction.Failed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Runs scripts of this module inside a job and reads what they answer. */
final class Inside {
    private static final int ANSWER_BYTES = 1 << 20;

    private Inside() {}

    /**
     * Runs a script of this module; it finds the values in variables of these names, and writes its
     * answer into the file {@code $answer}.
     *
     * @return the lines of the answer; none where it wrote nothing
     */
    static List<String> ask(ActionSetting setting, String script, Map<String, String> values)
            throws Failed, InterruptedException {
        return askText(setting, resource(script), values);
    }

    /** As {@link #ask}, with a script that was made just now. */
    static List<String> askText(ActionSetting setting, String script, Map<String, String> values)
            throws Failed, InterruptedException {
        String name = "answer-" + UUID.randomUUID();
        var text = new StringBuilder();
        values.forEach(
                (key, value) -> text.append(key).append('=').append(quote(value)).append('\n'));
        text.append("answer=")
                .append(quote(setting.folders().temp().resolve(name).toString()))
                .append('\n');
        text.append(script);
        setting.script(text.toString());
        return answer(setting, name);
    }

    private static List<String> answer(ActionSetting setting, String name) {
        try {
            String text =
                    setting.folders()
                            .tree(setting.folders().temp())
                            .read(
                                    name,
                                    in ->
                                            new String(
                                                    in.readNBytes(ANSWER_BYTES),
                                                    StandardCharsets.UTF_8));
            return text.isEmpty() ? List.of() : text.lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    static String resource(String name) {
        try (InputStream in = Inside.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
