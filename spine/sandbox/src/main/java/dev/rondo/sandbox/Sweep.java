package dev.rondo.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what former runs left, by their folders and by the guards that still live. */
final class Sweep {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final Path runs;

    Sweep(Path runs) {
        this.runs = runs;
    }

    List<String> sweep(Set<Handle> wanted) {
        var keep = wanted.stream().map(Handle::id).collect(Collectors.toSet());
        var killed = new ArrayList<String>();
        try (var folders = Files.newDirectoryStream(runs)) {
            for (var folder : folders) {
                var id = folder.getFileName().toString();
                if (!keep.contains(id) && clear(new RunFolder(folder))) {
                    killed.add(id);
                }
            }
        } catch (IOException e) {
            throw new SandboxFailure(SandboxFailure.Category.IO, "cannot read " + runs, e);
        }
        if (!killed.isEmpty()) {
            LOG.info("killed what a former run left: {}", killed);
        }
        return killed;
    }

    private static boolean clear(RunFolder folder) throws IOException {
        // Its guard, or in mode off whatever it started: all carry the folder's name.
        var alive = Confined.marked(folder.id());
        var guard =
                alive.stream()
                        .filter(pid -> ProcFiles.commandLine(pid).contains("rondo-sandbox:"))
                        .findFirst();
        var facts = folder.facts();
        if (facts.isEmpty()) {
            alive.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            folder.delete();
            return !alive.isEmpty();
        }
        long pid = guard.orElse(0L);
        var confined = new Confined(folder, facts.get(), pid, ProcFiles.stat(pid).started());
        confined.kill();
        confined.clear();
        return !alive.isEmpty();
    }
}
