package dev.rondo.jobs;

import java.nio.file.Path;
import java.util.Optional;

/** Where actions come from, and which of them may be used. */
public interface ActionSources {

    /**
     * Asked before anything else of an action of a repository.
     *
     * @throws Refused where a policy does not let it be used
     */
    default void allow(ActionReference reference) throws Refused {}

    /** The one that Rondo does itself, where the policy prefers it. */
    Optional<NativeAction> known(ActionReference reference);

    /**
     * Puts the files of an action's repository into an empty folder.
     *
     * @return the commit
     * @throws Refused where it may not be used or is not there
     */
    String fetch(ActionReference reference, Path folder) throws Refused;

    /** Why an action cannot be had, in one sentence. */
    final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        public Refused(String sentence) {
            super(sentence);
        }

        public String sentence() {
            return String.valueOf(getMessage());
        }
    }
}
