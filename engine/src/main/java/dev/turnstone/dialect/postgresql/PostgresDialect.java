package dev.turnstone.dialect.postgresql;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.FullReads;
import dev.turnstone.dialect.Present;
import dev.turnstone.dialect.SchemaTracker;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.ScriptClient;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.StartLock;
import dev.turnstone.dialect.StatementSplitter;
import dev.turnstone.dialect.SuspendedForeignKeys;
import dev.turnstone.dialect.TableExpression;
import dev.turnstone.dialect.TableRows;
import dev.turnstone.dialect.VersionedForm;
import dev.turnstone.dialect.WholeStatements;
import dev.turnstone.dialect.postgresql.catalog.CatalogReader;
import dev.turnstone.dialect.postgresql.catalog.ConcurrentSchemaChangeException;
import dev.turnstone.dialect.postgresql.catalog.ExpressionCanonicalizer;
import dev.turnstone.dialect.postgresql.catalog.RowReader;
import dev.turnstone.dialect.postgresql.catalog.UnreadableObjectException;
import dev.turnstone.dialect.postgresql.lock.InvalidIndex;
import dev.turnstone.dialect.postgresql.lock.LockHolders;
import dev.turnstone.dialect.postgresql.lock.PostgresStartLock;
import dev.turnstone.dialect.postgresql.render.PostgresIdentifier;
import dev.turnstone.dialect.postgresql.render.PostgresRendering;
import dev.turnstone.dialect.postgresql.render.PostgresTypes;
import dev.turnstone.dialect.postgresql.tracking.ChangeWatch;
import dev.turnstone.dialect.postgresql.tracking.WatchedSchema;
import dev.turnstone.operation.Operation;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL dialect. Stateless and thread-safe. The dialect of a compatible database can extend it. */
public class PostgresDialect implements Dialect {

    /** The only instance. */
    public static final PostgresDialect INSTANCE = new PostgresDialect();

    private static final List<VersionedForm> FORMS = List.of(
            VersionedForm.of("9.6", "ALTER TABLE", "ADD COLUMN IF NOT EXISTS"),
            VersionedForm.of("10", "CREATE TABLE", "AS IDENTITY"),
            VersionedForm.of("10", "ALTER TABLE", "AS IDENTITY"),
            VersionedForm.of("10", "CREATE TABLE", "PARTITION BY"),
            VersionedForm.of("10", "CREATE STATISTICS", ""),
            VersionedForm.of("10", "ALTER TYPE", "RENAME VALUE"),
            VersionedForm.of("11", "CREATE PROCEDURE", ""),
            VersionedForm.of("11", "CREATE INDEX", "INCLUDE"),
            VersionedForm.of("11", "CREATE UNIQUE INDEX", "INCLUDE"),
            VersionedForm.of("12", "CREATE TABLE", "STORED"),
            VersionedForm.of("12", "ALTER TABLE", ") STORED"),
            VersionedForm.of("12", "REINDEX", "CONCURRENTLY"),
            VersionedForm.of("13", "ALTER TABLE", "DROP EXPRESSION"),
            VersionedForm.of("14", "CREATE OR REPLACE TRIGGER", ""),
            VersionedForm.of("14", "ALTER TABLE", "DETACH PARTITION CONCURRENTLY"),
            VersionedForm.of("14", "CREATE FUNCTION", "BEGIN ATOMIC"),
            VersionedForm.of("15", "CREATE TABLE", "NULLS NOT DISTINCT"),
            VersionedForm.of("15", "ALTER TABLE", "NULLS NOT DISTINCT"),
            VersionedForm.of("15", "CREATE UNIQUE INDEX", "NULLS NOT DISTINCT"),
            VersionedForm.of("15", "MERGE INTO", ""),
            VersionedForm.of("15", "CREATE VIEW", "SECURITY_INVOKER"),
            VersionedForm.of("17", "ALTER TABLE", "SET EXPRESSION"),
            VersionedForm.of("18", "CREATE TABLE", ") VIRTUAL"),
            VersionedForm.of("18", "ALTER TABLE", ") VIRTUAL"),
            VersionedForm.of("18", "ALTER TABLE", "NOT NULL NOT VALID"));

    private static final Pattern ATOMIC = Pattern.compile("\\bATOMIC\\b", Pattern.CASE_INSENSITIVE);

    /** A setting that a function changes is not detected. */
    private static final Pattern SETTING = Pattern.compile(
            "^(SET|RESET|DISCARD|DO|CALL)\\b|set_config|\\b(TEMP|TEMPORARY|pg_temp)\\b", Pattern.CASE_INSENSITIVE);

    /** The session's user and role come first, because they decide which settings may be changed. */
    private static final String RESTORING = """
            SELECT format('SELECT set_config(%L, %L, false) WHERE current_setting(%L) <> %L', n, v, n, v)
              FROM (VALUES ('session_authorization', current_setting('session_authorization')),
                           ('role', current_setting('role'))) AS identity (n, v)
            UNION ALL
            SELECT format('SELECT set_config(n, v, false) FROM (VALUES %s) AS was (n, v) WHERE current_setting(n) <> v',
                          string_agg(format('(%L, %L)', name, current_setting(name)), ', '))
              FROM pg_catalog.pg_settings
             WHERE context IN ('user', 'superuser') AND name NOT LIKE 'transaction\\_%'
            UNION ALL
            SELECT 'DISCARD TEMP'
             WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_class WHERE relnamespace = pg_catalog.pg_my_temp_schema())
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_proc WHERE pronamespace = pg_catalog.pg_my_temp_schema())
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_type WHERE typnamespace = pg_catalog.pg_my_temp_schema())
            """;

    /** For {@link java.util.ServiceLoader}; all instances of one class are equal. */
    public PostgresDialect() {}

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public String title() {
        return "PostgreSQL";
    }

    @Override
    public String driverDependency() {
        return "org.postgresql:postgresql";
    }

    @Override
    public String quote(String identifier) {
        return PostgresIdentifier.quoted(identifier);
    }

    @Override
    public StatementSplitter splitter() {
        return StatementSplitter.forPostgresql();
    }

    @Override
    public List<SqlStatement> render(Operation operation, Present present) {
        return WholeStatements.of(this, operation, operation.accept(new PostgresRendering(this, present)));
    }

    @Override
    public ColumnType portableType(ColumnType read) {
        return read instanceof ColumnType.Native type ? PostgresTypes.portable(type.spelling()) : read;
    }

    @Override
    public SuspendedForeignKeys suspendForeignKeys(Connection connection) {
        throw new IllegalStateException("PostgreSQL never rebuilds a table.");
    }

    /**
     * {@inheritDoc}
     *
     * @throws NoCurrentSchemaException if {@code search_path} names no existing schema that the role may use
     */
    @Override
    public Scope currentScope(Connection connection) throws SQLException {
        List<String> found =
                strings(connection, "SELECT unnest(ARRAY[current_schema(), current_setting('search_path')])");
        String schema = found.get(0);
        if (schema == null) {
            throw new NoCurrentSchemaException(String.valueOf(found.get(1)));
        }
        return Scope.schema(schema);
    }

    @Override
    public boolean hasTable(Connection connection, String schema, String table) throws SQLException {
        return !strings(connection, RELATION.formatted("'r', 'p', 'f', 'v', 'm'"), schema, table)
                .isEmpty();
    }

    @Override
    public boolean hasIndex(Connection connection, String schema, String index) throws SQLException {
        return !strings(connection, RELATION.formatted("'i', 'I'"), schema, index)
                .isEmpty();
    }

    /**
     * {@inheritDoc} An index of a partitioned table always counts as valid: the server uses the indexes of its
     * partitions.
     */
    @Override
    public boolean hasValidIndex(Connection connection, String schema, String index) throws SQLException {
        return !strings(connection, RELATION.formatted("'i', 'I'") + VALID, schema, index)
                .isEmpty();
    }

    @Override
    public List<String> columns(Connection connection, String schema, String table) throws SQLException {
        return strings(connection, """
                SELECT a.attname
                  FROM pg_catalog.pg_attribute a
                  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
                  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
                   AND a.attnum > 0 AND NOT a.attisdropped
                 ORDER BY a.attnum
                """, schema, table);
    }

    @Override
    public Set<String> indexes(Connection connection, String schema, String table) throws SQLException {
        return new TreeSet<>(strings(connection, """
                SELECT x.relname
                  FROM pg_catalog.pg_index i
                  JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
                  JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
                  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = ? AND c.relname = ?
                """, schema, table));
    }

    /**
     * {@inheritDoc} A statement with COPY data travels alone, and so does one with a {@code BEGIN ATOMIC} body, after
     * which the driver no longer splits statements.
     */
    @Override
    public boolean travelsWithOthers(SqlStatement statement) {
        return statement.copyData() == null && !ATOMIC.matcher(statement.text()).find();
    }

    /** {@inheritDoc} The data of {@code COPY … FROM stdin} requires pgjdbc on the class path. */
    @Override
    public void execute(Connection connection, SqlStatement statement) throws SQLException {
        if (statement.copyData() == null) {
            Dialect.super.execute(connection, statement);
        } else {
            CopyIn.run(connection, statement.text(), statement.copyData());
        }
    }

    @Override
    public void clearHalfMade(Connection connection, SqlStatement statement) throws SQLException {
        InvalidIndex.drop(connection, statement);
    }

    @Override
    public String beginStatement() {
        return "BEGIN";
    }

    @Override
    public void begin(Connection connection, Duration timeout) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
        }
    }

    @Override
    public ScriptClient client() {
        return new ScriptClient("psql", "\\set ON_ERROR_STOP on");
    }

    @Override
    public StartLock startLock(Connection connection, String name, Duration timeout) throws SQLException {
        return PostgresStartLock.take(connection, name, timeout);
    }

    @Override
    public StartLock lockHeld() {
        return PostgresStartLock.HELD_ALREADY;
    }

    /** {@inheritDoc} The start lock lasts for the whole run. */
    @Override
    public StartLock lockWithoutTransaction(Connection connection, Duration timeout) {
        return PostgresStartLock.HELD_ALREADY;
    }

    @Override
    public String lockHolders(Connection connection, String schema, String table) throws SQLException {
        return LockHolders.ofTable(connection, schema, table);
    }

    /** {@inheritDoc} {@code lock_not_available}. */
    @Override
    public boolean isLockTimeout(SQLException failure) {
        return "55P03".equals(failure.getSQLState());
    }

    @Override
    public List<String> timeoutStatements(@Nullable Duration lock, @Nullable Duration statement) {
        List<String> statements = new ArrayList<>();
        if (lock != null) {
            statements.add("SET lock_timeout = " + lock.toMillis());
        }
        if (statement != null) {
            statements.add("SET statement_timeout = " + statement.toMillis());
        }
        return statements;
    }

    @Override
    public List<String> timeoutsToRestore(Connection connection) throws SQLException {
        List<String> settings = new ArrayList<>();
        strings(
                        connection,
                        "SELECT format('SET %I = %L', name, current_setting(name))"
                                + " FROM unnest(ARRAY['lock_timeout', 'statement_timeout']) AS name")
                .forEach(sql -> settings.add(String.valueOf(sql)));
        return settings;
    }

    @Override
    public List<String> settingsToRestore(Connection connection) throws SQLException {
        List<String> settings = new ArrayList<>();
        strings(connection, RESTORING).forEach(sql -> settings.add(String.valueOf(sql)));
        return settings;
    }

    @Override
    public boolean mayChangeSettings(String statement) {
        return SETTING.matcher(statement).find();
    }

    /**
     * {@inheritDoc}
     *
     * @throws UnreadableObjectException if the role may not use the schema
     * @throws ConcurrentSchemaChangeException if other sessions keep dropping objects during the read
     */
    @Override
    public Schema read(Connection connection, Scope scope) throws SQLException {
        return new CatalogReader(connection, scope).read();
    }

    /**
     * {@inheritDoc} If a {@link ChangeWatch} is installed, only changed objects are read again. Otherwise each read is
     * a full read.
     */
    @Override
    public SchemaTracker track(Connection connection, Scope scope) throws SQLException {
        return scope.extent() != Scope.Extent.SERVER && ChangeWatch.isOn(connection)
                ? new WatchedSchema(connection, scope)
                : new FullReads(this, connection, scope);
    }

    /**
     * {@inheritDoc}
     *
     * @throws UnreadableObjectException if the role may not read all rows of all tables
     * @throws ConcurrentSchemaChangeException if other sessions keep dropping tables during the read
     */
    @Override
    public Map<TableExpression, String> canonical(Connection connection, Collection<TableExpression> expressions)
            throws SQLException {
        return ExpressionCanonicalizer.canonical(connection, expressions);
    }

    @Override
    public SortedMap<ObjectId, TableRows> readRows(Connection connection, Scope scope) throws SQLException {
        return new RowReader(connection, scope).read();
    }

    @Override
    public Set<String> productNames() {
        return Set.of("PostgreSQL");
    }

    @Override
    public Set<String> urlSchemes() {
        return Set.of("postgres", "postgresql");
    }

    @Override
    public String driverProbe() {
        return "jdbc:postgresql://localhost/postgres";
    }

    @Override
    public String exactText(String column) {
        return column + "::text";
    }

    @Override
    public String insertableValue(String column) {
        return column + "::text";
    }

    @Override
    public String utcText(String column) {
        return "to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";
    }

    @Override
    public String existsQuery(boolean view, String name, String schema) {
        return "SELECT CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                + " ON n.oid = c.relnamespace WHERE c.relkind IN (" + (view ? "'v', 'm'" : "'r', 'p', 'f'")
                + ") AND n.nspname = " + (schema.isEmpty() ? "current_schema()" : literal(schema))
                + " AND lower(c.relname) = lower(" + literal(name) + ")) THEN 1 ELSE 0 END";
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** {@inheritDoc} {@code disk_full}. */
    @Override
    public boolean isDiskFull(SQLException failure) {
        return "53100".equals(failure.getSQLState());
    }

    /** {@inheritDoc} {@code active_sql_transaction} and {@code unsafe_new_enum_value_usage}. */
    @Override
    public boolean isRefusedInTransaction(SQLException refusal) {
        return Set.of("25001", "55P04").contains(String.valueOf(refusal.getSQLState()));
    }

    @Override
    public List<VersionedForm> versionedForms() {
        return FORMS;
    }

    @Override
    public boolean foldsUnquotedNames() {
        return true;
    }

    @Override
    public boolean hasMaterializedViews() {
        return true;
    }

    @Override
    public boolean hasTableInheritance() {
        return true;
    }

    @Override
    public boolean hasTruncate() {
        return true;
    }

    @Override
    public boolean hasSetConstraints() {
        return true;
    }

    @Override
    public boolean hasDefaultInValues() {
        return true;
    }

    @Override
    public boolean hasRowSecurity() {
        return true;
    }

    @Override
    public boolean hasServerWideObjects() {
        return true;
    }

    @Override
    public boolean storesComments() {
        return true;
    }

    @Override
    public boolean canonicalizesExpressions() {
        return true;
    }

    @Override
    public boolean computesRowDigests() {
        return true;
    }

    @Override
    public boolean readsParametersAsColumnType() {
        return true;
    }

    @Override
    public boolean abortsTransactionOnError() {
        return true;
    }

    @Override
    public boolean sequencesSurviveRollback() {
        return true;
    }

    @Override
    public boolean hasSeparateStartLock() {
        return true;
    }

    @Override
    public boolean observesLocks() {
        return true;
    }

    @Override
    public boolean observesSessions() {
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

    private static final String RELATION = """
            SELECT c.relname
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN (%s)
            """;

    private static final String VALID = """
               AND (c.relkind = 'I' OR EXISTS (SELECT FROM pg_catalog.pg_index i
                                                WHERE i.indexrelid = c.oid AND i.indisvalid))
            """;

    private static List<@Nullable String> strings(Connection connection, String sql, String... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            List<@Nullable String> strings = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    strings.add(rows.getString(1));
                }
            }
            return strings;
        }
    }
}
