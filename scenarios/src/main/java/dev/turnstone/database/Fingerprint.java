package dev.turnstone.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Objects of a PostgreSQL server or database with their states, read at one moment. Immutable.
 *
 * @param states the states by kind and name, for example {@code role app} and {@code LOGIN}
 */
record Fingerprint(Map<String, String> states) {

    Fingerprint {
        states = Map.copyOf(states);
    }

    /**
     * Reads a query whose columns are kind, name and state.
     *
     * @param connection the connection; it is left open
     */
    static Fingerprint read(Connection connection, String query) throws SQLException {
        Map<String, String> states = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                states.put(rows.getString(1) + " " + rows.getString(2), String.valueOf(rows.getString(3)));
            }
        }
        return new Fingerprint(states);
    }

    /** Returns the text of a query from a resource of this package. */
    static String query(String file) {
        try (InputStream text = Objects.requireNonNull(Fingerprint.class.getResourceAsStream(file))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns each object that was created, changed or dropped since, such as {@code table public.users was changed}. */
    List<String> changesTo(Fingerprint later) {
        return changesTo(later, (before, after) -> "");
    }

    /** Like {@link #changesTo}, with the states before and after. Only for queries with readable states. */
    List<String> changesWithStates(Fingerprint later) {
        return changesTo(
                later,
                (before, after) -> (before.isEmpty() ? "" : "\n      before: " + before)
                        + (after.isEmpty() ? "" : "\n      after:  " + after));
    }

    private interface Details {
        /** Each state is empty if the object does not exist then. */
        String of(String before, String after);
    }

    private List<String> changesTo(Fingerprint later, Details details) {
        List<String> changes = new ArrayList<>();
        new TreeMap<>(later.states).forEach((object, state) -> {
            String former = states.get(object);
            if (former == null) {
                changes.add(object + " was created" + details.of("", state));
            } else if (!former.equals(state)) {
                changes.add(object + " was changed" + details.of(former, state));
            }
        });
        new TreeMap<>(states).forEach((object, state) -> {
            if (!later.states.containsKey(object)) {
                changes.add(object + " was dropped" + details.of(state, ""));
            }
        });
        return changes;
    }
}
