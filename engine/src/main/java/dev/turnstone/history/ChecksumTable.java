package dev.turnstone.history;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.revision.RevisionId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table beside the version table that holds, for each applied revision, what its file was when it was applied.
 * Immutable; connections are the caller's.
 *
 * <p>It is made together with the version table, and never beside one that is there already: that one may be another
 * tool's, which would not know what to make of a second table. So every reader asks {@link #isThere} first.
 *
 * @param dialect how its names are quoted
 * @param schema the schema that holds it; empty in a script, where the client's settings choose one
 * @param name its name: the version table's with {@value #SUFFIX}
 */
public record ChecksumTable(Dialect dialect, String schema, String name) {

    /** What follows the version table's name. */
    public static final String SUFFIX = "_checksum";

    /** How many revisions one statement holds. */
    private static final int ROWS = 500;

    /**
     * What is known of an applied revision.
     *
     * @param checksum of its file, then
     * @param appliedAt when; null where the column holds no time
     */
    public record Entry(String checksum, @Nullable Instant appliedAt) {}

    private boolean isSqlite() {
        return dialect.name().equals("sqlite");
    }

    private String address() {
        return (schema.isEmpty() ? "" : dialect.quote(schema) + ".") + dialect.quote(name);
    }

    /** The statement that makes the table where it is not there yet. */
    public String createStatement() {
        return "CREATE TABLE IF NOT EXISTS " + address()
                + " (revision VARCHAR(255) NOT NULL, checksum VARCHAR(64) NOT NULL,"
                + " applied_at TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT " + dialect.quote(name + "_pkc")
                + " PRIMARY KEY (revision))";
    }

    /** Whether the database has it. */
    public boolean isThere(Connection connection) throws SQLException {
        return dialect.hasTable(connection, schema, name);
    }

    /**
     * The statements that note revisions as applied now; one that is noted already is noted anew.
     *
     * @param checksums by revision
     */
    public List<String> apply(Map<RevisionId, String> checksums) {
        List<String> values = new ArrayList<>();
        checksums.forEach((id, checksum) -> values.add("(" + VersionTable.literal(id.value()) + ", "
                + VersionTable.literal(checksum) + ", CURRENT_TIMESTAMP)"));
        List<String> statements = new ArrayList<>();
        for (int from = 0; from < values.size(); from += ROWS) {
            // Each in the way that its oldest versions know, too.
            statements.add((isSqlite() ? "INSERT OR REPLACE INTO " : "INSERT INTO ") + address()
                    + " (revision, checksum, applied_at) VALUES "
                    + String.join(", ", values.subList(from, Math.min(values.size(), from + ROWS)))
                    + (isSqlite()
                            ? ""
                            : " ON CONFLICT (revision) DO UPDATE SET checksum = excluded.checksum,"
                                    + " applied_at = excluded.applied_at"));
        }
        return statements;
    }

    /** The statements that forget revisions. */
    public List<String> takeBack(Collection<RevisionId> ids) {
        List<RevisionId> all = List.copyOf(ids);
        List<String> statements = new ArrayList<>();
        for (int from = 0; from < all.size(); from += ROWS) {
            List<RevisionId> some = all.subList(from, Math.min(all.size(), from + ROWS));
            statements.add("DELETE FROM " + address() + " WHERE revision "
                    + (some.size() == 1
                            ? "= " + VersionTable.literal(some.get(0).value())
                            : some.stream()
                                    .map(id -> VersionTable.literal(id.value()))
                                    .collect(Collectors.joining(", ", "IN (", ")"))));
        }
        return statements;
    }

    /** The statement that forgets all. */
    public String clearStatement() {
        return "DELETE FROM " + address();
    }

    /** Reads what is noted; the table is there. */
    public SortedMap<RevisionId, Entry> read(Connection connection) throws SQLException {
        SortedMap<RevisionId, Entry> entries = new TreeMap<>();
        // As text, because SQLite has no type for times and its driver reads them as milliseconds.
        String time = isSqlite()
                ? "strftime('%Y-%m-%dT%H:%M:%SZ', applied_at)"
                : "to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT revision, checksum, " + time + " FROM " + address())) {
            while (rows.next()) {
                String at = rows.getString(3);
                entries.put(
                        RevisionId.spelled(rows.getString(1)),
                        new Entry(rows.getString(2), at == null ? null : Instant.parse(at)));
            }
        }
        return entries;
    }
}
