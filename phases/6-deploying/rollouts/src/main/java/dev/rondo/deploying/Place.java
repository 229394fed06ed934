package dev.rondo.deploying;

import dev.rondo.journal.Subject;

/** A service in an environment of a project: where one version lives and one rollout runs. */
record Place(String project, String service, String environment) {

    Subject subject() {
        return Subject.of("service", service + "/" + environment);
    }
}
