package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Present;
import dev.turnstone.dialect.SchemaTracker;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.ScriptClient;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.StartLock;
import dev.turnstone.dialect.StatementSplitter;
import dev.turnstone.dialect.SuspendedForeignKeys;
import dev.turnstone.dialect.TableRows;
import dev.turnstone.dialect.VersionedForm;
import dev.turnstone.dialect.WholeStatements;
import dev.turnstone.operation.Operation;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The SQLite dialect. Stateless and thread-safe. The dialect of a compatible database can extend it. */
public class SqliteDialect implements Dialect {

    /** The only instance. */
    public static final SqliteDialect INSTANCE = new SqliteDialect();

    private static final Set<ObjectKind> KINDS = EnumSet.of(
            ObjectKind.TABLE,
            ObjectKind.COLUMN,
            ObjectKind.DEFAULT,
            ObjectKind.PRIMARY_KEY,
            ObjectKind.UNIQUE,
            ObjectKind.CHECK,
            ObjectKind.FOREIGN_KEY,
            ObjectKind.INDEX,
            ObjectKind.VIEW,
            ObjectKind.TRIGGER);

    private static final List<VersionedForm> FORMS = List.of(
            VersionedForm.of("3.24", "INSERT", "DO UPDATE"),
            VersionedForm.of("3.24", "INSERT", "DO NOTHING"),
            VersionedForm.of("3.25", "ALTER TABLE", "RENAME COLUMN"),
            VersionedForm.of("3.31", "CREATE TABLE", "GENERATED ALWAYS"),
            VersionedForm.of("3.31", "ALTER TABLE", "GENERATED ALWAYS"),
            VersionedForm.of("3.33", "UPDATE", "FROM"),
            VersionedForm.of("3.35", "ALTER TABLE", "DROP"),
            VersionedForm.of("3.35", "INSERT", "RETURNING"),
            VersionedForm.of("3.35", "UPDATE", "RETURNING"),
            VersionedForm.of("3.35", "DELETE", "RETURNING"),
            VersionedForm.of("3.37", "CREATE TABLE", ") STRICT"),
            VersionedForm.of("3.37", "CREATE TABLE", ", STRICT"),
            VersionedForm.of("3.53", "ALTER TABLE", "SET NOT NULL"),
            VersionedForm.of("3.53", "ALTER TABLE", "ADD CONSTRAINT"),
            VersionedForm.of("3.53", "ALTER TABLE", "ADD CHECK"));

    private static final int SQLITE_FULL = 13;
    private static final List<String> SETTINGS = List.of(
            "busy_timeout",
            "cache_size",
            "cell_size_check",
            "foreign_keys",
            "ignore_check_constraints",
            "legacy_alter_table",
            "query_only",
            "recursive_triggers",
            "reverse_unordered_selects",
            "synchronous",
            "temp_store",
            "trusted_schema",
            "writable_schema");

    /** For {@link java.util.ServiceLoader}; all instances of one class are equal. */
    public SqliteDialect() {}

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public String title() {
        return "SQLite";
    }

    @Override
    public String driverDependency() {
        return "org.xerial:sqlite-jdbc";
    }

    @Override
    public String quote(String identifier) {
        return Identifier.quoted(identifier);
    }

    @Override
    public StatementSplitter splitter() {
        return StatementSplitter.forSqlite();
    }

    @Override
    public List<SqlStatement> render(Operation operation, Present present) {
        return WholeStatements.of(this, operation, operation.accept(new SqliteRendering(this, present)));
    }

    @Override
    public ColumnType portableType(ColumnType read) {
        return read instanceof ColumnType.Native type ? SqliteTypes.portable(type.spelling()) : read;
    }

    @Override
    public SuspendedForeignKeys suspendForeignKeys(Connection connection) throws SQLException {
        return SqliteForeignKeys.suspend(connection);
    }

    @Override
    public Scope currentScope(Connection connection) {
        return Scope.schema("main");
    }

    /** Returns whether the schema has a table or a view of that name, ignoring letter case. */
    @Override
    public boolean hasTable(Connection connection, String schema, String table) throws SQLException {
        return holds(connection, schema, "type IN ('table', 'view')", table);
    }

    /**
     * Returns whether the schema has an index of that name, ignoring letter case, including the indexes of constraints.
     */
    @Override
    public boolean hasIndex(Connection connection, String schema, String index) throws SQLException {
        return holds(connection, schema, "type = 'index'", index);
    }

    private static boolean holds(Connection connection, String schema, String condition, String name)
            throws SQLException {
        String query = "SELECT 1 FROM " + Identifier.quoted(schema) + ".sqlite_master WHERE " + condition
                + " AND name = ? COLLATE NOCASE";
        return !SqliteCatalog.strings(connection, query, name).isEmpty();
    }

    /** Returns the names of all columns, including hidden and generated ones. */
    @Override
    public List<String> columns(Connection connection, String schema, String table) throws SQLException {
        return SqliteCatalog.strings(
                connection, "SELECT name FROM pragma_table_xinfo(?, ?) ORDER BY cid", table, schema);
    }

    /** Returns the names of all indexes, including {@code sqlite_autoindex_…} of constraints. */
    @Override
    public Set<String> indexes(Connection connection, String schema, String table) throws SQLException {
        return new TreeSet<>(
                SqliteCatalog.strings(connection, "SELECT name FROM pragma_index_list(?, ?)", table, schema));
    }

    /** {@inheritDoc} Always false: the driver runs only the first of several statements, and reports success. */
    @Override
    public boolean travelsWithOthers(SqlStatement statement) {
        return false;
    }

    @Override
    public String beginStatement() {
        return "BEGIN IMMEDIATE";
    }

    @Override
    public void begin(Connection connection, Duration timeout) throws SQLException {
        SqliteStartLock.beginImmediate(connection, timeout);
    }

    @Override
    public ScriptClient client() {
        return new ScriptClient("sqlite3", ".bail on");
    }

    @Override
    public StartLock startLock(Connection connection, String name, Duration timeout) {
        return new SqliteStartLock();
    }

    @Override
    public StartLock lockHeld() {
        return new SqliteStartLock();
    }

    /** {@inheritDoc} It creates an empty file beside the database, {@code …-turnstone-lock}, which is never deleted. */
    @Override
    public StartLock lockWithoutTransaction(Connection connection, Duration timeout) throws SQLException {
        return SqliteSideLock.take(connection, timeout);
    }

    /** {@inheritDoc} {@code SQLITE_FULL}. */
    @Override
    public boolean isDiskFull(SQLException failure) {
        return (failure.getErrorCode() & 0xFF) == SQLITE_FULL;
    }

    /** {@inheritDoc} {@code SQLITE_BUSY}, in all its kinds. */
    @Override
    public boolean isLockTimeout(SQLException failure) {
        return SqliteStartLock.isBusy(failure);
    }

    /** {@inheritDoc} SQLite has no statement timeout. */
    @Override
    public List<String> timeoutStatements(@Nullable Duration lock, @Nullable Duration statement) {
        return lock == null ? List.of() : List.of("PRAGMA busy_timeout = " + lock.toMillis());
    }

    @Override
    public List<String> timeoutsToRestore(Connection connection) throws SQLException {
        // Unlike a query of pragma_busy_timeout, this reads nothing from the file, which may be locked.
        return SqliteCatalog.strings(connection, "PRAGMA busy_timeout").stream()
                .map(millis -> "PRAGMA busy_timeout = " + millis)
                .toList();
    }

    @Override
    public List<String> settingsToRestore(Connection connection) throws SQLException {
        List<String> pragmas = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (String pragma : SETTINGS) {
                try (ResultSet result = statement.executeQuery("PRAGMA " + pragma)) {
                    pragmas.add("PRAGMA " + pragma + " = " + result.getString(1));
                }
            }
        }
        return pragmas;
    }

    @Override
    public List<String> dropsOfTemporary(Connection connection) throws SQLException {
        List<String> drops = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT type, name FROM sqlite_temp_master WHERE type IN ('table', 'view', 'trigger')"
                                + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type = 'table', name")) {
            while (result.next()) {
                drops.add("DROP " + result.getString(1) + " IF EXISTS temp.\""
                        + result.getString(2).replace("\"", "\"\"") + "\"");
            }
        }
        return drops;
    }

    @Override
    public boolean mayChangeSettings(String statement) {
        String lower = statement.toLowerCase(Locale.ROOT);
        return lower.contains("pragma") || lower.contains("temp");
    }

    /**
     * Reads one schema. The scope of a whole database is the same, because attached files are separate databases.
     *
     * @throws UnreadableDefinitionException if a stored definition cannot be parsed
     */
    @Override
    public Schema read(Connection connection, Scope scope) throws SQLException {
        if (scope.extent() == Scope.Extent.SERVER) {
            return Schema.EMPTY;
        }
        return SqliteReader.read(connection, scope.schema());
    }

    /** Tracks all tables except virtual ones. */
    @Override
    public SchemaTracker track(Connection connection, Scope scope) {
        return new IncrementalCatalog(connection, scope.schema());
    }

    @Override
    public SortedMap<ObjectId, TableRows> readRows(Connection connection, Scope scope) throws SQLException {
        return SqliteRows.read(connection, scope.schema());
    }

    @Override
    public Optional<String> reachesOutside(String sql) {
        return FileBoundary.whyOutside(sql);
    }

    @Override
    public Connection confined(Connection connection, Path directory) throws SQLException {
        return ConfinedConnection.of(connection, new FileBoundary(directory));
    }

    @Override
    public Set<String> productNames() {
        return Set.of("SQLite");
    }

    @Override
    public Set<String> urlSchemes() {
        return Set.of("sqlite", "sqlite3");
    }

    @Override
    public String scriptSchema() {
        return "main";
    }

    @Override
    public String exactText(String column) {
        return "CASE WHEN " + column + " IS NOT NULL THEN quote(" + column + ") END";
    }

    @Override
    public String utcText(String column) {
        return "strftime('%Y-%m-%dT%H:%M:%SZ', " + column + ")";
    }

    @Override
    public String existsQuery(boolean view, String name, String schema) {
        return "SELECT count(*) FROM sqlite_master WHERE type = '" + (view ? "view" : "table")
                + "' AND lower(name) = lower('" + name.replace("'", "''") + "')";
    }

    @Override
    public List<VersionedForm> versionedForms() {
        return FORMS;
    }

    @Override
    public boolean has(ObjectKind kind) {
        return KINDS.contains(kind);
    }

    @Override
    public boolean storesDatabaseInFile() {
        return true;
    }

    @Override
    public boolean ignoresCaseOfNames() {
        return true;
    }

    @Override
    public boolean hasDynamicTypes() {
        return true;
    }

    @Override
    public boolean hasRowIds() {
        return true;
    }

    @Override
    public boolean replacesByInsertOrReplace() {
        return true;
    }

    @Override
    public boolean keepsCountersInTable() {
        return true;
    }

    @Override
    @SuppressWarnings("EqualsGetClass") // a dialect that extends this one is another dialect
    public boolean equals(@Nullable Object other) {
        return other != null && other.getClass() == getClass();
    }

    @Override
    public int hashCode() {
        return getClass().hashCode();
    }
}
