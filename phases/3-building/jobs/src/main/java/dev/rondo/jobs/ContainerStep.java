package dev.rondo.jobs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An action that is a container, as it is to be run once.
 *
 * @param entrypoint instead of the image's
 * @param args instead of the image's command, where there are any
 * @param env with paths as the server sees them
 */
public record ContainerStep(
        Source source, Optional<String> entrypoint, List<String> args, Map<String, String> env) {

    /** Where its image comes from. */
    public sealed interface Source {
        /** How an error names it. */
        String title();

        /** One that is pulled unless it is there. */
        record Image(String name) implements Source {
            @Override
            public String title() {
                return name;
            }
        }

        /** One that is here under a name of the engine's. */
        record Ready(String name, String title) implements Source {}

        /**
         * One that is built.
         *
         * @param folder the context; a job may write to it
         * @param file relative to it
         */
        record Built(Path folder, String file) implements Source {
            @Override
            public String title() {
                return file;
            }
        }
    }
}
