package dev.rondo.git;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the owner of a repository demands of a push to it.
 *
 * @param refusal one line for the client why this ref may not move, or empty when it may; asked
 *     before git is
 * @param refsUpdated told once the refs have moved and before the client hears of it. When it
 *     throws, the client is told that the push was not recorded
 * @param maxBytes the largest push, as it arrives; the settings' limit holds all the same
 */
public record PushRules(
        Function<RefUpdate, Optional<String>> refusal,
        Consumer<List<RefUpdate>> refsUpdated,
        long maxBytes) {

    /** As large as the settings allow. */
    public PushRules(
            Function<RefUpdate, Optional<String>> refusal, Consumer<List<RefUpdate>> refsUpdated) {
        this(refusal, refsUpdated, Long.MAX_VALUE);
    }

    /** Every ref that git itself would take, and nobody to tell. */
    public static PushRules none() {
        return new PushRules(_ -> Optional.empty(), _ -> {});
    }
}
