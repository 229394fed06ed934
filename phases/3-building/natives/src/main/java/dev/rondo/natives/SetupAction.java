package dev.rondo.natives;

import dev.rondo.jobs.ActionSetting;
import dev.rondo.jobs.NativeAction;
import java.io.IOException;

/** A {@code setup-…} action: when the job has ended well, it keeps what the packages came from. */
interface SetupAction extends NativeAction {
    DependencyCache cache();

    @Override
    default boolean hasPost() {
        return true;
    }

    /** {@code post-if: success()}. */
    @Override
    default boolean postsAlways() {
        return false;
    }

    @Override
    default void post(ActionSetting setting) throws IOException, InterruptedException {
        cache().save(setting);
    }
}
