package dev.rondo.engine;

import dev.rondo.settings.ActionPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where actions and tools come from beside this Rondo, and which may be used in all projects.
 *
 * @param tools a tool cache in the layout of the official setup actions
 * @param prefersRepositories whether an action that Rondo does itself is taken from its repository
 *     where that can be had
 */
public record ActionSettings(
        Optional<Upstream> upstream,
        Optional<Path> tools,
        ActionPolicy policy,
        boolean prefersRepositories) {

    /** Nothing from elsewhere, and all may be used. */
    public static final ActionSettings NONE =
            new ActionSettings(Optional.empty(), Optional.empty(), ActionPolicy.ALL, false);

    /** Where repositories of actions are, beside the projects of this Rondo. */
    public sealed interface Upstream {
        /** A folder of bare repositories {@code owner/name.git}. */
        record Folder(Path path) implements Upstream {}

        /**
         * A server that has them at {@code <base>/owner/name}.
         *
         * @param token by which it shows what is not public
         */
        record Server(URI base, Optional<String> token) implements Upstream {
            /** Without the token. */
            @Override
            public String toString() {
                return "Server[" + base + "]";
            }
        }
    }
}
