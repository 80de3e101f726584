package dev.turnstone.history;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.RowChange;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The version table of one database. Its name is always qualified with its schema. Immutable; the caller provides the
 * connections.
 *
 * @param dialect quotes the names
 * @param schema the schema that contains the table; empty in a script, where the client's settings determine the
 *     schema
 * @param name the table's name; {@value #DEFAULT_NAME} unless the user chose another
 */
public record VersionTable(Dialect dialect, String schema, String name) {

    /** The default name. */
    public static final String DEFAULT_NAME = "turnstone_version";

    /** The name of Alembic's table. Turnstone creates no checksum table beside it. */
    public static final String ALEMBIC_TABLE = "alembic_version";

    /** The default names of the version table and the checksum table. Comparisons of schemas ignore them. */
    public static final Set<String> USUAL_TABLES = Set.of(DEFAULT_NAME, DEFAULT_NAME + ChecksumTable.SUFFIX);

    /** The maximum length of an identifier, in characters, in a table that Turnstone created. */
    private static final int WIDTH = 255;

    private String address() {
        return (schema.isEmpty() ? "" : dialect.quote(schema) + ".") + dialect.quote(name);
    }

    /** Returns the key of the lock that serializes all migrations of this version table. */
    public String lockKey() {
        return schema + "." + name;
    }

    /** Returns the statement that creates the table, in Alembic's layout, if it does not exist. */
    public String createStatement() {
        return "CREATE TABLE IF NOT EXISTS " + address() + " (version_num VARCHAR(" + WIDTH + ") NOT NULL, CONSTRAINT "
                + dialect.quote(name + "_pkc") + " PRIMARY KEY (version_num))";
    }

    /** Returns the checksum table that belongs to this table. */
    public ChecksumTable checksums() {
        return new ChecksumTable(dialect, schema, name + ChecksumTable.SUFFIX);
    }

    /**
     * Returns the statements that create this table if it does not exist, and the checksum table unless this is
     * Alembic's table.
     */
    public List<String> createStatements() {
        return name.equals(ALEMBIC_TABLE)
                ? List.of(createStatement())
                : List.of(createStatement(), checksums().createStatement());
    }

    /** Returns the statement that deletes all rows, including those that name no revision. */
    public String clearStatement() {
        return "DELETE FROM " + address();
    }

    /**
     * Reads the rows.
     *
     * @return the version rows; empty if the table does not exist
     */
    public Optional<Set<RevisionId>> read(Connection connection) throws SQLException {
        return read(connection, 0);
    }

    /**
     * The same within a time, which takes no statement of its own to set.
     *
     * @param seconds after which the read is cancelled; 0 for no limit
     * @return the heads of what is applied, or nothing where the table is not there
     */
    public Optional<Set<RevisionId>> read(Connection connection, int seconds) throws SQLException {
        if (!dialect.hasTable(connection, schema, name)) {
            return Optional.empty();
        }
        return Optional.of(rows(connection, seconds));
    }

    /** Reads the rows. The table must exist. */
    public Set<RevisionId> rows(Connection connection) throws SQLException {
        return rows(connection, 0);
    }

    private Set<RevisionId> rows(Connection connection, int seconds) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(seconds);
            try (ResultSet result = statement.executeQuery(rowsStatement())) {
                return rowsOf(result);
            }
        }
    }

    /** Returns the query for all rows. The table must exist when it runs. */
    public String rowsStatement() {
        return "SELECT version_num FROM " + address();
    }

    /** Reads the result of {@link #rowsStatement}. */
    public static Set<RevisionId> rowsOf(ResultSet result) throws SQLException {
        Set<RevisionId> rows = new TreeSet<>();
        while (result.next()) {
            rows.add(RevisionId.spelled(result.getString(1)));
        }
        return rows;
    }

    /** Returns one statement for each row change, in the same order. Each statement changes one row. */
    public List<String> statements(List<RowChange> changes) {
        return changes.stream().map(this::statement).toList();
    }

    private String statement(RowChange change) {
        if (change instanceof RowChange.Insert insert) {
            return "INSERT INTO " + address() + " (version_num) VALUES (" + literal(insert.id()) + ")";
        }
        if (change instanceof RowChange.Delete delete) {
            return "DELETE FROM " + address() + " WHERE version_num = " + literal(delete.id());
        }
        RowChange.Update update = (RowChange.Update) change;
        return "UPDATE " + address() + " SET version_num = " + literal(update.to()) + " WHERE version_num = "
                + literal(update.from());
    }

    /**
     * Checks that the identifiers of a run fit into the table's column, which may be narrower in another tool's table.
     *
     * @param exists whether the table exists; if not, {@link #createStatement} will create it
     * @throws RevisionIdTooLongException if an identifier does not fit
     */
    public void checkWidth(Connection connection, List<RevisionId> ids, boolean exists) throws SQLException {
        if (!ids.isEmpty()) {
            checkWidth(ids, exists ? width(connection) : WIDTH);
        }
    }

    /**
     * Checks that identifiers fit into a column.
     *
     * @param width the width of the column in characters
     * @throws RevisionIdTooLongException if an identifier does not fit
     */
    public void checkWidth(List<RevisionId> ids, int width) {
        for (RevisionId id : ids) {
            if (id.value().length() > width) {
                throw new RevisionIdTooLongException(id, name, width);
            }
        }
    }

    /** Returns the width of the table's column in characters. The table must exist. */
    public int width(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT version_num FROM " + address() + " WHERE 1 = 0")) {
            int declared = result.getMetaData().getPrecision(1);
            return declared > 0 ? declared : Integer.MAX_VALUE;
        }
    }

    private static String literal(RevisionId id) {
        return literal(id.value());
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
