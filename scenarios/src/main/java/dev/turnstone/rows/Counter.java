package dev.turnstone.rows;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Scope;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.Table;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The source of a column's generated numbers: an ascending sequence of PostgreSQL, or AUTOINCREMENT of SQLite.
 *
 * @param table the table whose rows get the numbers
 * @param column the column; empty on SQLite, where a table has one at most
 * @param name the name of the sequence, for a person
 * @param last the last number that it generated; 0 if it has generated none
 */
public record Counter(ObjectId table, String column, String name, long last) {

    /** The sequences of columns: those that a column owns, like serial and identity, and those that a default calls. */
    private static final String SEQUENCES = """
            SELECT n.nspname, c.relname, a.attname, s.relname, coalesce(pg_sequence_last_value(s.oid), 0)
              FROM (SELECT d.objid AS sequence, d.refobjid AS relation, d.refobjsubid AS attribute
                      FROM pg_depend d
                     WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
                       AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
                     UNION
                    SELECT d.refobjid, f.adrelid, f.adnum
                      FROM pg_depend d JOIN pg_attrdef f ON f.oid = d.objid
                     WHERE d.classid = 'pg_attrdef'::regclass AND d.refclassid = 'pg_class'::regclass) u
              JOIN pg_class s ON s.oid = u.sequence AND s.relkind = 'S'
              JOIN pg_sequence q ON q.seqrelid = s.oid AND q.seqincrement > 0
              JOIN pg_class c ON c.oid = u.relation
              JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.attribute
             WHERE n.nspname = ANY (?)
            """;

    /**
     * Reads the counters of all tables.
     *
     * @param scope the schema whose tables are unqualified in the model
     * @param schema the whole schema
     */
    public static List<Counter> read(Connection connection, Dialect dialect, Scope scope, Schema schema)
            throws SQLException {
        if (dialect.keepsCountersInTable()) {
            return schema.tables().stream().anyMatch(Counter::countsUp) ? onSqlite(connection) : List.of();
        }
        return schema.tables().stream()
                        .flatMap(table -> table.columns().stream())
                        .anyMatch(Counter::isCounted)
                ? onPostgresql(connection, scope, schema)
                : List.of();
    }

    private static boolean countsUp(Table table) {
        PrimaryKey key = table.primaryKey();
        return key != null && key.options().containsKey("autoincrement");
    }

    private static boolean isCounted(Column column) {
        String expression = column.defaultExpression();
        return column.identity() != null || (expression != null && expression.contains("nextval("));
    }

    private static List<Counter> onSqlite(Connection connection) throws SQLException {
        List<Counter> counters = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet numbers = statement.executeQuery("SELECT name, seq FROM sqlite_sequence")) {
            while (numbers.next()) {
                counters.add(new Counter(
                        ObjectId.of(ObjectKind.TABLE, numbers.getString(1)),
                        "",
                        "AUTOINCREMENT of " + numbers.getString(1),
                        numbers.getLong(2)));
            }
        }
        return counters;
    }

    private static List<Counter> onPostgresql(Connection connection, Scope scope, Schema schema) throws SQLException {
        String[] schemas = schema.tables().stream()
                .map(table -> table.schema().isEmpty() ? scope.schema() : table.schema())
                .distinct()
                .toArray(String[]::new);
        List<Counter> counters = new ArrayList<>();
        Array names = connection.createArrayOf("text", schemas);
        try (PreparedStatement statement = connection.prepareStatement(SEQUENCES)) {
            statement.setArray(1, names);
            try (ResultSet sequences = statement.executeQuery()) {
                while (sequences.next()) {
                    String in = sequences.getString(1);
                    counters.add(new Counter(
                            ObjectId.of(ObjectKind.TABLE, in.equals(scope.schema()) ? "" : in, sequences.getString(2)),
                            sequences.getString(3),
                            "sequence " + sequences.getString(4),
                            sequences.getLong(5)));
                }
            }
        } finally {
            names.free();
        }
        return counters;
    }

    /** Returns whether another counter is for the same column. */
    private boolean sameAs(Counter other) {
        return table.equals(other.table) && column.equals(other.column);
    }

    /**
     * Returns the counters that were reset, so that they generate numbers a second time.
     *
     * @param before the counters at the first moment
     * @param after the counters of the same tables at a later moment
     */
    public static List<RowDifference> setBack(List<Counter> before, List<Counter> after) {
        List<RowDifference> differences = new ArrayList<>();
        for (Counter former : before) {
            after.stream()
                    .filter(former::sameAs)
                    .filter(later -> later.last < former.last)
                    .map(later -> new RowDifference(
                            former.table,
                            RowDifference.Kind.CHANGED,
                            later.name + " gave " + former.last + " last, and is at "
                                    + (later.last == 0 ? "its beginning" : later.last)
                                    + " now: it will give numbers again that rows have had"))
                    .forEach(differences::add);
        }
        return differences;
    }
}
