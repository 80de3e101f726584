package dev.turnstone.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a PostgreSQL database outside all test schemas. They are compared while test schemas exist. Thread-safe.
 *
 * <p>Test schemas of this process and of others carry Turnstone's marker and are left out, so that tests do not affect each
 * other. Every catalog row contains the transaction that wrote it, so that two readings show each change. Rows of tables,
 * roles, and comments are not read. If no transaction on the whole server has written anything since the last reading,
 * the objects are not read again.
 */
final class UnrelatedObjects {

    /** Reads all objects of the connection's database outside test schemas. */
    static final String QUERY = Fingerprint.query("outside.sql");

    /** The snapshot of a statement: the same text for two statements means that both read the same state. */
    private static final String SEEN = "SELECT txid_current_snapshot()::text";
    /** The prefix of the row of the query that contains the snapshot of {@link #SEEN}. */
    private static final String SEEN_BY_QUERY = "seen ";

    private final Map<PostgresSchema, List<Found>> open = new HashMap<>();
    private Reading last = new Reading(new Fingerprint(Map.of()), null);

    /**
     * One reading.
     *
     * @param objects all objects with their states
     * @param seen the snapshot of the reading; null before the first reading
     */
    private record Reading(Fingerprint objects, @Nullable String seen) {}

    /** The changes, and the tests that ran at that time. */
    private record Found(List<String> changes, Set<PostgresSchema> running) {}

    /** Reads the objects before a test schema is created. */
    synchronized void readBefore(Connection connection) throws SQLException {
        if (PostgresServer.text(connection, SEEN).equals(last.seen)) {
            return;
        }
        if (open.isEmpty()) {
            last = read(connection);
        } else {
            compare(connection);
        }
    }

    /** Registers a test schema that was created after {@link #readBefore}, before test code uses it. */
    synchronized void opened(PostgresSchema schema) {
        open.put(schema, new ArrayList<>());
    }

    /**
     * Unregisters a dropped test schema, and reads which objects outside it changed.
     *
     * @return an exception to throw, or null if nothing changed
     */
    synchronized @Nullable IsolationBrokenException closed(PostgresSchema schema, Connection connection)
            throws SQLException {
        if (!open.containsKey(schema)) {
            return null;
        }
        compare(connection);
        List<Found> found = Objects.requireNonNull(open.remove(schema));
        if (found.isEmpty()) {
            return null;
        }
        Set<String> others = new LinkedHashSet<>();
        found.forEach(f -> f.running.stream()
                .filter(other -> other != schema)
                .map(PostgresSchema::describe)
                .forEach(others::add));
        return new IsolationBrokenException(
                schema.describe(),
                found.stream().flatMap(f -> f.changes.stream()).toList(),
                List.copyOf(others));
    }

    /** Unregisters a schema after whose end the objects could not be read. */
    synchronized void forget(PostgresSchema schema) {
        open.remove(schema);
    }

    private void compare(Connection connection) throws SQLException {
        Fingerprint before = last.objects;
        last = read(connection);
        List<String> changes = before.changesTo(last.objects);
        if (!changes.isEmpty()) {
            Found found = new Found(changes, Set.copyOf(open.keySet()));
            open.values().forEach(list -> list.add(found));
        }
    }

    private static Reading read(Connection connection) throws SQLException {
        Fingerprint found = Fingerprint.read(connection, QUERY);
        return new Reading(withoutMoment(found), found.states().get(SEEN_BY_QUERY));
    }

    /** Returns the objects without the row of the snapshot. */
    static Fingerprint withoutMoment(Fingerprint found) {
        Map<String, String> objects = new HashMap<>(found.states());
        objects.remove(SEEN_BY_QUERY);
        return new Fingerprint(objects);
    }
}
