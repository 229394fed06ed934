package dev.rondo.jobs;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a job's folders are called inside containers, as on GitHub; the most precise name first. */
public final class InsideNames {
    private final Map<String, String> names;

    private InsideNames(Map<String, String> names) {
        this.names = names;
    }

    /** In the container of a job. */
    public static InsideNames ofJob(JobFolders folders, String repository) {
        String name = repository.substring(repository.lastIndexOf('/') + 1);
        var names = new LinkedHashMap<String, String>();
        put(names, folders.files().resolve("event.json"), "/github/workflow/event.json");
        put(names, folders.work(), "/__w/" + name + "/" + name);
        put(names, folders.temp(), "/__w/_temp");
        put(names, folders.actions(), "/__w/_actions");
        put(names, folders.home(), "/github/home");
        put(names, folders.files(), "/github/file_commands");
        put(names, folders.tools(), "/__t");
        put(names, folders.root(), "/__w/" + name);
        return new InsideNames(names);
    }

    /** In a container that is an action. */
    public static InsideNames ofAction(JobFolders folders) {
        var names = new LinkedHashMap<String, String>();
        put(names, folders.files().resolve("event.json"), "/github/workflow/event.json");
        put(names, folders.work(), "/github/workspace");
        put(names, folders.home(), "/github/home");
        put(names, folders.files(), "/github/file_commands");
        put(names, folders.temp(), "/github/runner_temp");
        return new InsideNames(names);
    }

    private static void put(Map<String, String> names, Path outside, String inside) {
        names.put(outside.toString(), inside);
    }

    /** A text that is such a path, or begins with one. */
    public String inside(String text) {
        return translated(text, false);
    }

    /** The other way round. */
    public String outside(String text) {
        return translated(text, true);
    }

    private String translated(String text, boolean back) {
        for (Map.Entry<String, String> name : names.entrySet()) {
            String from = back ? name.getValue() : name.getKey();
            String to = back ? name.getKey() : name.getValue();
            if (text.equals(from) || text.startsWith(from + "/")) {
                return to + text.substring(from.length());
            }
        }
        return text;
    }
}
