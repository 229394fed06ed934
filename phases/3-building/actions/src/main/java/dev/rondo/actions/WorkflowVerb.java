package dev.rondo.actions;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The verb {@code rondo workflow check}: reads workflow files as a push would and says what is
 * wrong with them, before anything runs. In JSON one object a line: {@code {"file", "valid",
 * "errors": [{"line", "column", "message"}], "jobs": [{"id", "needs", "steps"}]}}; an error in
 * another file, which the workflow uses, has its {@code "file"} too.
 */
public final class WorkflowVerb {
    private static final long MOST_BYTES = 4L << 20;

    private final Path directory;
    private final PrintStream out;
    private final boolean json;

    /**
     * @param directory that relative names start from
     */
    public WorkflowVerb(Path directory, PrintStream out, boolean json) {
        this.directory = directory;
        this.out = out;
        this.json = json;
    }

    /**
     * Checks files, and of folders every {@code *.yml} and {@code *.yaml} in them.
     *
     * @return whether all are valid
     */
    public boolean check(List<String> names) {
        boolean valid = true;
        for (var name : names) {
            var path = directory.resolve(name);
            for (var file : Files.isDirectory(path) ? inside(name, path) : List.of(name)) {
                valid &= checkOne(file);
            }
        }
        return valid;
    }

    private static List<String> inside(String name, Path folder) {
        var files = new ArrayList<String>();
        try (var found = Files.newDirectoryStream(folder, "*.{yml,yaml}")) {
            found.forEach(file -> files.add(Path.of(name).resolve(file.getFileName()).toString()));
        } catch (IOException unreadable) {
            files.add(name);
        }
        files.sort(null);
        return files;
    }

    private boolean checkOne(String name) {
        var reading = read(name);
        switch (reading) {
            case WorkflowReading.Valid(Workflow workflow) -> {
                List<Told> faults = used(name, workflow);
                if (!faults.isEmpty()) {
                    tellInvalid(name, faults);
                    return false;
                }
                tellValid(name, workflow);
                return true;
            }
            case WorkflowReading.Invalid invalid -> {
                tellInvalid(
                        name, invalid.mistakes().stream().map(one -> new Told(name, one)).toList());
                return false;
            }
        }
    }

    /** A mistake, and the name of the file that it is in, as the user would write it. */
    private record Told(String file, Mistake mistake) {}

    /** What is wrong with the files of its repository that it uses. */
    private List<Told> used(String name, Workflow workflow) {
        var path = directory.resolve(name);
        try {
            String text = Files.readString(path);
            return RepositoryCheck.of(path).stream()
                    .flatMap(check -> check.faults(path, text, workflow).stream())
                    .map(fault -> new Told(named(path, name, fault.file()), fault.mistake()))
                    .toList();
        } catch (IOException gone) {
            return List.of();
        }
    }

    /** From a path below the repository's top folder to one from where the user is. */
    private String named(Path path, String name, String file) {
        Path folder = Path.of(name).getParent();
        Path way = Path.of(".github/workflows").relativize(Path.of(file));
        String said = (folder == null ? way : folder.resolve(way)).normalize().toString();
        return path.equals(directory.resolve(said)) ? name : said;
    }

    private WorkflowReading read(String name) {
        var path = directory.resolve(name);
        try {
            if (Files.isRegularFile(path) && Files.size(path) > MOST_BYTES) {
                return unread(name, "The file is larger than 4 MiB");
            }
            return WorkflowReading.read(name, Files.readString(path));
        } catch (CharacterCodingException binary) {
            return unread(name, "The file is not UTF-8 text");
        } catch (IOException unreadable) {
            return unread(
                    name, Files.exists(path) ? "The file cannot be read" : "There is no such file");
        }
    }

    private static WorkflowReading unread(String name, String why) {
        return new WorkflowReading.Invalid(name, name, List.of(new Mistake(Position.START, why)));
    }

    private void tellValid(String name, Workflow workflow) {
        if (!json) {
            out.println(name + ": valid, " + counted(workflow.jobs().size(), "job"));
            return;
        }
        var jobs = new ArrayList<Value>();
        for (var job : workflow.jobs()) {
            var told = new LinkedHashMap<String, Value>();
            told.put("id", Value.of(job.id()));
            told.put("needs", Value.of(job.needs().stream().map(Value::of).toList()));
            told.put("steps", Value.of(job.steps().size()));
            jobs.add(Value.of(told));
        }
        tell(name, true, List.of(), jobs);
    }

    private void tellInvalid(String name, List<Told> mistakes) {
        if (!json) {
            mistakes.forEach(one -> out.println(one.mistake().line(one.file())));
            return;
        }
        var errors = new ArrayList<Value>();
        for (var one : mistakes) {
            var mistake = one.mistake();
            var told = new LinkedHashMap<String, Value>();
            if (!one.file().equals(name)) {
                told.put("file", Value.of(one.file()));
            }
            told.put("line", Value.of(mistake.at().line()));
            told.put("column", Value.of(mistake.at().column()));
            told.put("message", Value.of(mistake.message()));
            if (!mistake.expected().isEmpty()) {
                told.put("expected", Value.of(mistake.expected()));
            }
            errors.add(Value.of(told));
        }
        tell(name, false, errors, List.of());
    }

    private void tell(String name, boolean valid, List<Value> errors, List<Value> jobs) {
        Map<String, Value> told = new LinkedHashMap<>();
        told.put("file", Value.of(name));
        told.put("valid", Value.of(valid));
        told.put("errors", Value.of(errors));
        told.put("jobs", Value.of(jobs));
        out.println(Json.line(Value.of(told)));
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
