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
 * What is in a PostgreSQL database outside all test schemas, watched while there are some. Thread-safe.
 *
 * <p>Test schemas, of this process and of others, carry our marker and are left out: tests that keep to their own never
 * disturb one another. Every catalog row has the transaction that wrote it, so that two readings tell each change. Rows
 * of tables, roles, and comments are not looked at. Where no transaction on the whole server has written anything since
 * the last reading, that still holds and is not repeated.
 */
final class Surroundings {

    /** All objects of the connection's database, without those in test schemas. */
    static final String QUERY = Fingerprint.query("outside.sql");

    /** The transactions that a statement sees: the same text for two statements means that both see the same. */
    private static final String SEEN = "SELECT txid_current_snapshot()::text";
    /** How the query names the line that has what {@link #SEEN} tells. */
    private static final String SEEN_BY_QUERY = "seen ";

    private final Map<PostgresSchema, List<Found>> open = new HashMap<>();
    private Reading last = new Reading(new Fingerprint(Map.of()), null);

    /**
     * What was found.
     *
     * @param objects all objects with their states
     * @param seen the transactions whose work is in it; null before the first reading
     */
    private record Reading(Fingerprint objects, @Nullable String seen) {}

    /** What changed, and whose tests ran then. */
    private record Found(List<String> changes, Set<PostgresSchema> running) {}

    /** Notes what is there before a test schema is made. */
    synchronized void look(Connection connection) throws SQLException {
        if (PostgresServer.text(connection, SEEN).equals(last.seen)) {
            return;
        }
        if (open.isEmpty()) {
            last = read(connection);
        } else {
            compare(connection);
        }
    }

    /** Notes that a test schema was made after {@link #look}, before anybody works in it. */
    synchronized void opened(PostgresSchema schema) {
        open.put(schema, new ArrayList<>());
    }

    /**
     * Notes that a test schema is gone, and looks for what changed around it.
     *
     * @return an exception to throw, or null where nothing changed
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

    /** Forgets a schema whose end could not be looked at. */
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

    /** The objects alone, without the line on the transactions that the query saw. */
    static Fingerprint withoutMoment(Fingerprint found) {
        Map<String, String> objects = new HashMap<>(found.states());
        objects.remove(SEEN_BY_QUERY);
        return new Fingerprint(objects);
    }
}
