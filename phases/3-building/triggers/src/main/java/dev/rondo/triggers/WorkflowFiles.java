package dev.rondo.triggers;

import dev.rondo.actions.WorkflowReading;
import dev.rondo.engine.Workshop;
import dev.rondo.git.GitRepository;
import dev.rondo.git.TreeEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The workflows at a commit, read. What was read last is kept, because most events ask for the
 * default branch's again and again.
 */
public final class WorkflowFiles {
    public static final String FOLDER = ".github/workflows";
    private static final int KEPT = 64;
    private static final int MOST_FILES = 100;

    private final Map<String, List<WorkflowReading>> kept =
            new LinkedHashMap<>(KEPT, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<String, List<WorkflowReading>> eldest) {
                    return size() > KEPT;
                }
            };

    public List<WorkflowReading> at(GitRepository repository, String commit) {
        String key = repository.folder() + "@" + commit;
        synchronized (kept) {
            List<WorkflowReading> known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        List<WorkflowReading> read = read(repository, commit);
        synchronized (kept) {
            kept.put(key, read);
        }
        return read;
    }

    private static List<WorkflowReading> read(GitRepository repository, String commit) {
        var readings = new ArrayList<WorkflowReading>();
        for (TreeEntry entry : repository.tree(commit, FOLDER).orElse(List.of())) {
            boolean file =
                    entry.kind() == TreeEntry.Kind.FILE
                            || entry.kind() == TreeEntry.Kind.EXECUTABLE;
            if (file
                    && (entry.name().endsWith(".yml") || entry.name().endsWith(".yaml"))
                    && readings.size() < MOST_FILES) {
                repository
                        .file(commit, entry.path(), Workshop.WORKFLOW_BYTES + 1)
                        .ifPresent(blob ->
                                readings.add(WorkflowReading.read(entry.path(), blob.text())));
            }
        }
        return List.copyOf(readings);
    }

    public static String file(WorkflowReading reading) {
        return switch (reading) {
            case WorkflowReading.Valid valid -> valid.workflow().file();
            case WorkflowReading.Invalid invalid -> invalid.file();
        };
    }

    static String name(WorkflowReading reading) {
        return switch (reading) {
            case WorkflowReading.Valid valid -> valid.workflow().name();
            case WorkflowReading.Invalid invalid -> invalid.name();
        };
    }
}
