package dev.rondo.natives;

import dev.rondo.jobs.ActionSetting;
import dev.rondo.jobs.NativeAction.Failed;
import java.util.List;
import java.util.Map;

/** {@code distribution: jdkfile}: a JDK that the job brings as an archive. */
final class JdkFile {
    static final String DISTRIBUTION = "jdkfile";

    private JdkFile() {}

    /**
     * Unpacks it inside the job.
     *
     * @param version that it is said to have
     */
    static Tool unpack(ActionSetting setting, String version) throws Failed, InterruptedException {
        String file = setting.input("jdkfile", "");
        if (file.isEmpty()) {
            throw new Failed("'jdkFile' is not specified");
        }
        SemVer number = SetupJava.version(version).orElseThrow(() -> SetupJava.unread(version));
        setting.log()
                .line(
                        "Java %s was not found in tool-cache. Trying to unpack JDK file..."
                                .formatted(version));
        List<String> answer = Inside.ask(setting, "jdkfile.sh", Map.of("file", file));
        if (answer.size() != 2) {
            throw new Failed(
                    answer.isEmpty() ? "'%s' is no JDK".formatted(file) : answer.getFirst());
        }
        setting.log().line("Extracting Java from '%s'".formatted(answer.getFirst()));
        return new Tool(true, "Java_jdkfile_jdk", version, number, answer.get(1), "");
    }
}
