package dev.turnstone.scenario.locks;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The locks and the scans of a session at one moment. They are read on the session's own connection, because no other
 * connection sees the objects that the open transaction has created. Immutable.
 *
 * @param states the state of each relation, by {@code oid}
 * @param hasLockTimeout whether the session has a timeout for locks
 */
record LockSample(Map<Long, RelationState> states, boolean hasLockTimeout) {

    /**
     * Reads the counters of the transaction itself, which the server adds to its statistics only later. A scan that
     * builds an index or validates a constraint counts like any other scan.
     */
    private static final String QUERY = """
            WITH held AS MATERIALIZED (
                SELECT relation, pg_catalog.array_agg(mode) AS modes
                  FROM pg_catalog.pg_locks
                 WHERE pid = pg_catalog.pg_backend_pid() AND locktype = 'relation' AND granted
                 GROUP BY relation)
            SELECT known.oid, c.oid IS NULL, pg_catalog.pg_relation_filenode(c.oid)::bigint,
                   pg_catalog.pg_stat_get_xact_numscans(c.oid), held.modes,
                   (SELECT pg_catalog.array_agg(i.indexrelid::bigint)
                      FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid),
                   (SELECT setting <> '0' FROM pg_catalog.pg_settings WHERE name = 'lock_timeout')
              FROM pg_catalog.unnest(?::bigint[]) AS known (oid)
              LEFT JOIN pg_catalog.pg_class c ON c.oid = known.oid::oid
              LEFT JOIN held ON held.relation = c.oid
            """;

    /**
     * The state of one relation.
     *
     * @param gone whether the relation no longer exists
     * @param file the number of the file that stores it; 0 if it has no file
     * @param scans the number of scans by the transaction
     * @param mode the strongest lock that the session holds on it; null if it holds none
     * @param indexes the {@code oid} of each index on it
     */
    record RelationState(
            boolean gone, long file, long scans, @Nullable LockMode mode, Set<Long> indexes) {}

    /** Reads a sample on a session whose transaction, if any, has not failed. */
    static LockSample take(Connection session, LockableRelations relations) throws SQLException {
        Map<Long, RelationState> states = new HashMap<>();
        boolean hasLockTimeout = false;
        try (PreparedStatement statement = session.prepareStatement(QUERY)) {
            statement.setArray(1, session.createArrayOf("bigint", relations.oids()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    states.put(
                            rows.getLong(1),
                            new RelationState(
                                    rows.getBoolean(2),
                                    rows.getLong(3),
                                    rows.getLong(4),
                                    strongest(rows.getArray(5)),
                                    oids(rows.getArray(6))));
                    hasLockTimeout = rows.getBoolean(7);
                }
            }
        }
        return new LockSample(states, hasLockTimeout);
    }

    private static @Nullable LockMode strongest(@Nullable Array modes) throws SQLException {
        Stream<LockMode> held = modes == null
                ? Stream.empty()
                : Arrays.stream((String[]) modes.getArray()).map(LockMode::of).flatMap(Optional::stream);
        return held.max(LockMode::compareTo).orElse(null);
    }

    private static Set<Long> oids(@Nullable Array oids) throws SQLException {
        return oids == null ? Set.of() : Set.copyOf(List.of((Long[]) oids.getArray()));
    }

    RelationState of(long oid) {
        return Objects.requireNonNull(states.get(oid));
    }

    /**
     * Returns the indexes that a table had before the step and that are locked so strongly that other sessions have to
     * wait, even to plan a query.
     */
    Set<Long> lockedIndexes(long table, LockableRelations relations) {
        return relations.indexes().entrySet().stream()
                .filter(index -> index.getValue().table() == table)
                .map(Map.Entry::getKey)
                .filter(index -> !of(index).gone() && of(index).mode() == LockMode.ACCESS_EXCLUSIVE)
                .collect(Collectors.toSet());
    }
}
