package dev.rondo.bench;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The first and the last page of a backlog of 100,000 items, over HTTP with a token. */
final class BacklogMeasurement implements Measurement {

    private static final int ITEMS = 100_000;
    private static final int WARM = 300;
    private static final int REQUESTS = 200;
    private static final double GOAL_MILLIS = 30;
    private static final String PROJECT = "crowd";
    private static final String INSERT =
            "INSERT INTO planning_tickets (project, number, type, title, description, criteria,"
                    + " state, estimate, assignee, parent, sprint, rank, open, created_by,"
                    + " created_at, updated_at, moved_at) VALUES ('"
                    + PROJECT
                    + "', ?, 'story', ?, '', '', 'backlog', 3, '', 0, '', ?, 1, 'ada', 0, 0, 0)";

    @Override
    public List<Figure> measure(Workbench bench) throws Exception {
        var data = bench.path("data");
        var before = RondoServer.start(bench, data, RondoProgram.hasCache()).server();
        var token = before.signUp();
        before.createProject(PROJECT);
        before.stop();
        fill(data.resolve("rondo.db"));
        var server = RondoServer.start(bench, data, RondoProgram.hasCache()).server();
        server.signIn(token);
        var page = "/projects/" + PROJECT + "/planning/backlog";
        return List.of(
                figure("first", p99(server, page, "Item 1 of many")),
                figure("last", p99(server, page + "?last", "Item " + ITEMS + " of many")));
    }

    private static Figure figure(String which, double millis) {
        return Figure.atMost(
                "backlog of 100,000 items, " + which + " page, p99", millis, GOAL_MILLIS, "ms");
    }

    /** Past the journal: a backlog that long takes years to come about. */
    private static void fill(Path database) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement();
                    var insert = connection.prepareStatement(INSERT)) {
                statement.execute(
                        "INSERT INTO planning_projects (project, last_number) VALUES ('%s', %d)"
                                        .formatted(PROJECT, ITEMS)
                                + " ON CONFLICT (project) DO UPDATE"
                                + " SET last_number = excluded.last_number");
                for (int i = 1; i <= ITEMS; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "Item " + i + " of many");
                    insert.setString(3, rank(i));
                    insert.addBatch();
                    if (i % 1000 == 0) {
                        insert.executeBatch();
                    }
                }
            }
            connection.commit();
        }
    }

    /** Places as planning counts them: eight digits of base 36, steps of 36². */
    private static String rank(int i) {
        var digits = Long.toString(Long.parseLong("i0000000", 36) + i * 1296L, 36);
        return "0".repeat(8 - digits.length()) + digits;
    }

    private static double p99(RondoServer server, String path, String shown) throws Exception {
        var millis = new ArrayList<Double>();
        for (int i = -WARM; i < REQUESTS; i++) {
            long began = System.nanoTime();
            var answer = server.get(path);
            if (i >= 0) {
                millis.add((System.nanoTime() - began) / 1e6);
            } else if (answer.statusCode() != 200 || !answer.body().contains(shown)) {
                throw new BenchFailure(path + " does not show " + shown);
            }
        }
        return Numbers.of(millis).p99();
    }
}
