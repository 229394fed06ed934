package dev.rondo.coding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.git.RefUpdate;
import dev.rondo.journal.Fact;
import dev.rondo.kits.machine.Shell;
import dev.rondo.store.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events of pushes against both databases. */
class PushesTest {

    @TempDir Path temp;

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void everyRefsEventsFormAChainWhateverHappensAtOnce(Database database) {
        try (var rig = new Rig(database, temp)) {
            Shell base = rig.cloned("olga");
            base.commit("a", "1\n", "Base #2");
            base.git("push", "--quiet", "origin", "main");
            String url = rig.url("olga", rig.token("olga").secret());
            for (int i = 0; i < 4; i++) {
                rig.client.git("clone", "--quiet", url, "c" + i);
                rig.client.in("c" + i).commit("f" + i, "x\n", "Work " + i);
            }
            for (int round = 0; round < 2; round++) {
                var running = new ArrayList<Process>();
                for (int i = 0; i < 4; i++) {
                    running.add(
                            rig.client
                                    .in("c" + i)
                                    .startGit(
                                            "push",
                                            "--force",
                                            "origin",
                                            "HEAD:shared",
                                            "HEAD:b" + i));
                }
                running.forEach(Shell::finish);
                for (int i = 0; i < 4; i++) {
                    rig.client.in("c" + i).commit("f" + i, "y" + round + "\n", "More " + i);
                }
            }
            rig.phase.start();
            for (var ref : rig.repositories.find("shop").orElseThrow().refs()) {
                var moves = rig.pushes().stream().filter(p -> p.ref().equals(ref.ref())).toList();
                String at = RefUpdate.NONE;
                for (Fact.ChangePushed move : moves) {
                    assertThat(move.before()).isEqualTo(at);
                    at = move.after();
                }
                assertThat(at).isEqualTo(ref.after());
            }
            assertThat(knownRefs(rig)).hasSize(6);
        }
    }

    private static Map<String, String> knownRefs(Rig rig) {
        return rig.store.read(sql -> PushStore.knownRefs(sql, "shop"));
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void commitsAreFoundByTheTicketTheyName(Database database) {
        try (var rig = new Rig(database, temp)) {
            Shell work = rig.cloned("olga");
            work.commit("a", "1\n", "See #7");
            String second = work.commit("a", "2\n", "Fixes #7");
            work.git("push", "--quiet", "origin", "main", "main:again");
            var mentions = rig.store.read(sql -> PushStore.mentions(sql, "shop", 7, 10));
            assertThat(mentions).hasSize(2);
            assertThat(mentions).filteredOn(PushStore.Mention::fixes).hasSize(1);
            assertThat(mentions)
                    .filteredOn(PushStore.Mention::fixes)
                    .extracting(PushStore.Mention::commit)
                    .containsExactly(second);
            rig.store.read(sql -> {
                assertThat(PushStore.count(sql, "shop", "refs/heads/")).isEqualTo(2);
                assertThat(rig.phase.holds(sql, "shop")).hasSize(2);
                return true;
            });
        }
    }

    @Test
    void updatesThatArriveInTheOtherOrderAreToldOnce() {
        try (var rig = new Rig(dev.rondo.kits.Databases.sqlite(), temp)) {
            Shell work = rig.cloned("olga");
            String one = work.commit("a", "1\n", "One");
            work.git("push", "--quiet", "origin", "main");
            String two = work.commit("a", "2\n", "Two");
            String three = work.commit("a", "3\n", "Three");
            Path folder = rig.repositories.find("shop").orElseThrow().folder();
            work.git("push", "--quiet", folder.toString(), "main");
            var pushes =
                    new Pushes(
                            rig.store,
                            rig.journal,
                            rig.access.projects(),
                            new ProjectRepositories(rig.repositories));
            pushes.record(rig.shop, "late", List.of(new RefUpdate("refs/heads/main", two, three)));
            pushes.record(rig.shop, "early", List.of(new RefUpdate("refs/heads/main", one, two)));
            assertThat(rig.pushes()).hasSize(2);
            assertThat(rig.pushes().getLast().before()).isEqualTo(one);
            assertThat(rig.pushes().getLast().after()).isEqualTo(three);
            assertThat(rig.pushes().getLast().commits()).hasSize(2);
        }
    }

    @Test
    void theCommandShowsTheNewestCommits() {
        try (var rig = new Rig(dev.rondo.kits.Databases.sqlite(), temp)) {
            Shell work = rig.cloned("olga");
            work.commit("a", "1\n", "Pay by card");
            work.git("push", "--quiet", "origin", "main");
            var command = rig.phase.commands().getFirst();
            var answer =
                    command.action()
                            .run(
                                    new dev.rondo.phase.ChatCommand.Call(
                                            Rig.caller("olga"),
                                            rig.shop,
                                            List.of(),
                                            "",
                                            java.util.Locale.ENGLISH,
                                            "box"));
            assertThat(answer.accepted()).isTrue();
            assertThat(answer.text()).contains("Pay by card");
            var refused =
                    command.action()
                            .run(
                                    new dev.rondo.phase.ChatCommand.Call(
                                            Rig.caller("olga"),
                                            rig.shop,
                                            List.of("nope"),
                                            "nope",
                                            java.util.Locale.GERMAN,
                                            "chat"));
            assertThat(refused.accepted()).isFalse();
            assertThat(refused.text()).contains("nope");
        }
    }
}
