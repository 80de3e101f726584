package dev.turnstone.junit;

import dev.turnstone.database.Keep;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.execution.DatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The databases of one invocation of a test method, one for each requested revision. JUnit closes them after the
 * method and its lifecycle methods, whether they fail or not. Thread-safe.
 */
final class TestMethodDatabases implements AutoCloseable {

    private final ExtensionContext context;
    private final Dialect dialect;
    private final Map<String, TestDatabase> byTarget = new LinkedHashMap<>();
    private final Map<String, MigratedDatabase> given = new LinkedHashMap<>();
    private final Deque<Connection> connections = new ArrayDeque<>();

    private TestMethodDatabases(ExtensionContext context, Dialect dialect) {
        this.context = context;
        this.dialect = dialect;
    }

    /** Returns the databases of the context's method. */
    static TestMethodDatabases of(ExtensionContext context, Dialect dialect) {
        return context.getStore(MigrationTestExtension.NAMESPACE)
                .getOrComputeIfAbsent(
                        TestMethodDatabases.class,
                        type -> new TestMethodDatabases(context, dialect),
                        TestMethodDatabases.class);
    }

    /** Returns the database at a target, which the first call creates. */
    synchronized MigratedDatabase at(String target) {
        MigratedDatabase known = given.get(target);
        if (known != null) {
            return known;
        }
        MigrationTestSettings settings = SettingsLookup.settings(context);
        TestDatabase made = TestRun.of(context).copies(settings).at(target, settings, dialect);
        byTarget.put(target, made);
        MigratedDatabase database = new MigratedDatabase(made, settings.tool());
        given.put(target, database);
        return database;
    }

    /** Opens a connection to the database at a target, which is closed after the method. */
    synchronized Connection connect(String target) {
        MigratedDatabase database = at(target);
        try {
            Connection connection = database.dataSource().getConnection();
            connections.push(connection);
            return connection;
        } catch (SQLException e) {
            throw new DatabaseException("connect to " + database, e);
        }
    }

    @Override
    public synchronized void close() {
        boolean kept = context.getExecutionException().isPresent()
                && TestRun.of(context)
                                .databases(SettingsLookup.settings(context))
                                .keep()
                        == Keep.FAILED;
        connections.forEach(TestMethodDatabases::close);
        RuntimeException first = null;
        for (TestDatabase database : byTarget.values()) {
            if (kept) {
                database.keep(title());
            }
            database.close();
            first = proven(database, first);
        }
        if (first != null) {
            throw first;
        }
    }

    private static @Nullable RuntimeException proven(TestDatabase database, @Nullable RuntimeException first) {
        try {
            database.requireIsolation();
            return first;
        } catch (RuntimeException e) {
            if (first == null) {
                return e;
            }
            first.addSuppressed(e);
            return first;
        }
    }

    private String title() {
        return context.getRequiredTestClass().getSimpleName() + "."
                + context.getRequiredTestMethod().getName() + "[" + context.getDisplayName() + "]";
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // The database is dropped next, which ends the connection on the server.
            org.slf4j.LoggerFactory.getLogger(TestMethodDatabases.class)
                    .debug("A connection of a test did not close.", e);
        }
    }
}
