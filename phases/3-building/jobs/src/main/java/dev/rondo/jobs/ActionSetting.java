package dev.rondo.jobs;

import dev.rondo.actions.Masks;
import dev.rondo.actions.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a native action works with; it runs in the server, so it trusts nothing in the job. */
public final class ActionSetting {
    private final JobState state;
    private final JobLog log;
    private final Masks masks;
    private final Given given;
    private final Scripts scripts;

    /**
     * What a step gives its action. All but the inputs may be changed.
     *
     * @param inputs by lower-case name
     * @param env the variables of the step
     * @param outputs what the step gives
     * @param kept what one part of the action tells the next
     */
    record Given(
            Map<String, String> inputs,
            Map<String, String> env,
            Map<String, String> outputs,
            Map<String, String> kept) {
        static Map<String, String> lowerCase(Map<String, String> inputs) {
            var lower = new TreeMap<String, String>();
            inputs.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
            return lower;
        }
    }

    /** Runs a script of bash inside, with the variables of the step. */
    @FunctionalInterface
    interface Scripts {
        Outcome run(String text) throws InterruptedException;
    }

    ActionSetting(JobState state, JobLog log, Masks masks, Given given, Scripts scripts) {
        this.state = state;
        this.log = log;
        this.masks = masks;
        this.given = given;
        this.scripts = scripts;
    }

    /** An input without the blanks around it, or what stands in where it is empty. */
    public String input(String name, String otherwise) {
        String value = given.inputs().getOrDefault(name, "").strip();
        return value.isEmpty() ? otherwise : value;
    }

    public boolean isTrue(String name, boolean otherwise) {
        return input(name, String.valueOf(otherwise)).equalsIgnoreCase("true");
    }

    public Path workspace() {
        return state.folders().work();
    }

    public JobFolders folders() {
        return state.folders();
    }

    public JobLog log() {
        return log;
    }

    /** The {@code github} context. */
    public Value github() {
        return Value.of(state.github(state.frame()));
    }

    /** Where the job's steps reach its server, without a slash at the end. */
    public String server() {
        return state.server().isEmpty()
                ? github().at("server_url").text().replaceFirst("/+$", "")
                : state.server();
    }

    /** As the function of that name: empty where no file of the workspace matches. */
    public String hashFiles(List<String> patterns) {
        return new FileHash(folders()).hash(patterns.stream().map(Value::of).toList()).text();
    }

    /** Which job it is, as the order names it. */
    public String job() {
        return state.order().id();
    }

    public void output(String name, String value) {
        given.outputs().put(name, value);
    }

    /** The variables of the step. */
    public Map<String, String> env() {
        return Map.copyOf(given.env());
    }

    /** A variable for all steps that follow. */
    public void export(String name, String value) {
        state.env().put(name, value);
    }

    /** Puts a folder in front of the PATH of all steps that follow. */
    public void addPath(String folder) {
        state.path().add(folder);
    }

    /** Keeps a word for the post part. */
    public void keep(String name, String value) {
        given.kept().put(name, value);
    }

    public String kept(String name) {
        return given.kept().getOrDefault(name, "");
    }

    /** Hides a word in everything that the job prints from now on. */
    public void mask(String secret) {
        masks.add(secret);
    }

    /** Whether the job has failed so far. */
    public boolean jobFailed() {
        return state.frame().failed() || state.cancelled();
    }

    /**
     * Runs bash inside, with the variables of the step; its commands and files work as in any step.
     *
     * @throws NativeAction.Failed where it ends with another code than 0
     */
    public void script(String text) throws NativeAction.Failed, InterruptedException {
        Outcome outcome = scripts.run(text);
        if (!outcome.word().equals("success")) {
            throw new NativeAction.Failed(outcome.message(), true);
        }
    }
}
