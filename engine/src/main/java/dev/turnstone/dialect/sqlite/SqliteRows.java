package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.TableRows;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the row count and a digest of each table. */
final class SqliteRows {

    private SqliteRows() {}

    /** Reads every table that stores its rows itself. The rows of a virtual table belong to its module. */
    static SortedMap<ObjectId, TableRows> read(Connection connection, String schema) throws SQLException {
        return ConsistentRead.of(connection, () -> {
            SortedMap<ObjectId, TableRows> rows = new TreeMap<>();
            for (SqliteCatalog.Entry entry :
                    SqliteCatalog.read(connection, schema).entries()) {
                if (entry.isTable() && !entry.isVirtual()) {
                    TableRows found = rowsOf(connection, schema, entry.name());
                    if (found.count() > 0) {
                        rows.put(ObjectId.of(ObjectKind.ROW, entry.name()), found);
                    }
                }
            }
            return rows;
        });
    }

    private static TableRows rowsOf(Connection connection, String schema, String table) throws SQLException {
        String query = "SELECT * FROM " + Identifier.quoted(schema) + "." + Identifier.quoted(table);
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            List<Column> columns = columns(rows.getMetaData());
            RowDigest digest = new RowDigest();
            while (rows.next()) {
                for (Column column : columns) {
                    Object value = rows.getObject(column.number());
                    // Decoding a text that is not valid UTF-8 loses information: its bytes are the value.
                    boolean lossy = value instanceof String text && text.indexOf('\uFFFD') >= 0;
                    digest.add(column.name(), lossy ? rows.getBytes(column.number()) : value);
                }
                digest.endRow();
            }
            return digest.result();
        }
    }

    private record Column(String name, int number) {}

    /** Sorts by name, so that the order of the columns makes no difference. */
    private static List<Column> columns(ResultSetMetaData metaData) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            columns.add(new Column(Identifier.folded(metaData.getColumnLabel(i)), i));
        }
        columns.sort(Comparator.comparing(Column::name));
        return columns;
    }
}
