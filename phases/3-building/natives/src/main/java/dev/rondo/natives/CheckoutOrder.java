package dev.rondo.natives;

import dev.rondo.actions.Value;
import dev.rondo.jobs.ActionSetting;
import dev.rondo.jobs.NativeAction.Failed;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What {@code actions/checkout} is asked for, read as the real one reads its inputs.
 *
 * @param server where the repository is fetched from, without a slash at the end
 * @param published where people reach this Rondo: no job may, but addresses of submodules name it
 * @param ours whether the server is this Rondo
 * @param ref as written or as the event says; empty where a commit is asked for, or nothing
 * @param commit a full object name, or empty
 * @param depth how many commits of history; 0 for all
 */
record CheckoutOrder(
        String repository,
        String server,
        String published,
        boolean ours,
        String ref,
        String commit,
        Path path,
        int depth) {

    static CheckoutOrder read(ActionSetting setting) throws Failed {
        Value github = setting.github();
        String own = github.at("repository").text();
        String repository = setting.input("repository", own);
        if (!repository.matches("[^/]+/[^/]+")) {
            throw new Failed(
                    "Invalid repository '%s'. Expected format {owner}/{repo}."
                            .formatted(repository));
        }
        String published = bare(github.at("server_url").text());
        String server = bare(setting.input("github-server-url", setting.server()));
        boolean ours =
                server.equalsIgnoreCase(setting.server()) || server.equalsIgnoreCase(published);
        server = ours ? setting.server() : server;
        String ref = setting.input("ref", "");
        String commit = "";
        if (ref.isEmpty() && ours && repository.equalsIgnoreCase(own)) {
            commit = github.at("sha").text();
            ref = github.at("ref").text();
            ref = ref.isEmpty() || ref.startsWith("refs/") ? ref : "refs/heads/" + ref;
        } else if (ref.matches("[0-9a-fA-F]{40}|[0-9a-fA-F]{64}")) {
            commit = ref.toLowerCase(Locale.ROOT);
            ref = "";
        }
        return new CheckoutOrder(
                repository, server, published, ours, ref, commit, path(setting), depth(setting));
    }

    private static String bare(String url) {
        return url.replaceFirst("/+$", "");
    }

    private static Path path(ActionSetting setting) throws Failed {
        Path work = setting.workspace();
        Path path = work.resolve(setting.input("path", ".")).normalize();
        if (!path.startsWith(work)) {
            throw new Failed(
                    "Repository path '%s' is not under '%s'".formatted(path, setting.workspace()));
        }
        return path;
    }

    /** What is no number, or is below 0, means all. */
    private static int depth(ActionSetting setting) {
        try {
            double depth = Double.parseDouble(setting.input("fetch-depth", "1"));
            return depth < 0 || Double.isNaN(depth) ? 0 : (int) depth;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    CheckoutOrder with(String newRef, String newCommit) {
        return new CheckoutOrder(
                repository, server, published, ours, newRef, newCommit, path, depth);
    }

    /** Where git finds it. */
    String url() {
        return server + "/" + repository;
    }

    /** What is said to have been checked out. */
    String what() {
        return ref.isEmpty() ? commit : ref;
    }
}
