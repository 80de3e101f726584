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
 * The table beside the version table that stores the checksum of each applied revision's file at the time it was
 * applied. Immutable; the caller provides the connections.
 *
 * <p>The table is created together with the version table, and never beside an existing version table, which may belong
 * to another tool that would not expect a second table. Therefore every reader first calls {@link #exists}.
 *
 * @param dialect quotes the names
 * @param schema the schema that contains the table; empty in a script, where the client's settings determine the
 *     schema
 * @param name the table's name: the version table's name with {@value #SUFFIX}
 */
public record ChecksumTable(Dialect dialect, String schema, String name) {

    /** The suffix after the version table's name. */
    public static final String SUFFIX = "_checksum";

    /** The maximum number of revisions in one statement. */
    private static final int MAX_ROWS = 500;

    /**
     * The stored facts about an applied revision.
     *
     * @param checksum the checksum of its file when it was applied
     * @param appliedAt the time of application; null if the column contains no time
     */
    public record Entry(String checksum, @Nullable Instant appliedAt) {}

    private String address() {
        return (schema.isEmpty() ? "" : dialect.quote(schema) + ".") + dialect.quote(name);
    }

    /** Returns the statement that creates the table if it does not exist. */
    public String createStatement() {
        return "CREATE TABLE IF NOT EXISTS " + address()
                + " (revision VARCHAR(255) NOT NULL, checksum VARCHAR(64) NOT NULL,"
                + " applied_at TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT " + dialect.quote(name + "_pkc")
                + " PRIMARY KEY (revision))";
    }

    /** Returns whether the table exists. */
    public boolean exists(Connection connection) throws SQLException {
        return dialect.hasTable(connection, schema, name);
    }

    /**
     * Returns the statements that store the checksums of revisions that are applied now. An existing row is replaced.
     *
     * @param checksums the checksum of each revision
     */
    public List<String> storeStatements(Map<RevisionId, String> checksums) {
        List<String> values = new ArrayList<>();
        checksums.forEach((id, checksum) -> values.add("(" + VersionTable.literal(id.value()) + ", "
                + VersionTable.literal(checksum) + ", CURRENT_TIMESTAMP)"));
        List<String> statements = new ArrayList<>();
        for (int from = 0; from < values.size(); from += MAX_ROWS) {
            // Each dialect gets the form that its oldest supported versions accept.
            statements.add(
                    (dialect.replacesByInsertOrReplace() ? "INSERT OR REPLACE INTO " : "INSERT INTO ") + address()
                            + " (revision, checksum, applied_at) VALUES "
                            + String.join(", ", values.subList(from, Math.min(values.size(), from + MAX_ROWS)))
                            + (dialect.replacesByInsertOrReplace()
                                    ? ""
                                    : " ON CONFLICT (revision) DO UPDATE SET checksum = excluded.checksum,"
                                            + " applied_at = excluded.applied_at"));
        }
        return statements;
    }

    /** Returns the statements that delete the rows of reverted revisions. */
    public List<String> deleteStatements(Collection<RevisionId> ids) {
        List<RevisionId> all = List.copyOf(ids);
        List<String> statements = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MAX_ROWS) {
            List<RevisionId> some = all.subList(from, Math.min(all.size(), from + MAX_ROWS));
            statements.add("DELETE FROM " + address() + " WHERE revision "
                    + (some.size() == 1
                            ? "= " + VersionTable.literal(some.get(0).value())
                            : some.stream()
                                    .map(id -> VersionTable.literal(id.value()))
                                    .collect(Collectors.joining(", ", "IN (", ")"))));
        }
        return statements;
    }

    /** Returns the statement that deletes all rows. */
    public String clearStatement() {
        return "DELETE FROM " + address();
    }

    /** Reads all rows. The table must exist. */
    public SortedMap<RevisionId, Entry> read(Connection connection) throws SQLException {
        SortedMap<RevisionId, Entry> entries = new TreeMap<>();
        // As text, because SQLite has no type for times and its driver reads times as milliseconds.
        String time = dialect.utcText("applied_at");
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
