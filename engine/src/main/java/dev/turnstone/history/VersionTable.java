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
 * The version table of one database, always addressed with its schema. Immutable; connections are the caller's.
 *
 * @param dialect how its names are quoted
 * @param schema the schema that holds it; empty in a script, where the client's settings choose one
 * @param name its name; {@value #DEFAULT_NAME} unless the user chose another
 */
public record VersionTable(Dialect dialect, String schema, String name) {

    /** The name where the user chose none. */
    public static final String DEFAULT_NAME = "turnstone_version";

    /** The name of Alembic's table, beside which no table of ours is made. */
    public static final String ALEMBICS = "alembic_version";

    /** The tables in which a database with the usual names keeps its version; no comparison of schemas counts them. */
    public static final Set<String> USUAL_TABLES = Set.of(DEFAULT_NAME, DEFAULT_NAME + ChecksumTable.SUFFIX);

    /** How long an identifier may be in a table that we made. */
    private static final int WIDTH = 255;

    private String address() {
        return (schema.isEmpty() ? "" : dialect.quote(schema) + ".") + dialect.quote(name);
    }

    /** A key for locks that is the same for all that migrate this database, and for no one else. */
    public String lockKey() {
        return schema + "." + name;
    }

    /** The statement that makes the table, in Alembic's layout, where it is not there yet. */
    public String createStatement() {
        return "CREATE TABLE IF NOT EXISTS " + address() + " (version_num VARCHAR(" + WIDTH + ") NOT NULL, CONSTRAINT "
                + dialect.quote(name + "_pkc") + " PRIMARY KEY (version_num))";
    }

    /** The table for checksums that belongs to this one. */
    public ChecksumTable checksums() {
        return new ChecksumTable(dialect, schema, name + ChecksumTable.SUFFIX);
    }

    /** The statements that make this table where it is not there, and the one for checksums unless this is Alembic's. */
    public List<String> createStatements() {
        return name.equals(ALEMBICS)
                ? List.of(createStatement())
                : List.of(createStatement(), checksums().createStatement());
    }

    /** The statement that takes all rows out, those too that name no revision. */
    public String clearStatement() {
        return "DELETE FROM " + address();
    }

    /**
     * Reads the rows.
     *
     * @return the heads of what is applied, or nothing where the table is not there
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

    /** Reads the rows of the table, which is there. */
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

    /** The query for all rows of the table, which is there. */
    public String rowsStatement() {
        return "SELECT version_num FROM " + address();
    }

    /** What {@link #rowsStatement} answers. */
    public static Set<RevisionId> rowsOf(ResultSet result) throws SQLException {
        Set<RevisionId> rows = new TreeSet<>();
        while (result.next()) {
            rows.add(RevisionId.spelled(result.getString(1)));
        }
        return rows;
    }

    /** The statements that carry out changes of rows, one for each, in the same order; each changes one row. */
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
     * Checks that the identifiers of a run fit into the table's column, which is narrower where another tool made it.
     *
     * @param there whether the table is there; if not, it is going to be made by {@link #createStatement}
     * @throws RevisionIdTooLongException when one does not
     */
    public void checkWidth(Connection connection, List<RevisionId> ids, boolean there) throws SQLException {
        if (!ids.isEmpty()) {
            checkWidth(ids, there ? width(connection) : WIDTH);
        }
    }

    /**
     * The same where the width is known.
     *
     * @param width in characters
     * @throws RevisionIdTooLongException when one does not
     */
    public void checkWidth(List<RevisionId> ids, int width) {
        for (RevisionId id : ids) {
            if (id.value().length() > width) {
                throw new RevisionIdTooLongException(id, name, width);
            }
        }
    }

    /** How many characters the table's column takes; the table is there. */
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
