package dev.rondo.containers;

import dev.rondo.jobs.CommandWords;
import dev.rondo.sandbox.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The {@code options} of a container: those of {@code docker create}. What could reach beyond the
 * container is for trusted jobs; what no job needs is named in the error.
 */
final class CreateOptions {
    /** With a value, and confined to the container. */
    private static final Set<String> VALUES =
            Set.of(
                    words(
                            "add-host annotation attach cap-drop cpu-period cpu-quota cpu-shares"
                                    + " cpus cpuset-cpus cpuset-mems detach-keys dns dns-opt"
                                    + " dns-option dns-search domainname entrypoint env expose"
                                    + " group-add health-cmd health-interval health-retries"
                                    + " health-start-interval health-start-period health-timeout"
                                    + " hostname ip ip6 label mac-address memory"
                                    + " memory-reservation memory-swap memory-swappiness mount name"
                                    + " network-alias net-alias pids-limit platform publish pull"
                                    + " restart shm-size stop-signal stop-timeout sysctl tmpfs"
                                    + " ulimit user volume workdir"));

    private static final Set<String> FLAGS =
            Set.of(words("init interactive tty no-healthcheck read-only rm quiet"));

    /** With a value, for trusted jobs. */
    private static final Set<String> TRUSTED_VALUES =
            Set.of(
                    words(
                            "blkio-weight blkio-weight-device cap-add cgroup-parent cgroupns device"
                                    + " device-cgroup-rule device-read-bps device-read-iops"
                                    + " device-write-bps device-write-iops gpus ipc isolation"
                                    + " log-driver log-opt oom-score-adj pid runtime security-opt"
                                    + " storage-opt userns uts volume-driver volumes-from"));

    private static final Set<String> TRUSTED_FLAGS =
            Set.of(words("privileged oom-kill-disable publish-all"));

    private static final Set<String> NEVER =
            Set.of(words("network net link link-local-ip cidfile env-file label-file"));

    private static final Map<Character, String> SHORT =
            Map.ofEntries(
                    Map.entry('a', "attach"),
                    Map.entry('c', "cpu-shares"),
                    Map.entry('e', "env"),
                    Map.entry('h', "hostname"),
                    Map.entry('i', "interactive"),
                    Map.entry('l', "label"),
                    Map.entry('m', "memory"),
                    Map.entry('P', "publish-all"),
                    Map.entry('p', "publish"),
                    Map.entry('q', "quiet"),
                    Map.entry('t', "tty"),
                    Map.entry('u', "user"),
                    Map.entry('v', "volume"),
                    Map.entry('w', "workdir"));

    private static final Map<Character, Long> UNITS =
            Map.of('b', 1L, 'k', 1L << 10, 'm', 1L << 20, 'g', 1L << 30, 't', 1L << 40);

    private final boolean trusted;
    private final Limits limits;
    private final VolumeMounts mounts;
    private final List<String> words = new ArrayList<>();
    private final List<PublishedPort> ports = new ArrayList<>();
    private final Map<String, String> seen = new HashMap<>();

    private CreateOptions(boolean trusted, Limits limits, VolumeMounts mounts) {
        this.trusted = trusted;
        this.limits = limits;
        this.mounts = mounts;
    }

    /**
     * Words for {@code docker create}, and the ports among them.
     *
     * @throws IllegalStateException with a sentence
     */
    static CreateOptions read(String options, ContainerSettings settings, VolumeMounts mounts) {
        var read = new CreateOptions(settings.trusted(), settings.limits(), mounts);
        read.all(CommandWords.split(options));
        read.limit();
        return read;
    }

    List<String> words() {
        return words;
    }

    List<PublishedPort> ports() {
        return ports;
    }

    private static String[] words(String list) {
        return list.split(" ");
    }

    private void all(List<String> written) {
        for (int i = 0; i < written.size(); i++) {
            String word = written.get(i);
            if (word.startsWith("--") && word.length() > 2) {
                int equals = word.indexOf('=');
                String name = word.substring(2, equals < 0 ? word.length() : equals);
                if (takesValue(name, word)) {
                    boolean apart = equals < 0;
                    option(name, apart ? next(written, ++i, word) : word.substring(equals + 1));
                } else {
                    flag(name, equals < 0 ? "true" : word.substring(equals + 1));
                }
            } else if (word.startsWith("-") && word.length() > 1) {
                i = brief(written, i);
            } else {
                throw new IllegalStateException(
                        "'%s' in options is no option of docker create".formatted(word));
            }
        }
    }

    /** {@code -it}, {@code -p 80}, {@code -p80}. */
    private int brief(List<String> written, int at) {
        String word = written.get(at);
        for (int place = 1; place < word.length(); place++) {
            String name =
                    SHORT.getOrDefault(word.charAt(place), String.valueOf(word.charAt(place)));
            if (!takesValue(name, word)) {
                flag(name, "true");
            } else if (place + 1 < word.length()) {
                String rest = word.substring(place + 1);
                option(name, rest.startsWith("=") ? rest.substring(1) : rest);
                return at;
            } else {
                option(name, next(written, at + 1, word));
                return at + 1;
            }
        }
        return at;
    }

    private static String next(List<String> written, int at, String word) {
        if (at >= written.size()) {
            throw new IllegalStateException("The option %s needs a value".formatted(word));
        }
        return written.get(at);
    }

    private boolean takesValue(String name, String word) {
        if (NEVER.contains(name)) {
            throw new IllegalStateException(
                    "The option %s is not supported for containers of jobs".formatted(word));
        }
        boolean value = TRUSTED_VALUES.contains(name);
        if (value || TRUSTED_FLAGS.contains(name)) {
            if (!trusted) {
                throw new IllegalStateException(
                        ("The option %s reaches beyond the container and is not allowed here; an"
                                        + " administrator can allow it with containers ="
                                        + " \"trusted\".")
                                .formatted(word));
            }
            return value;
        }
        if (!VALUES.contains(name) && !FLAGS.contains(name)) {
            throw new IllegalStateException(
                    "'%s' in options is no option of docker create that jobs may use"
                            .formatted(word));
        }
        return VALUES.contains(name);
    }

    private void flag(String name, String value) {
        if (!name.equals("rm") && !name.equals("quiet")) {
            words.add("--" + name + "=" + value);
        }
    }

    private void option(String name, String value) {
        switch (name) {
            case "publish" -> ports.addAll(PublishedPort.parse(value));
            case "volume" -> words.addAll(mounts.words(value));
            case "mount" -> words.addAll(mounts.mount(value));
            // Names are the engine's; two jobs may want the same.
            case "name" -> words.addAll(List.of("--network-alias", value));
            case "attach", "detach-keys", "pull" -> {}
            case "cpus", "memory", "memory-swap", "pids-limit" -> seen.put(name, value);
            case "label" -> label(value);
            default -> words.addAll(List.of("--" + name, value));
        }
    }

    private void label(String value) {
        if (value.startsWith("dev.rondo.")) {
            throw new IllegalStateException(
                    "The label '%s' is Rondo's own: choose another name".formatted(value));
        }
        words.addAll(List.of("--label", value));
    }

    /** A container may have less than the limits say, never more. */
    private void limit() {
        long memory = bytes(seen.getOrDefault("memory", "0"), "--memory");
        long allowed = limits.memoryBytes();
        long most = memory <= 0 ? allowed : allowed <= 0 ? memory : Math.min(memory, allowed);
        if (most > 0) {
            words.addAll(List.of("--memory", String.valueOf(most)));
            words.addAll(List.of("--memory-swap", String.valueOf(most)));
        }
        double wanted = number(seen.getOrDefault("cpus", "0"), "--cpus");
        double cores = limits.cores();
        double cpus = wanted <= 0 ? cores : cores <= 0 ? wanted : Math.min(wanted, cores);
        if (cpus > 0) {
            words.addAll(List.of("--cpus", String.valueOf(cpus)));
        }
        double asked = number(seen.getOrDefault("pids-limit", "0"), "--pids-limit");
        long pids = limits.processes();
        long processes =
                asked <= 0 ? pids : pids <= 0 ? (long) asked : Math.min((long) asked, pids);
        if (processes > 0) {
            words.addAll(List.of("--pids-limit", String.valueOf(processes)));
        }
    }

    private static double number(String value, String option) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalStateException("'%s' is no number for %s".formatted(value, option));
        }
    }

    private static long bytes(String value, String option) {
        String plain = value.strip().toLowerCase(Locale.ROOT);
        if (plain.length() > 1
                && plain.endsWith("b")
                && !Character.isDigit(plain.charAt(plain.length() - 2))) {
            plain = plain.substring(0, plain.length() - 1);
        }
        char last = plain.isEmpty() ? '0' : plain.charAt(plain.length() - 1);
        Long unit = UNITS.get(last);
        String digits = unit == null ? plain : plain.substring(0, plain.length() - 1);
        return (long) (number(digits, option) * (unit == null ? 1 : unit));
    }
}
