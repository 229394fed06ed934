package dev.rondo.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.git.ChangedPath.Change;
import dev.rondo.git.GitFailure.Category;
import dev.rondo.kits.machine.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitRepositoryTest {

    @TempDir Path temp;
    Repositories repositories;
    GitRepository shop;
    Shell work;

    @BeforeEach
    void create() {
        repositories =
                new Repositories(
                        temp.resolve("repositories"), GitSettings.in(temp.resolve("home")));
        shop = repositories.create("shop", "trunk");
        work = new Shell(temp.resolve("work"));
        work.git("init", "--quiet", "--initial-branch=trunk");
        work.git("remote", "add", "origin", shop.folder().toString());
    }

    @AfterEach
    void close() {
        repositories.close();
    }

    private String commitAndPush(String file, String content, String message) {
        String id = work.commit(file, content, message);
        work.git("push", "--quiet", "--all", "origin");
        return id;
    }

    @Test
    void anEmptyRepositoryKnowsItsDefaultBranch() {
        assertThat(shop.isEmpty()).isTrue();
        assertThat(shop.defaultBranch()).isEqualTo("trunk");
        assertThat(shop.resolve("trunk")).isEmpty();
        assertThat(shop.branches()).isEmpty();
        assertThat(repositories.names()).containsExactly("shop");
        assertThat(repositories.create("shop", "trunk").folder()).isEqualTo(shop.folder());
    }

    @Test
    void namesAreResolvedAndExpressionsAreNot() {
        String id = commitAndPush("a", "1\n", "One");
        work.git("tag", "--annotate", "--message=Tag", "v1");
        work.git("push", "--quiet", "--tags", "origin");
        for (String name : List.of("trunk", "HEAD", "v1", "refs/tags/v1", id, id.substring(0, 8))) {
            assertThat(shop.resolve(name)).as(name).contains(id);
        }
        for (String name : List.of("trunk~0", "trunk^{tree}", ":/One", "", "..", "nope", "@{-1}")) {
            assertThat(shop.resolve(name)).as(name).isEmpty();
        }
    }

    @Test
    void treesAndFilesAreRead() {
        commitAndPush("src/Main.java", "class Main {}\n", "Main");
        String id = commitAndPush("README.md", "# Übersicht\n", "Readme");
        var root = shop.tree(id, "").orElseThrow();
        assertThat(root).extracting(TreeEntry::path).containsExactly("src", "README.md");
        assertThat(root.getFirst().kind()).isEqualTo(TreeEntry.Kind.FOLDER);
        assertThat(shop.tree(id, "src").orElseThrow().getFirst().path()).isEqualTo("src/Main.java");
        assertThat(shop.tree(id, "README.md")).isEmpty();
        assertThat(shop.tree(id, "nope")).isEmpty();
        var readme = shop.file(id, "README.md", 1000).orElseThrow();
        assertThat(readme.text()).isEqualTo("# Übersicht\n");
        assertThat(readme.binary()).isFalse();
        var cut = shop.file(id, "README.md", 4).orElseThrow();
        assertThat(cut.truncated()).isTrue();
        for (String path : List.of("src", "", "/", "../x", "src//Main.java", "a\0b")) {
            assertThat(shop.file(id, path, 10)).as(path).isEmpty();
        }
    }

    @Test
    void historyIsPagedWithoutGapsAcrossMerges() {
        for (int i = 0; i < 7; i++) {
            work.commit("t" + i, "x\n", "Trunk " + i);
        }
        work.git("checkout", "--quiet", "-b", "side", "HEAD~3");
        for (int i = 0; i < 5; i++) {
            work.commit("s" + i, "x\n", "Side " + i);
        }
        work.git("checkout", "--quiet", "trunk");
        work.git("merge", "--quiet", "--no-edit", "side");
        work.git("push", "--quiet", "--all", "origin");
        var seen = new ArrayList<String>();
        for (String next = work.head(); !next.isEmpty(); ) {
            HistoryPage page = shop.history(next, "", 3);
            page.commits().forEach(commit -> seen.add(commit.id()));
            next = page.next();
        }
        List<String> expected = work.git("rev-list", "HEAD").lines().toList();
        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void historyOfAPathHasOnlyWhatChangedIt() {
        String made = commitAndPush("docs/a.md", "1\n", "Make");
        commitAndPush("other", "1\n", "Other");
        String changed = commitAndPush("docs/a.md", "2\n", "Change");
        commitAndPush("other", "2\n", "Other again");
        assertThat(shop.history(work.head(), "docs/a.md", 10).commits())
                .extracting(Commit::id)
                .containsExactly(changed, made);
        assertThat(shop.history(work.head(), "docs", 10).commits()).hasSize(2);
    }

    @Test
    void newCommitsAreThoseThatNothingKnownHas() {
        String base = commitAndPush("a", "1\n", "Base");
        work.git("checkout", "--quiet", "-b", "side");
        String one = commitAndPush("b", "1\n", "One");
        String two = commitAndPush("b", "2\n", "Two");
        assertThat(shop.commitsSince(two, List.of(base), 10))
                .extracting(Commit::id)
                .containsExactly(two, one);
        assertThat(shop.builtOn(two, base)).isTrue();
        assertThat(shop.builtOn(base, two)).isFalse();
        assertThat(shop.mergeBase(base, two)).contains(base);
    }

    @Test
    void diffsHaveHunksWithLineNumbers() {
        String before =
                commitAndPush("f", lines(IntStream.rangeClosed(1, 20).boxed().toList()), "Before");
        String after =
                commitAndPush(
                        "f",
                        "1\nnew\n" + lines(IntStream.rangeClosed(3, 19).boxed().toList()),
                        "After");
        Diff diff = shop.diff(before, after, Diff.Limits.page());
        assertThat(diff.files()).hasSize(1);
        var file = diff.files().getFirst();
        assertThat(file.change()).isEqualTo(Change.MODIFIED);
        assertThat(file.added()).isEqualTo(1);
        assertThat(file.removed()).isEqualTo(2);
        assertThat(file.hunks()).hasSize(2);
        assertThat(file.hunks().getFirst().lines())
                .contains(
                        new Diff.DiffLine('-', 2, 0, "2"),
                        new Diff.DiffLine('+', 0, 2, "new"),
                        new Diff.DiffLine(' ', 3, 3, "3"));
        assertThat(file.hunks().getLast().oldStart()).isEqualTo(17);
        assertThat(shop.diff(RefUpdate.NONE, before, Diff.Limits.page()).added()).isEqualTo(20);
    }

    private static String lines(List<Integer> numbers) {
        return String.join("\n", numbers.stream().map(String::valueOf).toList()) + "\n";
    }

    @Test
    void renamesAreSeenAndBinariesAreNotShown() {
        work.write("bin", "a\0b");
        String before = commitAndPush("old.txt", "same\ncontent\nhere\n", "Before");
        work.git("mv", "old.txt", "new.txt");
        String after = commitAndPush("bin", "c\0d", "After");
        Diff diff = shop.diff(before, after, Diff.Limits.page());
        assertThat(diff.files())
                .extracting(Diff.FileDiff::change)
                .containsExactly(Change.MODIFIED, Change.RENAMED);
        assertThat(diff.files().getFirst().content()).isEqualTo(Diff.Content.BINARY);
        assertThat(shop.changedPaths(before, after, 100))
                .containsExactlyInAnyOrder(
                        new ChangedPath(Change.MODIFIED, "bin"),
                        new ChangedPath(Change.DELETED, "old.txt"),
                        new ChangedPath(Change.ADDED, "new.txt"));
    }

    @Test
    void diffsKeepToTheirLimits() {
        String before = commitAndPush("a", "1\n", "Before");
        work.write("b", "x\n".repeat(100));
        String after = commitAndPush("c", "y\n".repeat(1000), "After");
        Diff diff = shop.diff(before, after, new Diff.Limits(10, 1000, 50, 500));
        assertThat(diff.files().get(0).content()).isEqualTo(Diff.Content.TRUNCATED);
        assertThat(diff.files().get(0).added()).isEqualTo(100);
        assertThat(diff.files().get(1).content()).isEqualTo(Diff.Content.TOO_LARGE);
        assertThat(shop.diff(before, after, new Diff.Limits(1, 1000, 50, 500)).moreFiles())
                .isEqualTo(1);
    }

    @Test
    void tagsAreMadeOnce() {
        String one = commitAndPush("a", "1\n", "One");
        String two = commitAndPush("a", "2\n", "Two");
        var maria = new Person("Maria", "maria@example.org", Instant.parse("2026-01-02T03:04:05Z"));
        String tag = shop.createTag("v1.0.0", one, "Version 1.0.0", maria);
        assertThat(shop.createTag("v1.0.0", one, "again", maria)).isEqualTo(tag);
        assertThatThrownBy(() -> shop.createTag("v1.0.0", two, "other", maria))
                .isInstanceOfSatisfying(
                        GitFailure.class, e -> assertThat(e.category()).isEqualTo(Category.LIMIT));
        assertThatThrownBy(() -> shop.createTag("a..b", two, "bad", maria))
                .isInstanceOf(GitFailure.class);
        assertThat(shop.tags()).hasSize(1);
        assertThat(shop.tags().getFirst().tagger()).contains(maria);
        work.git("fetch", "--quiet", "--tags", "origin");
        assertThat(work.git("describe", "--always", one).strip()).isEqualTo("v1.0.0");
    }

    @Test
    void workTreesAreRealClones() throws Exception {
        commitAndPush("a", "1\n", "One");
        String two = commitAndPush("b/c", "2\n", "Two");
        Path full = temp.resolve("full");
        shop.workTrees().checkout(two, "refs/heads/trunk", full, 0, "http://example.org/shop.git");
        var clone = new Shell(full);
        assertThat(clone.git("log", "--oneline").lines()).hasSize(2);
        assertThat(clone.git("branch", "--show-current").strip()).isEqualTo("trunk");
        assertThat(clone.git("status", "--porcelain")).isEmpty();
        assertThat(Files.readString(full.resolve("b/c"))).isEqualTo("2\n");

        Path shallow = temp.resolve("shallow");
        shop.workTrees().checkout(two, "refs/tags/v1", shallow, 1, "");
        assertThat(new Shell(shallow).git("log", "--oneline").lines()).hasSize(1);

        Path files = temp.resolve("files");
        shop.workTrees().export(two, files);
        assertThat(Files.readString(files.resolve("b/c"))).isEqualTo("2\n");
        assertThat(files.resolve(".git")).doesNotExist();
    }

    @Test
    void whatIsNotThereIsAbsent() {
        assertThatThrownBy(() -> shop.commit("1".repeat(40)))
                .isInstanceOfSatisfying(
                        GitFailure.class, e -> assertThat(e.category()).isEqualTo(Category.ABSENT));
        assertThatThrownBy(() -> shop.commit("nonsense"))
                .isInstanceOfSatisfying(
                        GitFailure.class, e -> assertThat(e.category()).isEqualTo(Category.ABSENT));
    }
}
