package dev.rondo.jobs;

import dev.rondo.actions.Action;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Runs the scripts of JavaScript actions with the Node that is there. */
final class NodeScripts {
    /**
     * The wanted major version in the tool cache or on the PATH; else a newer one; else, as the
     * last resort, an older one with a warning.
     */
    static final String FIND =
            """
            wanted=$1 script=$2 best= bestmajor=0
            shift 2
            # Only lines are words: folders may have blanks.
            IFS='
            '
            found() {
              local IFS=:
              for folder in $PATH; do printf '%s\\n' "$folder/node"; done
            }
            for node in "$RUNNER_TOOL_CACHE"/node/*/*/bin/node $(found) /usr/bin/node; do
              [ -x "$node" ] || continue
              major=$("$node" -p 'process.versions.node.split(".")[0]' 2>/dev/null) || continue
              case $major in '' | *[!0-9]*) continue ;; esac
              if [ "$major" = "$wanted" ]; then exec env "$@" "$node" "$script"; fi
              if [ "$bestmajor" -lt "$wanted" ] && [ "$major" -gt "$bestmajor" ]; then
                best=$node bestmajor=$major
              elif [ "$major" -gt "$wanted" ] && [ "$major" -lt "$bestmajor" ]; then
                best=$node bestmajor=$major
              fi
            done
            if [ -z "$best" ]; then
              echo "::error::This action needs Node.js $wanted, and no Node.js is on this machine"
              exit 127
            fi
            if [ "$bestmajor" -lt "$wanted" ]; then
              echo "::warning::This action wants Node.js $wanted; it runs with $bestmajor, the newest on this machine"
            fi
            exec env "$@" "$best" "$script"
            """;

    private final JobDesk desk;
    private final Scripts scripts;

    NodeScripts(JobDesk desk, Scripts scripts) {
        this.desk = desk;
        this.scripts = scripts;
    }

    /** A JavaScript action that a step uses, with its inputs. */
    private record Used(Loaded.Files files, Action.JavaScript script, Map<String, String> inputs) {}

    Outcome pre(
            Doing doing, Loaded.Files files, Action.JavaScript script, Map<String, String> inputs)
            throws InterruptedException {
        return run(doing, new Used(files, script, inputs), script.pre().orElseThrow().what());
    }

    Outcome main(
            Doing doing, Loaded.Files files, Action.JavaScript script, Map<String, String> inputs)
            throws InterruptedException {
        var used = new Used(files, script, inputs);
        if (files.local() && script.pre().isPresent()) {
            desk.log()
                    .warning(
                            "`pre` execution is not supported for local action from '%s'"
                                    .formatted(doing.step().uses().orElse("")));
        }
        script.post().ifPresent(hook -> doing.later().add(new Post(doing, used, hook)));
        return run(doing, used, script.main());
    }

    private Outcome run(Doing doing, Used used, String file) throws InterruptedException {
        Path script = used.files().folder().resolve(file).normalize();
        var more = new LinkedHashMap<String, String>();
        used.inputs().forEach((name, value) -> more.put(variable(name), value));
        desk.state()
                .stateOf(doing.path())
                .forEach((name, value) -> more.put("STATE_" + name, value));
        more.putAll(desk.state().order().services().actionVariables());
        more.put("GITHUB_ACTION_PATH", used.files().source().path());
        more.put("GITHUB_ACTION_REPOSITORY", used.files().source().repository());
        more.put("GITHUB_ACTION_REF", used.files().source().ref());
        String command =
                "sh -c %s node %d %s%s"
                        .formatted(
                                ShellScript.quote(FIND),
                                used.script().node(),
                                ShellScript.quote(desk.shell().inside(script.toString())),
                                strange(more));
        return scripts.run(
                doing,
                new Scripts.Call(
                        desk.folders().work(),
                        more,
                        around -> ShellScript.write(around, command),
                        true));
    }

    /** As words: variables whose names are none to a shell, which some shells would drop. */
    private static String strange(Map<String, String> variables) {
        var words = new StringBuilder();
        variables.forEach((name, value) -> {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                words.append(' ').append(ShellScript.quote(name + "=" + value));
            }
        });
        return words.toString();
    }

    /** {@code INPUT_…}: blanks become underscores, dashes stay. */
    static String variable(String input) {
        return "INPUT_" + input.replace(' ', '_').toUpperCase(Locale.ROOT);
    }

    /** The post part, in the level in which its step stands. */
    private final class Post implements Doing.Later {
        private final Doing doing;
        private final Used used;
        private final Action.Hook hook;

        Post(Doing doing, Used used, Action.Hook hook) {
            this.doing = doing;
            this.used = used;
            this.hook = hook;
        }

        @Override
        public boolean due() {
            return hook.when().value(desk.state().scope(desk.state().frame())).truthy();
        }

        @Override
        public Outcome run(Deadline deadline) throws InterruptedException {
            var again =
                    new Doing(doing.step(), doing.frame(), doing.env(), deadline, doing.later());
            return NodeScripts.this.run(again, used, hook.what());
        }
    }
}
