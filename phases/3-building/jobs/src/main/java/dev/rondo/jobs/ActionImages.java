package dev.rondo.jobs;

import dev.rondo.jobs.ContainerStep.Source;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The images of a job's actions, which are brought before anything of it runs. Those of local
 * actions are not among them: their files may come by a step.
 */
final class ActionImages {
    private final Map<Source, String> pulled = new LinkedHashMap<>();
    private final Map<Source, String> built = new LinkedHashMap<>();
    private final Map<Source, Source> brought = new HashMap<>();

    /**
     * @param action which wants it
     */
    void want(Source source, String action) {
        switch (source) {
            case Source.Image image -> pulled.putIfAbsent(image, "Pull " + image.name());
            case Source.Built file -> built.putIfAbsent(file, "Build " + action);
            case Source.Ready ready -> {}
        }
    }

    /** All by the title of the step that brings them: those that are pulled, then the built. */
    Map<Source, String> wanted() {
        var all = new LinkedHashMap<>(pulled);
        all.putAll(built);
        return all;
    }

    void brought(Source source, Source ready) {
        brought.put(source, ready);
    }

    /** As it is here now. */
    Source now(Source source) {
        return brought.getOrDefault(source, source);
    }
}
