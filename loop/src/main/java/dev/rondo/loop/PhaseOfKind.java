package dev.rondo.loop;

/** Which phase of the loop a kind of event belongs to, by its first word. */
final class PhaseOfKind {

    private PhaseOfKind() {}

    /** 1 to 8; 0 for what belongs to none. */
    static int place(String kind) {
        var word = kind.substring(0, Math.max(0, kind.indexOf('.')));
        return switch (word) {
            case "ticket", "sprint" -> 1;
            case "change", "repository", "project" -> 2;
            case "pipelinerun", "taskrun", "artifact" -> 3;
            case "testsuiterun", "gate" -> 4;
            case "release" -> 5;
            case "rollout", "service", "instance" -> 6;
            case "incident", "notification" -> 7;
            case "judgement", "alert" -> 8;
            default -> 0;
        };
    }
}
