package dev.rondo.natives;

import dev.rondo.git.GitFailure;
import dev.rondo.git.GitRepository;
import dev.rondo.jobs.ActionSetting;
import dev.rondo.jobs.NativeAction;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code actions/checkout}: the server lends copies of what is asked for, and the job's own git
 * fetches from them as from any server.
 */
final class Checkout implements NativeAction {
    private final Shelf shelf;

    Checkout(Shelf shelf) {
        this.shelf = shelf;
    }

    @Override
    public void run(ActionSetting setting) throws Failed, InterruptedException {
        for (String input : List.of("ssh-key", "ssh-known-hosts")) {
            if (!setting.input(input, "").isEmpty()) {
                throw new Failed(
                        "Input '%s' is not supported: repositories are fetched with the job's token"
                                .formatted(input));
            }
        }
        CheckoutOrder order = CheckoutOrder.read(setting);
        Optional<GitRepository> repository =
                order.ours() ? Optional.of(find(order)) : Optional.empty();
        if (repository.isPresent()) {
            order = resolved(order, repository.get());
        }
        Path folder =
                setting.folders().steps().resolve("lent").resolve(UUID.randomUUID().toString());
        String lent = repository.isPresent() ? lend(setting, order, repository.get(), folder) : "";
        Map<String, String> values = values(setting, order);
        values.put("lent", lent);
        List<String> answer = Inside.ask(setting, "checkout.sh", values);
        if (answer.size() >= 2 && answer.getFirst().equals("done")) {
            String ref = order.what().isEmpty() ? answer.getLast() : order.what();
            setting.output("ref", ref);
            setting.output("commit", answer.get(1));
        } else if (answer.equals(List.of("download")) && repository.isPresent()) {
            copy(setting, order, repository.get(), folder.resolve("tree"));
        } else {
            throw new Failed(
                    answer.isEmpty() ? "The checkout did not come to its end" : answer.getFirst());
        }
    }

    private GitRepository find(CheckoutOrder order) throws Failed {
        return shelf.find(order.repository())
                .orElseThrow(() ->
                        new Failed(
                                ("Repository not found: there is no repository '%s' here that this job may"
                                                + " read")
                                        .formatted(order.repository())));
    }

    /** With the commit that is meant by now, so that it is said before anything is done. */
    private static CheckoutOrder resolved(CheckoutOrder order, GitRepository repository)
            throws Failed {
        if (!order.commit().isEmpty()) {
            if (repository.peeled(order.commit()).isEmpty()) {
                throw new Failed(
                        "The commit %s is not in the repository '%s'"
                                .formatted(order.commit(), order.repository()));
            }
            return order;
        }
        if (order.ref().isEmpty()) {
            if (repository.isEmpty()) {
                throw new Failed("The repository '%s' is empty".formatted(order.repository()));
            }
            return order.with("refs/heads/" + repository.defaultBranch(), "");
        }
        List<String> names =
                order.ref().toUpperCase(Locale.ROOT).startsWith("REFS/")
                        ? List.of(order.ref())
                        : List.of("refs/heads/" + order.ref(), "refs/tags/" + order.ref());
        for (String name : names) {
            if (repository.refTarget(name).isPresent()) {
                return order.with(name, "");
            }
        }
        throw new Failed(
                "A branch or tag with the name '%s' could not be found".formatted(order.ref()));
    }

    private String lend(
            ActionSetting setting, CheckoutOrder order, GitRepository repository, Path folder)
            throws Failed {
        String owner = setting.github().at("repository_owner").text();
        var lending = new Lending(shelf, order, owner, folder);
        String submodules = submodules(setting);
        try {
            lending.repository(repository, setting.isTrue("fetch-tags", false));
            if (!submodules.isEmpty()) {
                lending.submodules(
                        repository, commit(order, repository), submodules.equals("recursive"));
            }
        } catch (GitFailure e) {
            throw new Failed("The repository cannot be fetched: " + e.getMessage());
        }
        return lending.lines();
    }

    private static String commit(CheckoutOrder order, GitRepository repository) {
        return order.commit().isEmpty()
                ? repository.resolve(order.ref()).orElseThrow()
                : order.commit();
    }

    private static String submodules(ActionSetting setting) {
        String written = setting.input("submodules", "").toLowerCase(Locale.ROOT);
        return List.of("true", "recursive").contains(written) ? written : "";
    }

    private static Map<String, String> values(ActionSetting setting, CheckoutOrder order) {
        String token = setting.input("token", setting.github().at("token").text());
        String credential =
                token.isEmpty()
                        ? ""
                        : Base64.getEncoder()
                                .encodeToString(
                                        ("x-access-token:" + token)
                                                .getBytes(StandardCharsets.UTF_8));
        if (!credential.isEmpty()) {
            setting.mask(credential);
        }
        String sparse = setting.input("sparse-checkout", "").replaceAll("[ \t]*\n\\s*", "\n");
        setting.keep("path", order.path().toString());
        setting.keep("header", header(order));
        var values = new LinkedHashMap<String, String>();
        values.put("repository", order.repository());
        values.put("url", order.url());
        values.put("path", order.path().toString());
        values.put("ref", order.ref());
        values.put("commit", order.commit());
        values.put("depth", String.valueOf(order.depth()));
        values.put("tags", word(setting, "fetch-tags", false));
        values.put("progress", setting.input("show-progress", "").equals("true") ? "true" : "");
        values.put("clean", word(setting, "clean", true));
        values.put("sparse", sparse);
        values.put("cone", word(setting, "sparse-checkout-cone-mode", true));
        values.put("filter", setting.input("filter", sparse.isEmpty() ? "" : "blob:none"));
        values.put("lfs", word(setting, "lfs", false));
        values.put("submodules", submodules(setting));
        values.put("persist", word(setting, "persist-credentials", true));
        values.put("safe", word(setting, "set-safe-directory", true));
        values.put("header", header(order));
        values.put("credential", credential);
        return values;
    }

    private static String word(ActionSetting setting, String input, boolean otherwise) {
        return String.valueOf(setting.isTrue(input, otherwise));
    }

    /** The setting of git that sends the token to this server and to no other. */
    private static String header(CheckoutOrder order) {
        URI server = URI.create(order.server());
        return "http.%s://%s/.extraheader".formatted(server.getScheme(), server.getAuthority());
    }

    private static void copy(
            ActionSetting setting, CheckoutOrder order, GitRepository repository, Path tree)
            throws Failed, InterruptedException {
        String commit = commit(order, repository);
        repository.workTrees().export(commit, tree);
        var values = Map.of("tree", tree.toString(), "path", order.path().toString());
        for (String problem : Inside.ask(setting, "checkout-copy.sh", values)) {
            throw new Failed(problem);
        }
        setting.output("ref", order.what());
        setting.output("commit", commit);
    }

    @Override
    public boolean hasPost() {
        return true;
    }

    @Override
    public void post(ActionSetting setting) throws Failed, InterruptedException {
        if (!setting.kept("path").isEmpty()) {
            var values = Map.of("path", setting.kept("path"), "header", setting.kept("header"));
            Inside.ask(setting, "checkout-post.sh", values);
        }
    }
}
