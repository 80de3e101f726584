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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite database of which only the texts are read each time: equal text proves that an object is the same.
 *
 * <p>Different text does not prove the contrary, and costs one more look at that table. With virtual tables, whose modules
 * can say something else at any time, everything is read.
 */
final class FollowedCatalog implements SchemaTracker {

    /** What can make a connection's own idea of the catalog another one than that of the file. */
    private static final Pattern BEHIND_ITS_BACK = Pattern.compile("pragma|sqlite_", Pattern.CASE_INSENSITIVE);

    /** How many tables that are gone are known at least: one that comes again has often the same text. */
    private static final int SPARE = 100;

    private final Connection connection;
    private final String schemaName;
    private final CatalogText text = new CatalogText();

    private ReadTables memory = new ReadTables();
    private Map<Entry, List<ColumnRow>> columns = new HashMap<>();

    /** What the database calls its present state; the text of the catalog can be written to without a new version of it. */
    private long version = -1;

    private @Nullable Schema schema;
    private int fullReads;
    private boolean workerIsWrong;

    FollowedCatalog(Connection connection, String schemaName) {
        this.connection = connection;
        this.schemaName = schemaName;
    }

    @Override
    public Schema read() throws SQLException {
        return read(null);
    }

    /**
     * {@inheritDoc} Any other connection has to read and parse the whole catalog again after each change of it, before it
     * answers anything about it.
     */
    @Override
    public Schema readOn(Connection worker) throws SQLException {
        return read(worker);
    }

    private Schema read(@Nullable Connection worker) throws SQLException {
        long now = version();
        Schema last = schema;
        if (last != null && now == version) {
            return last;
        }
        SqliteCatalog catalog = worker == null || workerIsWrong || columns.isEmpty() ? null : catalogOn(worker);
        if (catalog == null) {
            catalog = ConsistentRead.of(connection, () -> catalog(connection));
        }
        memory.keepOnly(catalog.entries());
        Schema read = SqliteReader.of(catalog, memory);
        schema = read;
        version = now;
        return read;
    }

    /** The catalog as the worker reads it in a transaction of its own; null where it has another, or cannot. */
    private @Nullable SqliteCatalog catalogOn(Connection worker) {
        try (Statement statement = worker.createStatement()) {
            statement.execute("BEGIN");
            try {
                return catalog(worker);
            } finally {
                statement.execute("ROLLBACK");
            }
        } catch (SQLException e) {
            // Refused is BEGIN, within a transaction. Whatever else it was shows on the tracker's own connection.
            return null;
        }
    }

    private SqliteCatalog catalog(Connection from) throws SQLException {
        List<Entry> found = text.entries(from, schemaName);
        if (found.stream().anyMatch(Entry::isVirtual)) {
            forget();
        }
        if (columns.isEmpty()) {
            fullReads++;
            SqliteCatalog all = SqliteCatalog.read(from, schemaName);
            remember(all);
            return all;
        }
        Map<String, List<ColumnRow>> byTable = new HashMap<>();
        for (Entry entry : found) {
            if (entry.isTable()) {
                List<ColumnRow> ofTable = columns.get(entry);
                if (ofTable == null) {
                    ofTable = SqliteCatalog.columnsOf(from, schemaName, entry.name());
                    columns.put(entry, ofTable);
                }
                byTable.put(entry.name(), ofTable);
            }
        }
        if (columns.size() > 2 * found.size() + SPARE) {
            columns.keySet().retainAll(new HashSet<>(found));
        }
        return new SqliteCatalog(found, byTable);
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
        // The texts tell all, where they are read by a connection that knows them.
        workerIsWrong |= statements.stream()
                .anyMatch(s -> BEHIND_ITS_BACK.matcher(s.text()).find());
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
