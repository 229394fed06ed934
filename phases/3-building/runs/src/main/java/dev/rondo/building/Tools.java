package dev.rondo.building;

import dev.rondo.jobs.ActionSetting;
import dev.rondo.jobs.NativeAction;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code actions/setup-node}, {@code -java}, {@code -python} and {@code -go}: nothing is
 * downloaded; the tool must be on the machine, and its major version must be one that was asked
 * for. Done by a script in the sandbox, so that what is checked is what the steps behind will use.
 */
final class Tools implements NativeAction {
    private record Tool(String title, String input, String command, String output) {}

    private static final Map<String, Tool> KNOWN =
            Map.of(
                    "actions/setup-node",
                    new Tool("Node.js", "node-version", "node --version", "node-version"),
                    "actions/setup-java",
                    new Tool(
                            "Java",
                            "java-version",
                            "java -version 2>&1 | head -n 1 | sed 's/.*\"\\(.*\\)\".*/\\1/'",
                            "version"),
                    "actions/setup-python",
                    new Tool(
                            "Python",
                            "python-version",
                            "(python3 --version || python --version) | sed 's/Python //'",
                            "python-version"),
                    "actions/setup-go",
                    new Tool("Go", "go-version", "go env GOVERSION | sed 's/go//'", "go-version"));

    private final String action;
    private final Tool tool;

    private Tools(String action, Tool tool) {
        this.action = action;
        this.tool = tool;
    }

    /** The action of that name, or empty where it is none of these. */
    static Optional<NativeAction> named(String action) {
        return Optional.ofNullable(KNOWN.get(action)).map(tool -> new Tools(action, tool));
    }

    @Override
    public void run(ActionSetting setting) throws Failed, InterruptedException {
        setting.script(script(setting.input(tool.input(), "")));
    }

    private String script(String wanted) {
        String major = wanted.replaceFirst("^[v^~>= ]*", "").replaceFirst("[.\\s|<].*$", "");
        boolean named = major.matches("[0-9]+");
        // python 3 says nothing by its major version: its minor one is meant
        if (action.endsWith("python") && wanted.matches("3\\.[0-9]+.*")) {
            major = wanted.replaceFirst("^(3\\.[0-9]+).*$", "$1");
        }
        return String.join(
                "\n",
                List.of(
                        "found=$(" + tool.command() + ") || found=",
                        "found=${found#v}",
                        "if [ -z \"$found\" ]; then",
                        "  echo \"::error::" + tool.title() + " is not on this machine\"",
                        "  exit 1",
                        "fi",
                        "case \"$found\" in",
                        named ? "  " + major + "|" + major + ".*|1." + major + ".*) ;;" : "  *) ;;",
                        named
                                ? "  *) echo \"::error::"
                                        + tool.title()
                                        + " "
                                        + safe(wanted)
                                        + " is asked for, and this machine has $found\"; exit 1 ;;"
                                : "",
                        "esac",
                        "echo \"Found " + tool.title() + " $found\"",
                        "echo \"" + tool.output() + "=$found\" >> \"$GITHUB_OUTPUT\""));
    }

    private static String safe(String text) {
        return text.replaceAll("[^0-9A-Za-z.*^~<>= |x-]", "?");
    }
}
