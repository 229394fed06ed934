package dev.rondo.natives;

import dev.rondo.jobs.ActionSetting;
import dev.rondo.jobs.NativeAction.Failed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the setup actions have in common once the tool is chosen. */
final class ToolSetup {
    private ToolSetup() {}

    /**
     * Puts a tool in front of the PATH. One whose folder it shares with all of the system gets a
     * folder of links, so that nothing else comes before what earlier steps chose.
     *
     * @param programs what it is made of, by the names that steps use
     */
    static void onPath(ActionSetting setting, Tool tool, Map<String, String> programs)
            throws Failed, InterruptedException {
        if (tool.alone()) {
            setting.addPath(tool.home() + "/bin");
            return;
        }
        Path folder =
                setting.folders()
                        .temp()
                        .resolve("tools")
                        .resolve(
                                tool.name().toLowerCase(java.util.Locale.ROOT)
                                        + "-"
                                        + tool.version());
        var script = new StringBuilder("mkdir -p \"$folder\"\n");
        programs.forEach((name, target) ->
                script.append(
                        "[ ! -x %s ] || ln -sfn %s \"$folder\"/%s\n"
                                .formatted(
                                        Inside.quote(target),
                                        Inside.quote(target),
                                        Inside.quote(name))));
        Inside.askText(setting, script.toString(), Map.of("folder", folder.toString()));
        setting.addPath(folder.toString());
    }

    /** Switches problem matchers on. */
    static void matchers(ActionSetting setting, List<String> names)
            throws Failed, InterruptedException {
        var script = new StringBuilder("mkdir -p \"$RUNNER_TEMP/matchers\"\n");
        for (String name : names) {
            script.append(
                    "printf '%%s' %s > \"$RUNNER_TEMP/matchers/%s.json\"\n"
                            .formatted(
                                    Inside.quote(Inside.resource("matchers/" + name + ".json")),
                                    name));
            script.append(
                    "echo \"::add-matcher::$RUNNER_TEMP/matchers/%s.json\"\n".formatted(name));
        }
        Inside.askText(setting, script.toString(), Map.of());
    }

    /** Writes a file inside the job. */
    static void write(ActionSetting setting, String path, String text)
            throws Failed, InterruptedException {
        String script =
                "mkdir -p \"$(dirname \"$path\")\" && printf '%s' \"$text\" > \"$path\""
                        + " || echo \"Cannot write $path\" > \"$answer\"";
        for (String problem : Inside.askText(setting, script, Map.of("path", path, "text", text))) {
            throw new Failed(problem);
        }
    }
}
