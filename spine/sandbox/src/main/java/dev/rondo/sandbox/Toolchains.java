package dev.rondo.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The part of the server's system that programs see, read-only: the distribution's own folders,
 * what /etc must hold for name look-up and certificates, and tools that live elsewhere on the PATH
 * (a Node of nvm in somebody's home, a JDK of SDKMAN): of those the tool's own folder only.
 */
final class Toolchains {

    private static final List<String> SYSTEM =
            List.of("/usr", "/opt", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");

    /** No /etc/ssl/private, no passwd, no git configuration: those may hold secrets. */
    private static final List<String> SETTINGS =
            List.of(
                    "/etc/alternatives",
                    "/etc/ca-certificates",
                    "/etc/ca-certificates.conf",
                    "/etc/chromium",
                    "/etc/chromium.d",
                    "/etc/crypto-policies",
                    "/etc/debian_version",
                    "/etc/fonts",
                    "/etc/java",
                    "/etc/java-17-openjdk",
                    "/etc/java-21-openjdk",
                    "/etc/java-25-openjdk",
                    "/etc/ld.so.cache",
                    "/etc/ld.so.conf",
                    "/etc/ld.so.conf.d",
                    "/etc/localtime",
                    "/etc/magic",
                    "/etc/maven",
                    "/etc/mime.types",
                    "/etc/os-release",
                    "/etc/pki/ca-trust",
                    "/etc/pki/java",
                    "/etc/pki/tls/certs",
                    "/etc/protocols",
                    "/etc/python3",
                    "/etc/services",
                    "/etc/ssl/certs",
                    "/etc/ssl/openssl.cnf",
                    "/etc/timezone");

    private static final List<String> TOOLS =
            List.of(
                    "node", "npm", "java", "javac", "git", "mvn", "gradle", "python3", "go",
                    "cargo", "ruby", "php", "dotnet", "docker", "make", "gcc");

    private final String path;

    Toolchains(String path) {
        this.path = path;
    }

    /** bubblewrap's options for all of it. */
    List<String> options() {
        var options = new ArrayList<String>();
        for (var folder : SYSTEM) {
            var dir = Path.of(folder);
            try {
                if (Files.isSymbolicLink(dir)) {
                    options.addAll(
                            List.of("--symlink", Files.readSymbolicLink(dir).toString(), folder));
                } else if (Files.isDirectory(dir)) {
                    options.addAll(List.of("--ro-bind", folder, folder));
                }
            } catch (IOException e) {
                throw new SandboxFailure(
                        SandboxFailure.Category.IO, "cannot read the link " + folder, e);
            }
        }
        for (var setting : SETTINGS) {
            options.addAll(List.of("--ro-bind-try", setting, setting));
        }
        for (var folder : elsewhere()) {
            options.addAll(List.of("--ro-bind", folder.toString(), folder.toString()));
        }
        return options;
    }

    /** The server's PATH without what programs cannot see. */
    String path() {
        var seen = new LinkedHashSet<String>();
        var elsewhere = elsewhere();
        for (var entry : path.split(":")) {
            if (!entry.isBlank()
                    && (inSystem(Path.of(entry))
                            || elsewhere.stream().anyMatch(Path.of(entry)::startsWith))) {
                seen.add(entry);
            }
        }
        seen.addAll(List.of("/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"));
        return String.join(":", seen);
    }

    private Set<Path> elsewhere() {
        var folders = new LinkedHashSet<Path>();
        for (var entry : path.split(":")) {
            for (var tool : TOOLS) {
                var file = Path.of(entry.isBlank() ? "/nowhere" : entry, tool);
                if (Files.isExecutable(file)) {
                    addHome(folders, file);
                }
            }
        }
        return folders;
    }

    /**
     * …/node-v20/bin/npm → …/node-v20, ~/.pyenv/shims/python3 → ~/.pyenv, where the versions are;
     * of a loose binary the file's folder, never a home.
     */
    private static void addHome(Set<Path> folders, Path tool) {
        try {
            for (var file : List.of(tool.toAbsolutePath(), tool.toRealPath())) {
                var folder = file.getParent();
                if (folder == null || inSystem(file)) {
                    continue;
                }
                var home = folder.getParent();
                boolean own =
                        home != null
                                && (folder.endsWith("bin")
                                                && home.getNameCount() > 2
                                                && !home.endsWith(".local")
                                        || shims(folder, home));
                folders.add(own ? home : folder);
            }
        } catch (IOException e) {
            // A link that leads nowhere: no tool.
        }
    }

    /** Programs that look for the real one among the versions beside them. */
    private static boolean shims(Path folder, Path home) {
        return folder.endsWith("shims")
                && home.getNameCount() > 1
                && !Files.exists(home.resolve(".bashrc"))
                && (Files.isDirectory(home.resolve("versions"))
                        || Files.isDirectory(home.resolve("installs")));
    }

    private static boolean inSystem(Path file) {
        return SYSTEM.stream().anyMatch(file::startsWith);
    }
}
