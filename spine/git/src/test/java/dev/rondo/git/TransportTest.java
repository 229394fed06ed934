package dev.rondo.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.kits.machine.Shell;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real git client against the server that {@code rondo git serve} starts. */
class TransportTest {

    @TempDir Path temp;
    Repositories repositories;
    GitServe server;
    Shell client;
    GitRepository shop;

    @BeforeEach
    void serve() throws Exception {
        start(GitSettings.in(temp.resolve("home")).withMaxPushBytes(3 << 20), "/git", "");
    }

    private void start(GitSettings settings, String prefix, String user) throws Exception {
        repositories = new Repositories(temp.resolve("repositories"), settings);
        server = new GitServe(repositories, new InetSocketAddress("127.0.0.1", 0), prefix, user);
        shop = repositories.create("shop", "main");
        client = new Shell(temp.resolve("client"));
    }

    @AfterEach
    void stop() {
        server.close();
        repositories.close();
    }

    private String url(String repository) {
        return "http://127.0.0.1:" + server.port() + "/git/" + repository;
    }

    private Shell cloned() {
        client.git("clone", "--quiet", url("shop.git"), "work");
        return client.in("work");
    }

    @Test
    void whatIsPushedIsFetchedByOthers() {
        Shell work = cloned();
        String first = work.commit("README.md", "# Shop\n", "Begin");
        work.git("push", "--quiet", "origin", "main");

        client.git("clone", "--quiet", url("shop"), "other");
        Shell other = client.in("other");
        assertThat(other.head()).isEqualTo(first);
        String second = other.commit("a/b.txt", "b\n", "Add b");
        other.git("push", "--quiet");

        work.git("pull", "--quiet");
        assertThat(work.head()).isEqualTo(second);
        assertThat(work.read("a/b.txt")).isEqualTo("b\n");
        assertThat(shop.resolve("main")).contains(second);
    }

    @Test
    void protocolsZeroOneAndTwoAreSpoken() {
        Shell work = cloned();
        work.commit("a", "a\n", "A");
        work.git("push", "--quiet", "origin", "main");
        for (String version : new String[] {"0", "1", "2"}) {
            work.git("-c", "protocol.version=" + version, "ls-remote", "origin");
            client.git(
                    "-c", "protocol.version=" + version, "clone", "-q", url("shop"), "v" + version);
        }
        Process traced = client.startGit("-c", "protocol.version=2", "ls-remote", url("shop"));
        assertThat(Shell.finish(traced).succeeds().text()).contains("refs/heads/main");
    }

    @Test
    void shallowClonesAreCutOffAndDeepened() {
        Shell work = cloned();
        for (int i = 0; i < 5; i++) {
            work.commit("f" + i, "x\n", "Commit " + i);
        }
        work.git("push", "--quiet", "origin", "main");
        client.git("clone", "--quiet", "--depth=2", url("shop"), "shallow");
        Shell shallow = client.in("shallow");
        assertThat(shallow.git("rev-list", "--count", "HEAD").strip()).isEqualTo("2");
        shallow.git("fetch", "--quiet", "--unshallow");
        assertThat(shallow.git("rev-list", "--count", "HEAD").strip()).isEqualTo("5");
        shallow.commit("more", "y\n", "From a clone that was shallow");
        shallow.git("push", "--quiet", "origin", "main");
    }

    @Test
    void pushFromAShallowCloneIsTaken() {
        Shell work = cloned();
        for (int i = 0; i < 3; i++) {
            work.commit("f" + i, "x\n", "Commit " + i);
        }
        work.git("push", "--quiet", "origin", "main");
        client.git("clone", "--quiet", "--depth=1", url("shop"), "shallow");
        Shell shallow = client.in("shallow");
        String tip = shallow.commit("more", "y\n", "On top");
        shallow.git("push", "--quiet", "origin", "main");
        assertThat(shop.resolve("main")).contains(tip);
    }

    @Test
    void partialCloneFetchesBlobsWhenTheyAreNeeded() {
        Shell work = cloned();
        work.commit("old.txt", "old content\n", "Old");
        work.git("rm", "--quiet", "old.txt");
        work.commit("new.txt", "new content\n", "New");
        work.git("push", "--quiet", "origin", "main");
        client.git("clone", "--quiet", "--filter=blob:none", url("shop"), "partial");
        Shell partial = client.in("partial");
        assertThat(partial.git("rev-list", "--objects", "--missing=print", "HEAD")).contains("?");
        assertThat(partial.git("show", "HEAD~1:old.txt")).isEqualTo("old content\n");
    }

    @Test
    void branchesAreForcedAndDeleted() {
        Shell work = cloned();
        String first = work.commit("a", "1\n", "One");
        work.git("push", "--quiet", "origin", "main", "main:feature");
        work.git("commit", "--quiet", "--amend", "--message", "Other");
        assertThat(work.tryGit("push", "origin", "main:feature").text())
                .contains("non-fast-forward");
        work.git("push", "--quiet", "--force", "origin", "main:feature");
        assertThat(shop.resolve("feature")).contains(work.head()).isNotEqualTo(first);
        work.git("push", "--quiet", "origin", ":feature");
        assertThat(shop.resolve("feature")).isEmpty();
    }

    @Test
    void tooLargeAPushIsRefusedInOneClearLine() {
        Shell work = cloned();
        work.commit("big.bin", noise(5 << 20), "Too big");
        var push = work.tryGit("push", "origin", "main");
        assertThat(push.code()).isNotZero();
        assertThat(push.text())
                .contains("the push is larger than 3 MiB, which is the limit here")
                .doesNotContain("RPC failed");
        assertThat(shop.resolve("main")).isEmpty();
        assertThat(shop.folder().resolve("objects").toFile().list())
                .noneMatch(name -> name.contains("incoming"));
    }

    @Test
    void largePushWithinTheLimitStreamsThrough() {
        Shell work = cloned();
        work.commit("big.bin", noise(2 << 20), "Fits");
        work.git("push", "--quiet", "origin", "main");
        assertThat(shop.resolve("main")).contains(work.head());
    }

    private static String noise(int bytes) {
        var random = new Random(7);
        var text = new StringBuilder(bytes);
        for (int i = 0; i < bytes; i++) {
            text.append((char) ('!' + random.nextInt(90)));
        }
        return text.toString();
    }

    @Test
    void concurrentPushesToManyBranchesAllArrive() {
        Shell work = cloned();
        work.commit("a", "a\n", "Base");
        work.git("push", "--quiet", "origin", "main");
        var running = new ArrayList<Process>();
        for (int i = 0; i < 8; i++) {
            client.git("clone", "--quiet", url("shop"), "c" + i);
            client.in("c" + i).commit("f" + i, "x\n", "Branch " + i);
        }
        for (int i = 0; i < 8; i++) {
            running.add(client.in("c" + i).startGit("push", "origin", "HEAD:refs/heads/b" + i));
        }
        running.forEach(process -> Shell.finish(process).succeeds());
        assertThat(shop.branches()).hasSize(9);
    }

    @Test
    void ofConcurrentPushesToOneBranchExactlyOneWins() {
        Shell work = cloned();
        work.commit("a", "a\n", "Base");
        work.git("push", "--quiet", "origin", "main");
        var running = new ArrayList<Process>();
        for (int i = 0; i < 4; i++) {
            client.git("clone", "--quiet", url("shop"), "c" + i);
            client.in("c" + i).commit("f" + i, "x\n", "Race " + i);
        }
        for (int i = 0; i < 4; i++) {
            running.add(client.in("c" + i).startGit("push", "origin", "main"));
        }
        long winners =
                running.stream().map(Shell::finish).filter(result -> result.code() == 0).count();
        assertThat(winners).isEqualTo(1);
    }

    @Test
    void badObjectsAreRefused() throws Exception {
        Shell work = cloned();
        work.commit("a", "a\n", "Base");
        String blob = work.git("hash-object", "-w", "a").strip();
        Files.writeString(work.folder().resolve("entries"), "100644 blob " + blob + "\t.git\n");
        Process mktree =
                new ProcessBuilder("git", "mktree")
                        .directory(work.folder().toFile())
                        .redirectInput(work.folder().resolve("entries").toFile())
                        .start();
        String tree = Shell.finish(mktree).succeeds().text().strip();
        String evil = work.git("commit-tree", "-m", "Evil", tree).strip();
        var push = work.tryGit("push", "origin", evil + ":refs/heads/evil");
        assertThat(push.code()).isNotZero();
        assertThat(push.text()).contains("hasDotgit");
        assertThat(shop.resolve("evil")).isEmpty();
    }

    @Test
    void wrongPasswordIsRefused() throws Exception {
        server.close();
        start(GitSettings.in(temp.resolve("home")), "/git", "maria:secret");
        String base = "127.0.0.1:" + server.port() + "/git/shop.git";
        assertThat(client.tryGit("ls-remote", "http://" + base).code()).isNotZero();
        var wrong = client.tryGit("ls-remote", "http://maria:wrong@" + base);
        assertThat(wrong.text()).contains("Authentication failed");
        client.git("clone", "--quiet", "http://maria:secret@" + base, "work");
        Shell work = client.in("work");
        work.commit("a", noise(1 << 20) + noise(1 << 20), "A push in chunks");
        work.git("push", "--quiet", "origin", "main");
    }

    @Test
    void namesCannotLeadOutOfTheFolder() throws Exception {
        new Shell(temp).git("init", "--quiet", "--bare", "outside.git");
        Files.createSymbolicLink(
                temp.resolve("repositories/link.git"), temp.resolve("outside.git"));
        for (String name :
                new String[] {
                    "../outside.git",
                    "%2e%2e/outside.git",
                    "..%2foutside.git",
                    "shop.git/../../outside.git",
                    "link.git",
                    "link",
                    "",
                    ".",
                    "shop.git/objects"
                }) {
            assertThat(client.tryGit("ls-remote", url(name)).code()).as(name).isNotZero();
        }
        assertThat(repositories.find("../outside")).isEmpty();
        assertThat(repositories.find("link")).isEmpty();
    }

    @Test
    void repositoriesMayLieInFolders() {
        repositories.create("team/sub/tool", "main");
        client.git("clone", "--quiet", url("team/sub/tool"), "tool");
        Shell tool = client.in("tool");
        tool.commit("a", "a\n", "A");
        tool.git("push", "--quiet", "origin", "main");
        assertThat(repositories.find("team/sub/tool").orElseThrow().resolve("main")).isPresent();
    }

    @Test
    void aKilledClientLeavesNothingBehind() throws Exception {
        Shell work = cloned();
        work.commit("big.bin", noise(2 << 20), "Big");
        Process push = work.startGit("-c", "http.postBuffer=65536", "push", "origin", "main");
        push.descendants().forEach(ProcessHandle::destroyForcibly);
        push.destroyForcibly().waitFor();
        org.awaitility.Awaitility.await()
                .untilAsserted(() ->
                        assertThat(shop.folder().resolve("objects").toFile().list())
                                .noneMatch(name -> name.contains("incoming")));
        work.git("push", "--quiet", "origin", "main");
    }

    @Test
    void manyRefsAndALongNegotiationAreServed() throws Exception {
        var history = new StringBuilder();
        for (int i = 1; i <= 1500; i++) {
            history.append("commit refs/heads/b%d\nmark :%d\n".formatted(i, i))
                    .append("committer M <m@x> %d +0000\ndata 2\nx\n".formatted(1_700_000_000 + i))
                    .append("M 100644 inline f\ndata %d\n%d\n".formatted((i + "").length(), i));
        }
        Path stream = temp.resolve("stream");
        Files.writeString(stream, history);
        var load =
                new ProcessBuilder("git", "fast-import", "--quiet")
                        .directory(shop.folder().toFile())
                        .redirectInput(stream.toFile())
                        .start();
        Shell.finish(load).succeeds();
        for (String version : new String[] {"0", "2"}) {
            client.git(
                    "-c",
                    "protocol.version=" + version,
                    "clone",
                    "--quiet",
                    "--mirror",
                    url("shop"),
                    "mirror" + version);
            assertThat(client.in("mirror" + version).git("branch", "--list").lines()).hasSize(1500);
        }
        try (var spooled = Files.list(temp.resolve("home/spool"))) {
            assertThat(spooled).isEmpty();
        }
    }

    @Test
    void tidyingKeepsEverythingReachable() {
        Shell work = cloned();
        for (int i = 0; i < 4; i++) {
            work.commit("f" + i, "x\n", "Commit " + i);
            work.git("push", "--quiet", "origin", "main");
        }
        assertThat(shop.history(work.head(), "", 10).commits()).hasSize(4);
        new Tidying(new NativeGit(GitSettings.in(temp.resolve("home")))).tidy(shop.folder());
        assertThat(shop.history(work.head(), "", 10).commits()).hasSize(4);
        assertThat(shop.folder().resolve("objects/pack").toFile().list())
                .anyMatch(name -> name.endsWith(".bitmap"));
        client.git("clone", "--quiet", url("shop"), "again");
    }

    @Test
    void pushThatBringsMuchIsRepackedForClonesWithoutWaitingForMore() {
        Shell work = cloned();
        var noise = new Random(7);
        for (int file = 0; file < 50; file++) {
            var text = new StringBuilder();
            for (int line = 0; line < 4_000; line++) {
                text.append(Long.toHexString(noise.nextLong())).append('\n');
            }
            work.commit("noise" + file, text.toString(), "Add noise " + file);
        }
        work.git("push", "--quiet", "origin", "main");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> {
                    var packs = shop.folder().resolve("objects/pack").toFile().list();
                    return packs != null
                            && Stream.of(packs).anyMatch(name -> name.endsWith(".bitmap"));
                });
        client.git("clone", "--quiet", url("shop"), "again");
        assertThat(client.in("again").head()).isEqualTo(work.head());
    }
}
