package dev.rondo.git;

import java.util.Arrays;
import java.util.Optional;

/** The two services of the smart protocol (git's documentation, gitprotocol-http). */
public enum GitService {
    /** Clone and fetch. */
    UPLOAD_PACK("upload-pack"),
    /** Push. */
    RECEIVE_PACK("receive-pack");

    private final String command;

    GitService(String command) {
        this.command = command;
    }

    /** The word after {@code git}. */
    String command() {
        return command;
    }

    String contentType(String what) {
        return "application/x-git-" + command + "-" + what;
    }

    /** The service that a request is for, also when it only asks for the refs. */
    public static Optional<GitService> of(String resource, Optional<String> serviceParameter) {
        String name =
                resource.equals("/info/refs")
                        ? serviceParameter.orElse("")
                        : resource.replaceFirst("^/", "");
        return Arrays.stream(values()).filter(s -> name.equals("git-" + s.command)).findFirst();
    }
}
