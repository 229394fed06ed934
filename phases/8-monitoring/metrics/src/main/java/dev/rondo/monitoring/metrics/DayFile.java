package dev.rondo.monitoring.metrics;

import dev.rondo.monitoring.metrics.MetricStoreException.Category;
import dev.rondo.telemetry.Sample;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * One day of metrics in one SQLite file. A batch is committed to the log (table {@code batch}) and
 * thereby acknowledged; the heads in memory become chunks when they are full or old, and the log
 * loses what all heads have got rid of. Opening a file plays its log again, so that a kill at any
 * moment costs nothing that was acknowledged.
 *
 * <p>The writer's connection and all memory are guarded by {@code lock}; reads of chunks have a
 * connection of their own under {@code readLock}, so that a long fetch never stops the sampling.
 * Commits are not forced to the disk one by one ({@code synchronous=NORMAL}): a power cut, unlike a
 * kill, may cost the samples since the last checkpoint.
 */
final class DayFile implements AutoCloseable {

    /** A head older than this becomes a chunk although it is not full, which bounds the log. */
    private static final long OLDEST_HEAD_MILLIS = 600_000;

    private final Path path;
    private final Connection writer;
    private final Connection reader;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock readLock = new ReentrantLock();
    private final LabelIndex index = new LabelIndex();
    private final List<Head> heads = new ArrayList<>();
    private long lastBatch;

    DayFile(Path path) {
        this.path = path;
        try {
            writer = connect(path);
            try {
                reader = connect(path);
                prepare();
                recover();
            } catch (SQLException | IndexOutOfBoundsException e) {
                writer.close();
                throw e;
            }
        } catch (SQLException | IndexOutOfBoundsException e) {
            throw new MetricStoreException(
                    Category.STORAGE, "cannot open " + path + ": " + e.getMessage(), e);
        }
    }

    private void prepare() throws SQLException {
        try (var statement = writer.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS series (number INTEGER PRIMARY KEY,"
                            + " name TEXT NOT NULL, labels TEXT NOT NULL)");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS chunk (series INTEGER NOT NULL,"
                            + " first INTEGER NOT NULL, last INTEGER NOT NULL,"
                            + " samples INTEGER NOT NULL, body BLOB NOT NULL,"
                            + " PRIMARY KEY (series, first)) WITHOUT ROWID");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS batch (at INTEGER PRIMARY KEY,"
                            + " body BLOB NOT NULL)");
        }
        writer.setAutoCommit(false);
    }

    private static Connection connect(Path path) throws SQLException {
        var connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=NORMAL");
            statement.execute("PRAGMA busy_timeout=5000");
            statement.execute("PRAGMA cache_size=-2000");
        }
        return connection;
    }

    private void recover() throws SQLException {
        try (var select =
                        writer.prepareStatement(
                                "SELECT name, labels, COALESCE((SELECT last FROM chunk WHERE"
                                        + " series = number ORDER BY first DESC LIMIT 1), 0)"
                                        + " FROM series ORDER BY number");
                var rows = select.executeQuery()) {
            while (rows.next()) {
                index.add(SeriesKey.of(rows.getString(1), rows.getString(2)));
                heads.add(new Head(rows.getLong(3)));
                lastBatch = Math.max(lastBatch, rows.getLong(3));
            }
        }
        try (var select = writer.prepareStatement("SELECT at, body FROM batch ORDER BY at");
                var rows = select.executeQuery()) {
            while (rows.next()) {
                var at = rows.getLong(1);
                lastBatch = Math.max(lastBatch, at);
                Batch.decode(rows.getBytes(2), (series, value) -> heads.get(series).add(at, value));
            }
        }
        writer.commit();
        flush(head -> head.full());
    }

    /**
     * Writes samples of one instant; when it returns they survive a kill.
     *
     * @return how many were taken; those beyond the limit of series are refused, and all of them if
     *     a batch of this time or a later one is there already
     */
    int append(long millis, List<Sample> samples, int maxSeries) {
        lock.lock();
        try {
            if (millis <= lastBatch) {
                return 0;
            }
            var values = new double[index.size() + samples.size()];
            var present = new BitSet(values.length);
            var fresh = new LinkedHashMap<SeriesKey, Integer>();
            for (var sample : samples) {
                var key = new SeriesKey(sample.name(), sample.labels());
                var series = index.number(key);
                if (series < 0) {
                    if (!fresh.containsKey(key) && index.size() + fresh.size() >= maxSeries) {
                        continue;
                    }
                    series = fresh.computeIfAbsent(key, k -> index.size() + fresh.size());
                }
                values[series] = sample.value();
                present.set(series);
            }
            log(millis, fresh, values, present);
            remember(millis, fresh, values, present);
            flush(head -> head.full() || head.first() < millis - OLDEST_HEAD_MILLIS);
            return present.cardinality();
        } catch (SQLException e) {
            rollBack(e);
            throw storage("cannot write to " + path, e);
        } finally {
            lock.unlock();
        }
    }

    private void log(long millis, Map<SeriesKey, Integer> fresh, double[] values, BitSet present)
            throws SQLException {
        if (!fresh.isEmpty()) {
            try (var insert =
                    writer.prepareStatement(
                            "INSERT INTO series (number, name, labels) VALUES (?, ?, ?)")) {
                for (var entry : fresh.entrySet()) {
                    insert.setInt(1, entry.getValue());
                    insert.setString(2, entry.getKey().name());
                    insert.setString(3, entry.getKey().labelText());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
        var count = present.cardinality();
        var series = present.stream().toArray();
        var packed = new double[count];
        for (int i = 0; i < count; i++) {
            packed[i] = values[series[i]];
        }
        try (var insert = writer.prepareStatement("INSERT INTO batch (at, body) VALUES (?, ?)")) {
            insert.setLong(1, millis);
            insert.setBytes(2, Batch.encode(series, packed, count));
            insert.executeUpdate();
        }
        writer.commit();
    }

    private void remember(
            long millis, Map<SeriesKey, Integer> fresh, double[] values, BitSet present) {
        lastBatch = millis;
        for (var key : fresh.keySet()) {
            index.add(key);
            heads.add(new Head(0));
        }
        present.stream().forEach(series -> heads.get(series).add(millis, values[series]));
    }

    /** Turns the heads that are ripe into chunks and shortens the log. */
    private void flush(Predicate<Head> ripe) throws SQLException {
        var ended = new ArrayList<Head>();
        var keepFrom = Long.MAX_VALUE;
        try (var insert =
                writer.prepareStatement(
                        "INSERT INTO chunk (series, first, last, samples, body)"
                                + " VALUES (?, ?, ?, ?, ?)")) {
            for (int series = 0; series < heads.size(); series++) {
                var head = heads.get(series);
                if (head.empty()) {
                    continue;
                }
                if (!ripe.test(head)) {
                    keepFrom = Math.min(keepFrom, head.first());
                    continue;
                }
                insert.setInt(1, series);
                insert.setLong(2, head.first());
                insert.setLong(3, head.last());
                insert.setInt(4, head.count());
                insert.setBytes(5, head.encode());
                insert.addBatch();
                ended.add(head);
            }
            if (ended.isEmpty()) {
                return;
            }
            insert.executeBatch();
        }
        try (var delete = writer.prepareStatement("DELETE FROM batch WHERE at < ?")) {
            delete.setLong(1, keepFrom);
            delete.executeUpdate();
        }
        writer.commit();
        ended.forEach(Head::clear);
    }

    /** All heads become chunks, at the end of the day or of the process. */
    void finish() {
        lock.lock();
        try {
            if (!writer.isClosed()) {
                flush(head -> true);
            }
        } catch (SQLException e) {
            rollBack(e);
            throw storage("cannot write to " + path, e);
        } finally {
            lock.unlock();
        }
    }

    /** Adds what this day has of the selected series to the fetch; times in milliseconds. */
    void fetch(Selector selector, long from, long to, Fetch fetch) {
        var wanted = new ArrayList<Wanted>();
        lock.lock();
        try {
            for (var series : index.select(selector)) {
                var head = heads.get(series);
                wanted.add(
                        new Wanted(
                                series,
                                index.key(series),
                                head.first(),
                                head.times(),
                                head.values()));
            }
        } finally {
            lock.unlock();
        }
        readLock.lock();
        try {
            if (reader.isClosed()) {
                return;
            }
            for (var one : wanted) {
                fetchChunks(one, from, Math.min(to, one.headFirst() - 1), fetch);
                for (int i = 0; i < one.headTimes().length; i++) {
                    if (one.headTimes()[i] >= from && one.headTimes()[i] <= to) {
                        fetch.add(one.key(), one.headTimes()[i], one.headValues()[i]);
                    }
                }
            }
        } catch (SQLException e) {
            throw storage("cannot read " + path, e);
        } finally {
            readLock.unlock();
        }
    }

    /** A head that becomes a chunk between the two looks is taken from the first one only. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Wanted(
            int series, SeriesKey key, long headFirst, long[] headTimes, double[] headValues) {}

    private void fetchChunks(Wanted one, long from, long to, Fetch fetch) throws SQLException {
        if (to < from) {
            return;
        }
        try (var select =
                reader.prepareStatement(
                        "SELECT samples, body FROM chunk WHERE series = ? AND first <= ?"
                                + " AND first >= COALESCE((SELECT first FROM chunk WHERE series = ?"
                                + " AND first <= ? ORDER BY first DESC LIMIT 1), ?)"
                                + " ORDER BY first")) {
            select.setInt(1, one.series());
            select.setLong(2, to);
            select.setInt(3, one.series());
            select.setLong(4, from);
            select.setLong(5, from);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    Chunk.decode(
                            rows.getBytes(2),
                            rows.getInt(1),
                            (millis, value) -> {
                                if (millis >= from && millis <= to) {
                                    fetch.add(one.key(), millis, value);
                                }
                            });
                }
            }
        }
    }

    int series() {
        lock.lock();
        try {
            return index.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        finish();
        lock.lock();
        readLock.lock();
        try {
            reader.close();
            writer.close();
        } catch (SQLException e) {
            throw storage("cannot close " + path, e);
        } finally {
            readLock.unlock();
            lock.unlock();
        }
    }

    private void rollBack(SQLException cause) {
        try {
            writer.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static MetricStoreException storage(String message, SQLException e) {
        return new MetricStoreException(Category.STORAGE, message + ": " + e.getMessage(), e);
    }
}
