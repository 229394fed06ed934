package dev.rondo.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class CheckoutTest {
    private static JobBench bench;
    private static String first;
    private static String second;

    @BeforeAll
    static void start() {
        bench = new JobBench();
        first = bench.push("shop", "main", Map.of("a.txt", "one\n", "lib/b/c.txt", "c\n"));
        JobBench.git(bench.work("shop"), "tag", "-a", "v1", "-m", "One");
        JobBench.git(bench.work("shop"), "push", "-q", "origin", "v1");
        bench.push("shop", "side", Map.of("side.txt", "side\n"));
        JobBench.git(bench.work("shop"), "checkout", "-q", first);
        second = bench.push("shop", "main", Map.of("a.txt", "two\n"));
        bench.push("other", "main", Map.of("other.txt", "other\n"));
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    private static JobBench.Played good(String steps) {
        JobBench.Played played = bench.steps(steps);
        assertThat(played.end().outcome()).as(played.text()).isEqualTo("success");
        return played;
    }

    private static JobBench.Played bad(String steps) {
        JobBench.Played played = bench.steps(steps);
        assertThat(played.end().outcome()).as(played.text()).isEqualTo("failure");
        return played;
    }

    @Test
    void eventsCommitIsCheckedOutOnItsBranchWithoutHistory() {
        var played =
                good(
                        """
                        - uses: actions/checkout@v4
                          id: code
                        - run: |
                            cat a.txt
                            echo "on $(git rev-parse --abbrev-ref HEAD) $(git rev-list --count HEAD) of $(git tag | wc -l)"
                            echo "out ${{ steps.code.outputs.ref }} ${{ steps.code.outputs.commit }}"
                            git status --porcelain
                            git remote get-url origin
                        """);
        assertThat(played.log())
                .contains("two", "on main 1 of 0", "out refs/heads/main " + second)
                .contains("http://127.0.0.1:1/rondo/shop");
    }

    @Test
    void wholeHistoryHasAllBranchesAndTags() {
        var played =
                good(
                        """
                        - uses: actions/checkout@v4
                          with: {fetch-depth: 0}
                        - run: |
                            echo "$(git rev-list --count HEAD) commits"
                            git branch -r
                            git tag
                        """);
        assertThat(played.log()).contains("2 commits", "  origin/side", "  origin/main", "v1");
    }

    @Test
    void shallowHistoryMayHaveTags() {
        var played =
                good(
                        """
                        - uses: actions/checkout@v4
                          with: {fetch-tags: true}
                        - run: git tag; git rev-list --count HEAD
                        """);
        assertThat(played.log()).contains("v1", "1");
    }

    @Test
    void branchTagCommitAndFullNameCanBeAskedFor() {
        for (var ref :
                Map.of("side", "side", "v1", "HEAD", first, "HEAD", "refs/heads/side", "side")
                        .entrySet()) {
            var played =
                    good(
                            """
                            - uses: actions/checkout@v4
                              id: code
                              with: {ref: '%s'}
                            - run: |
                                echo "at $(git rev-parse --abbrev-ref HEAD)"
                                cat a.txt
                                echo "ref ${{ steps.code.outputs.ref }}"
                            """
                                    .formatted(ref.getKey()));
            assertThat(played.log()).contains("at " + ref.getValue(), "one");
        }
    }

    @Test
    void unknownRefsRepositoriesAndPathsAreSaid() {
        assertThat(bad("- uses: actions/checkout@v4\n  with: {ref: nowhere}").log())
                .contains("##[error]A branch or tag with the name 'nowhere' could not be found");
        assertThat(bad("- uses: actions/checkout@v4\n  with: {repository: x/y}").text())
                .contains("there is no repository 'x/y' here");
        assertThat(bad("- uses: actions/checkout@v4\n  with: {repository: shop}").log())
                .contains("##[error]Invalid repository 'shop'. Expected format {owner}/{repo}.");
        assertThat(bad("- uses: actions/checkout@v4\n  with: {path: ../../x}").text())
                .contains("##[error]Repository path '")
                .contains("' is not under '");
        assertThat(bad("- uses: actions/checkout@v4\n  with: {ssh-key: x}").text())
                .contains("Input 'ssh-key' is not supported");
    }

    @Test
    void otherRepositoryStandsBesideTheOwn() {
        var played =
                good(
                        """
                        - uses: actions/checkout@v4
                        - uses: actions/checkout@v4
                          with: {repository: rondo/other, path: deep/er}
                        - run: cat a.txt deep/er/other.txt; git -C deep/er branch
                        """);
        assertThat(played.log()).contains("two", "other", "* main");
    }

    @Test
    void secondCheckoutCleansUnlessToldOtherwise() {
        var played =
                good(
                        """
                        - uses: actions/checkout@v4
                        - run: touch left.txt; echo changed > a.txt; git branch mine
                        - uses: actions/checkout@v4
                          with: {clean: false}
                        - run: ls left.txt; cat a.txt
                        - uses: actions/checkout@v4
                        - run: ls; git branch
                        """);
        assertThat(played.text().split("left.txt\n", -1).length).isGreaterThan(1);
        assertThat(played.log().subList(played.log().lastIndexOf("a.txt"), played.log().size()))
                .contains("lib", "* main")
                .doesNotContain("left.txt", "  mine");
    }

    @Test
    void whatIsInTheWayGoesAndNothingBehindLinksIsTouched() throws IOException {
        Path outside = JobBench.temporary();
        Files.writeString(outside.resolve("kept"), "kept");
        good(
                """
                - run: |
                    touch junk; ln -s %s link; ln -s ../temp sub
                    mkdir ../temp/inner; touch ../temp/inner/file
                - uses: actions/checkout@v4
                - run: test ! -e junk; test ! -L link; test -f ../temp/inner/file
                """
                        .formatted(outside));
        assertThat(outside.resolve("kept")).exists();
        Files.delete(outside.resolve("kept"));
        Files.delete(outside);
    }

    @Test
    void hostileRepositoryInTheWorkspaceRunsNothingOnTheServer() throws IOException {
        Path trap = Files.createTempFile("rondo-trap", ".txt");
        Files.delete(trap);
        good(
                """
                - uses: actions/checkout@v4
                - run: |
                    printf '#!/bin/sh\\ntouch %s\\n' > ../temp/trap; chmod +x ../temp/trap
                    git config core.fsmonitor "$PWD/../temp/trap"
                    git config core.hooksPath "$PWD/../temp"
                - uses: actions/checkout@v4
                """
                        .formatted(trap));
        assertThat(trap).doesNotExist();
    }

    @Test
    void sparseCheckoutHasOnlyWhatIsAskedFor() {
        var played =
                good(
                        """
                        - uses: actions/checkout@v4
                          with: {sparse-checkout: lib/b}
                        - run: find . -name '*.txt'; git config remote.origin.partialclonefilter
                        - uses: actions/checkout@v4
                          with:
                            path: plain
                            sparse-checkout: |
                              /lib/**
                            sparse-checkout-cone-mode: false
                        - run: find plain -name '*.txt'
                        """);
        assertThat(played.log())
                .contains("./a.txt", "./lib/b/c.txt", "blob:none", "plain/lib/b/c.txt")
                .doesNotContain("plain/a.txt");
    }

    @Test
    void tokenIsKeptForLaterStepsAndRemovedBehindTheLast() {
        bench.token = "secret-token";
        try {
            var played =
                    good(
                            """
                            - uses: actions/checkout@v4
                            - run: git config --get http.http://127.0.0.1:1/.extraheader | wc -c
                            - uses: actions/checkout@v4
                              with: {persist-credentials: false, path: b}
                            - run: git -C b config --get http.http://127.0.0.1:1/.extraheader || echo none
                            """);
            assertThat(played.log()).contains("58", "none");
            assertThat(played.text())
                    .doesNotContain("secret-token")
                    .contains("config --local --unset-all http.http://127.0.0.1:1/.extraheader");
        } finally {
            bench.token = "";
        }
    }

    @Test
    void submodulesComeFromThisServerByRelativeAddress() throws IOException {
        String inner = bench.push("inner", "main", Map.of("inner.txt", "inner\n"));
        nest("lib", "inner", inner);
        String lib = bench.push("lib", "main", Map.of("lib.txt", "lib\n"));
        Path work = bench.work("modular");
        Files.writeString(
                work.resolve(".gitmodules"),
                "[submodule \"lib\"]\n\tpath = vendor/lib\n\turl = ../lib.git\n");
        JobBench.git(work, "update-index", "--add", "--cacheinfo", "160000," + lib + ",vendor/lib");
        Files.createDirectories(work.resolve("vendor/lib"));
        JobBench.git(work, "add", ".gitmodules");
        JobBench.git(work, "commit", "-q", "-m", "Modules");
        JobBench.git(work, "push", "-q", "origin", "HEAD:refs/heads/main");
        var played =
                good(
                        """
                        - uses: actions/checkout@v4
                          with: {repository: rondo/modular, submodules: recursive, path: m}
                        - run: cat m/vendor/lib/lib.txt m/vendor/lib/inner/inner.txt
                        - uses: actions/checkout@v4
                          with: {repository: rondo/modular, submodules: true, path: n, fetch-depth: 0}
                        - run: ls n/vendor/lib/inner | wc -l
                        """);
        assertThat(played.log()).contains("lib", "inner", "0");
    }

    private static void nest(String project, String inner, String commit) throws IOException {
        Path work = bench.work(project);
        Files.writeString(
                work.resolve(".gitmodules"),
                "[submodule \"%s\"]\n\tpath = %s\n\turl = ../%s.git\n"
                        .formatted(inner, inner, inner));
        Files.createDirectories(work.resolve(inner));
        JobBench.git(
                work, "update-index", "--add", "--cacheinfo", "160000," + commit + "," + inner);
        JobBench.git(work, "add", ".gitmodules");
        JobBench.git(work, "commit", "-q", "-m", "Modules");
    }

    @Test
    void lackOfGitOrOfGitLfsIsSaidOrGotAround() {
        var played =
                good(
                        """
                        - run: |
                            mkdir ../temp/bin
                            for one in env bash mkdir rm find chmod cp cat ls; do
                              ln -s $(command -v $one) ../temp/bin/
                            done
                        - uses: actions/checkout@v4
                          env: {PATH: '${{ runner.temp }}/bin'}
                        - run: cat a.txt; ls -d .git || echo no repository
                        """);
        assertThat(played.log()).contains("two", "no repository");
        assertThat(bad("- uses: actions/checkout@v4\n  with: {lfs: true}").text())
                .contains("Unable to locate executable file: git-lfs.");
    }
}
