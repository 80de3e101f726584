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
 * Tracks a SQLite database of which each read fetches only the definition texts: an equal text proves an equal object.
 *
 * <p>A different text does not prove a difference, and costs one more read of that table. If the database has virtual
 * tables, each read is a full read, because their modules can report different columns at any time.
 */
final class IncrementalCatalog implements SchemaTracker {

    /** What can make a connection's own idea of the catalog another one than that of the file. */
    private static final Pattern BEHIND_ITS_BACK = Pattern.compile("pragma|sqlite_", Pattern.CASE_INSENSITIVE);

    /** The minimum number of dropped tables to keep: a table that is created again often has the same text. */
    private static final int SPARE = 100;

    private final Connection connection;
    private final String schemaName;
    private final CatalogText text = new CatalogText();

    private TableCache memory = new TableCache();
    private Map<Entry, List<ColumnRow>> columns = new HashMap<>();

    /** SQLite's version of the database's state. A write to the catalog's text does not always change it. */
    private long version = -1;

    private @Nullable Schema schema;
    private int fullReads;
    private boolean workerIsWrong;

    IncrementalCatalog(Connection connection, String schemaName) {
        this.connection = connection;
        this.schemaName = schemaName;
    }

    @Override
    public Schema read() throws SQLException {
        return read(null);
    }

    /** {@inheritDoc} Any other connection would have to read and parse the whole catalog again after each change. */
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

    /** Returns the catalog as the worker reads it in a transaction of its own, or null if the worker cannot read it. */
    private @Nullable SqliteCatalog catalogOn(Connection worker) {
        try (Statement statement = worker.createStatement()) {
            statement.execute("BEGIN");
            try {
                return catalog(worker);
            } finally {
                statement.execute("ROLLBACK");
            }
        } catch (SQLException e) {
            // The worker refuses BEGIN within a transaction. Any other error also occurs on the tracker's own
            // connection.
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

    /** Returns a number that changes after every commit of another connection. */
    private long version() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA data_version")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void ran(List<SqlStatement> statements) {
        // The texts are complete if the connection that reads them has the catalog of the file.
        workerIsWrong |= statements.stream()
                .anyMatch(s -> BEHIND_ITS_BACK.matcher(s.text()).find());
    }

    @Override
    public void forget() {
        memory = new TableCache();
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
