package dev.rondo.containers;

import java.util.List;
import java.util.UUID;

/** What marks everything that is made for a job, so that nothing stays behind. */
record Labels(String server, String life) {
    static final String JOB = "dev.rondo.job";
    static final String SERVER = "dev.rondo.server";
    static final String LIFE = "dev.rondo.life";
    static final String ACTION = "dev.rondo.action";

    /** Of one life of a server. */
    static Labels of(String server) {
        return new Labels(server, UUID.randomUUID().toString());
    }

    List<String> of(JobName job) {
        return List.of(
                "--label",
                JOB + "=" + job.id(),
                "--label",
                SERVER + "=" + server,
                "--label",
                LIFE + "=" + life);
    }

    /** A job, and how what belongs to it is called. */
    record JobName(String id) {
        String named(String what) {
            return "rondo-" + plain(id) + "-" + plain(what);
        }

        private static String plain(String text) {
            return text.replaceAll("[^A-Za-z0-9_.-]", "_");
        }
    }
}
