package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.SchemaTracker;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.sqlite.SqliteCatalog.ColumnRow;
import dev.turnstone.dialect.sqlite.SqliteCatalog.Entry;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite database of which only the texts are read each time: equal text proves that an object is the same.
 *
 * <p>Different text does not prove the contrary, and costs one more look at that table. With virtual tables, whose modules
 * can say something else at any time, everything is read.
 */
final class FollowedCatalog implements SchemaTracker {

    private final Connection connection;
    private final String schemaName;

    private ReadTables memory = new ReadTables();
    private Map<Entry, List<ColumnRow>> columns = new HashMap<>();

    /** What the database calls its present state; the text of the catalog can be written to without a new version of it. */
    private long version = -1;

    private @Nullable Schema schema;
    private int fullReads;

    FollowedCatalog(Connection connection, String schemaName) {
        this.connection = connection;
        this.schemaName = schemaName;
    }

    @Override
    public Schema read() throws SQLException {
        long now = version();
        Schema last = schema;
        if (last != null && now == version) {
            return last;
        }
        SqliteCatalog catalog = ConsistentRead.of(connection, this::catalog);
        memory.keepOnly(catalog.entries());
        Schema read = SqliteReader.of(catalog, memory);
        schema = read;
        version = now;
        return read;
    }

    private SqliteCatalog catalog() throws SQLException {
        List<Entry> entries = SqliteCatalog.entries(connection, schemaName);
        if (entries.stream().anyMatch(Entry::isVirtual)) {
            forget();
        }
        if (columns.isEmpty()) {
            fullReads++;
            SqliteCatalog all = SqliteCatalog.read(connection, schemaName);
            remember(all);
            return all;
        }
        Map<Entry, List<ColumnRow>> known = new HashMap<>();
        Map<String, List<ColumnRow>> byTable = new HashMap<>();
        for (Entry entry : entries) {
            if (entry.isTable()) {
                List<ColumnRow> ofTable = columns.get(entry);
                if (ofTable == null) {
                    ofTable = SqliteCatalog.columnsOf(connection, schemaName, entry.name());
                }
                known.put(entry, ofTable);
                byTable.put(entry.name(), ofTable);
            }
        }
        columns = known;
        return new SqliteCatalog(entries, byTable);
    }

    private void remember(SqliteCatalog all) {
        columns = new HashMap<>();
        for (Entry entry : all.entries()) {
            List<ColumnRow> ofTable = all.columns().get(entry.name());
            if (entry.isTable() && ofTable != null) {
                columns.put(entry, ofTable);
            }
        }
    }

    /** Another one after every commit of another connection. */
    private long version() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA data_version")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void ran(List<SqlStatement> statements) {
        // The texts tell all.
    }

    @Override
    public void forget() {
        memory = new ReadTables();
        columns = new HashMap<>();
        schema = null;
    }

    @Override
    public int fullReads() {
        return fullReads;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
