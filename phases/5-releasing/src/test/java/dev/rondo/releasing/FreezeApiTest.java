package dev.rondo.releasing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.access.Role;
import dev.rondo.kits.Databases;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreezeApiTest {

    private static final String API = "/api/projects/shop/freezes";
    private static final Map<String, String> FREEZE =
            Map.of(
                    "title", "Christmas",
                    "environment", "production",
                    "startsAt", "2020-12-24T00:00:00Z",
                    "endsAt", "2120-12-27T00:00:00Z");

    @TempDir Path temp;
    private Rig rig;

    @BeforeEach
    void start() {
        rig = new Rig(Databases.sqlite(), temp);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aFreezeIsMadeListedHoldsAndIsDeleted() {
        var made = rig.call("olga", API, FREEZE);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        var id = Rig.json(made).path("id").asString();
        var listed = Rig.json(rig.get("olga", API, "en")).path("freezes");
        assertThat(listed).hasSize(1);
        assertThat(listed.path(0).path("active").asBoolean()).isTrue();
        assertThat(listed.path(0).path("madeBy").asString()).isEqualTo("olga");
        assertThat(
                        Rig.json(
                                        rig.get(
                                                "olga",
                                                API
                                                        + "?until=2019-01-01T00:00:00Z&from=2018-01-01T00:00:00Z",
                                                "en"))
                                .path("freezes"))
                .isEmpty();

        rig.pass("feat: a");
        rig.awaitDraft("1.0.0");
        var release = "/api/projects/shop/releases/1.0.0";
        rig.call("olga", release + "/approvals", Map.of("environment", "production"));
        assertThat(rig.call("olga", release + "/publication", Map.of()).body())
                .contains("Christmas");
        assertThat(rig.send("olga", "DELETE", API + "/" + id, "").statusCode()).isEqualTo(204);
        assertThat(rig.send("olga", "DELETE", API + "/" + id, "").statusCode()).isEqualTo(404);
        assertThat(rig.call("olga", release + "/publication", Map.of()).statusCode())
                .isEqualTo(201);
    }

    @Test
    void onlyOwnersFreezeAndThawAndStrangersSeeNothing() {
        rig.member("will", Role.WRITER);
        rig.account("stan");
        var id = Rig.json(rig.call("olga", API, FREEZE)).path("id").asString();
        assertThat(rig.call("will", API, FREEZE).statusCode()).isEqualTo(403);
        assertThat(rig.send("will", "DELETE", API + "/" + id, "").statusCode()).isEqualTo(403);
        assertThat(rig.get("will", API, "en").body()).contains("Christmas");
        assertThat(rig.get("stan", API, "en").statusCode()).isEqualTo(404);
        assertThat(rig.send("stan", "DELETE", API + "/" + id, "").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"title\":\"x\"}; 400; startsAt",
                "{\"title\":\"x\",\"startsAt\":\"2026-12-24\"}; 400; 2026-12-24T18:00:00Z",
                "{\"title\":\"x\",\"startsAt\":\"9026-12-24T00:00:00Z\"}; 400; startsAt",
                "{\"startsAt\":\"2026-12-24T00:00:00Z\",\"endsAt\":\"2026-12-25T00:00:00Z\"}; 422; title",
                "{\"title\":\"x\",\"startsAt\":\"2026-12-24T00:00:00Z\",\"endsAt\":\"2026-12-24T00:00:00Z\"}; 422; endsAt",
                "not json; 400; ''",
            })
    void whatCannotBeReadIsRefusedWithItsField(String body, int status, String said) {
        var answer = rig.send("olga", "POST", API, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(said);
        assertThat(Rig.json(rig.get("olga", API, "en")).path("freezes")).isEmpty();
    }

    @Test
    void theRollbackPlanOfADraftIsChangedByProgramsToo() {
        rig.pass("feat: a");
        rig.awaitDraft("1.0.0");
        var path = "/api/projects/shop/releases/1.0.0/plan";
        var done = rig.send("olga", "PUT", path, "{\"to\":\"\",\"steps\":\"pull the plug\"}");
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        assertThat(Rig.json(done).path("rollback").path("steps").asString())
                .isEqualTo("pull the plug");
        assertThat(rig.send("olga", "PUT", path, "{}").statusCode()).isEqualTo(422);
    }
}
