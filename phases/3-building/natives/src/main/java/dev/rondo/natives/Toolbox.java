package dev.rondo.natives;

import dev.rondo.jobs.ActionSetting;
import dev.rondo.jobs.NativeAction.Failed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The versions of one tool that a job can use: those of the tool cache, then the machine's. */
final class Toolbox {
    private static final Comparator<Tool> OLDEST_FIRST =
            Comparator.comparing(Tool::version, SemVer::compareBuild);

    private final List<Tool> tools;

    Toolbox(List<Tool> tools) {
        this.tools = tools;
    }

    /**
     * Looks around inside the job.
     *
     * @param kind node, java, python or go
     * @param version reads what stands there; empty for what is none
     */
    static Toolbox of(
            ActionSetting setting,
            String kind,
            String architecture,
            Function<String, Optional<SemVer>> version)
            throws Failed, InterruptedException {
        var tools = new ArrayList<Tool>();
        for (String line :
                Inside.ask(setting, "tools.sh", Map.of("kind", kind, "arch", architecture))) {
            String[] parts = line.split("\t", -1);
            if (parts.length == 5) {
                version.apply(parts[2])
                        .ifPresent(number ->
                                tools.add(
                                        new Tool(
                                                parts[0].equals("cache"),
                                                parts[1],
                                                parts[2],
                                                number,
                                                parts[3],
                                                parts[4])));
            }
        }
        return new Toolbox(tools);
    }

    /** The architecture by the name that the official tool cache uses. */
    static String architecture(ActionSetting setting) {
        String own = System.getProperty("os.arch", "").contains("aarch64") ? "arm64" : "x64";
        return setting.input("architecture", own);
    }

    Toolbox only(Predicate<Tool> wanted) {
        return new Toolbox(tools.stream().filter(wanted).toList());
    }

    /**
     * The newest that fits; one of the tool cache goes before, unless the newest is wanted wherever
     * it is.
     */
    Optional<Tool> newest(Predicate<Tool> wanted, boolean anywhere) {
        Optional<Tool> cached =
                tools.stream().filter(Tool::cached).filter(wanted).max(OLDEST_FIRST);
        return cached.isPresent() && !anywhere
                ? cached
                : tools.stream().filter(wanted).max(OLDEST_FIRST);
    }

    Optional<Tool> newest(SemRange range, boolean anywhere) {
        return newest(tool -> range.has(tool.version()), anywhere);
    }

    /** What there is, for the message that nothing fits. */
    String list() {
        List<String> there =
                tools.stream()
                        .sorted(OLDEST_FIRST.reversed())
                        .map(Tool::listed)
                        .distinct()
                        .toList();
        return there.isEmpty() ? "none" : String.join(", ", there);
    }
}
