package dev.rondo.results;

import dev.rondo.journal.Draft;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Subject;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of artifacts, and the event that tells of each. */
final class ArchiveStore {

    private static final String SELECT =
            "SELECT number, project, run, run_number, job, ref, commit_id, name, digest, size,"
                    + " files, mime, created_at, expires_at, expired, kept_by"
                    + " FROM building_archives ";

    private final Journal journal;

    ArchiveStore(Journal journal) {
        this.journal = journal;
    }

    /** Writes row and event; there must be no artifact of that name in the run. */
    Archive add(
            Tx tx, Archive.Origin origin, String name, Archive.Content content, long expiresAt) {
        var archive =
                new Archive(
                        Numbers.next(tx, "artifact"),
                        origin,
                        name,
                        content,
                        new Archive.Life(Micros.now(), expiresAt, false),
                        "");
        insert(tx, archive);
        var causes =
                JournalReads.last(
                                tx.sql(),
                                origin.project(),
                                Subject.of("taskrun", origin.run() + "/" + origin.job()))
                        .map(Event::seq)
                        .stream()
                        .toList();
        journal.append(
                tx,
                new Draft(
                        origin.project(),
                        Subject.of("artifact", content.digest()),
                        "rondo",
                        new Fact.ArtifactPackaged(
                                origin.run(),
                                origin.job(),
                                name,
                                content.digest(),
                                content.size(),
                                origin.commit())),
                causes);
        return archive;
    }

    private static void insert(Tx tx, Archive archive) {
        tx.sql()
                .createUpdate(
                        "INSERT INTO building_archives (number, project, run, run_number, job, ref,"
                                + " commit_id, name, digest, size, files, mime, created_at,"
                                + " expires_at, expired, kept_by)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')")
                .bind(0, archive.number())
                .bind(1, archive.origin().project())
                .bind(2, archive.origin().run())
                .bind(3, archive.origin().runNumber())
                .bind(4, archive.origin().job())
                .bind(5, archive.origin().ref())
                .bind(6, archive.origin().commit())
                .bind(7, archive.name())
                .bind(8, archive.content().digest())
                .bind(9, archive.content().size())
                .bind(10, archive.content().files())
                .bind(11, archive.content().mime())
                .bind(12, archive.life().createdAt())
                .bind(13, archive.life().expiresAt())
                .bind(14, false)
                .execute();
    }

    /** The same artifact in another run; no event tells of it. */
    static void copy(Tx tx, Archive archive, String run, long runNumber) {
        var old = archive.origin();
        insert(
                tx,
                new Archive(
                        Numbers.next(tx, "artifact"),
                        new Archive.Origin(
                                old.project(), run, runNumber, old.job(), old.ref(), old.commit()),
                        archive.name(),
                        archive.content(),
                        archive.life(),
                        ""));
    }

    static Optional<Archive> find(Handle sql, String run, String name) {
        return sql.createQuery(SELECT + "WHERE run = ? AND name = ?")
                .bind(0, run)
                .bind(1, name)
                .map(ArchiveStore::row)
                .findFirst();
    }

    static Optional<Archive> find(Handle sql, String project, long number) {
        return sql.createQuery(SELECT + "WHERE project = ? AND number = ?")
                .bind(0, project)
                .bind(1, number)
                .map(ArchiveStore::row)
                .findFirst();
    }

    /** By name, the expired ones left out. */
    static List<Archive> ofRun(Handle sql, String run) {
        return sql.createQuery(SELECT + "WHERE run = ? AND expired = ? ORDER BY name LIMIT ?")
                .bind(0, run)
                .bind(1, false)
                .bind(2, Limits.ARTIFACTS_OF_A_RUN)
                .map(ArchiveStore::row)
                .list();
    }

    static int countOfRun(Handle sql, String run) {
        return sql.createQuery("SELECT COUNT(*) FROM building_archives WHERE run = ?")
                .bind(0, run)
                .mapTo(Integer.class)
                .one();
    }

    /** Which of a project's artifacts a list shows; empty and 0 stand for all. */
    record Filter(String project, long runNumber, String name) {}

    /** Newest first. */
    static List<Archive> page(Handle sql, Filter filter, long skip, int rows) {
        return bind(
                        sql.createQuery(SELECT + WHERE + " ORDER BY number DESC LIMIT ? OFFSET ?"),
                        filter)
                .bind(5, rows)
                .bind(6, skip)
                .map(ArchiveStore::row)
                .list();
    }

    static long count(Handle sql, Filter filter) {
        return bind(sql.createQuery("SELECT COUNT(*) FROM building_archives " + WHERE), filter)
                .mapTo(Long.class)
                .one();
    }

    private static final String WHERE =
            "WHERE project = ? AND (? = 0 OR run_number = ?) AND (? = '' OR name = ?)"
                    // what a later attempt of the run has anew or has taken over stands once
                    + " AND NOT EXISTS (SELECT 1 FROM building_archives later WHERE"
                    + " later.project = building_archives.project"
                    + " AND later.run_number = building_archives.run_number"
                    + " AND later.name = building_archives.name"
                    + " AND later.number > building_archives.number)";

    private static org.jdbi.v3.core.statement.Query bind(
            org.jdbi.v3.core.statement.Query query, Filter filter) {
        return query.bind(0, filter.project())
                .bind(1, filter.runNumber())
                .bind(2, filter.runNumber())
                .bind(3, filter.name())
                .bind(4, filter.name());
    }

    static void delete(Tx tx, long number) {
        tx.sql()
                .createUpdate("DELETE FROM building_archives WHERE number = ?")
                .bind(0, number)
                .execute();
    }

    /** What an earlier try of a job left: a job that is done again makes them anew. */
    static void deleteOfJob(Tx tx, String run, String job) {
        tx.sql()
                .createUpdate("DELETE FROM building_archives WHERE run = ? AND job = ?")
                .bind(0, run)
                .bind(1, job)
                .execute();
    }

    /** But not those that a release keeps. */
    static void deleteOfRun(Tx tx, String run) {
        tx.sql()
                .createUpdate("DELETE FROM building_archives WHERE run = ? AND kept_by = ''")
                .bind(0, run)
                .execute();
    }

    /** An artifact of a release stays as long as the release can be rolled back to. */
    static void keep(Tx tx, String project, String digest, String release) {
        tx.sql()
                .createUpdate(
                        "UPDATE building_archives SET kept_by = ? WHERE project = ? AND digest = ?")
                .bind(0, release)
                .bind(1, project)
                .bind(2, digest)
                .execute();
    }

    /** Those whose time is over by now, oldest first. */
    static List<Archive> due(Handle sql, long now, int rows) {
        return sql.createQuery(
                        SELECT
                                + "WHERE expired = ? AND expires_at < ? AND kept_by = ''"
                                + " ORDER BY expires_at LIMIT ?")
                .bind(0, false)
                .bind(1, now)
                .bind(2, rows)
                .map(ArchiveStore::row)
                .list();
    }

    /** Those that may go for their size, oldest first. */
    static List<Archive> oldest(Handle sql, String project, long before, int rows) {
        return sql.createQuery(
                        SELECT
                                + "WHERE project = ? AND expired = ? AND created_at < ?"
                                + " AND kept_by = '' ORDER BY created_at, number LIMIT ?")
                .bind(0, project)
                .bind(1, false)
                .bind(2, before)
                .bind(3, rows)
                .map(ArchiveStore::row)
                .list();
    }

    /** All that keep some. */
    static List<String> projects(Handle sql) {
        return sql.createQuery("SELECT DISTINCT project FROM building_archives WHERE expired = ?")
                .bind(0, false)
                .mapTo(String.class)
                .list();
    }

    static void expire(Tx tx, long number) {
        tx.sql()
                .createUpdate("UPDATE building_archives SET expired = ? WHERE number = ?")
                .bind(0, true)
                .bind(1, number)
                .execute();
    }

    /** Whether an artifact that is not expired has this file. */
    static boolean needs(Handle sql, String digest) {
        return sql.createQuery(
                                "SELECT COUNT(*) FROM building_archives"
                                        + " WHERE digest = ? AND expired = ?")
                        .bind(0, digest)
                        .bind(1, false)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    private static Archive row(ResultSet row, StatementContext ctx) throws SQLException {
        return new Archive(
                row.getLong(1),
                new Archive.Origin(
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7)),
                row.getString(8),
                new Archive.Content(
                        row.getString(9), row.getLong(10), row.getInt(11), row.getString(12)),
                new Archive.Life(row.getLong(13), row.getLong(14), row.getBoolean(15)),
                row.getString(16));
    }
}
