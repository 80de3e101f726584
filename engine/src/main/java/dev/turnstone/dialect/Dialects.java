package dev.turnstone.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The registered dialects: the implementations of {@link Dialect} that {@link ServiceLoader} finds with the class loader
 * of this class.
 *
 * <p>They are loaded once. Thread-safe.
 */
public final class Dialects {

    private static final Map<String, Dialect> BY_NAME = load();

    private Dialects() {}

    private static Map<String, Dialect> load() {
        Map<String, Dialect> dialects = new LinkedHashMap<>();
        for (Dialect dialect : ServiceLoader.load(Dialect.class, Dialects.class.getClassLoader())) {
            Dialect other = dialects.putIfAbsent(dialect.name(), dialect);
            if (other != null) {
                throw new IllegalStateException("Two dialects are registered as '" + dialect.name() + "': "
                        + other.getClass().getName() + " and "
                        + dialect.getClass().getName() + ". Remove one of them from the class path.");
            }
        }
        return dialects;
    }

    /** Returns all registered dialects, in the order of the class path. */
    public static List<Dialect> all() {
        return List.copyOf(BY_NAME.values());
    }

    /** Returns the names of all registered dialects, in the order of the class path. */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /** Returns the dialect with that name; empty if none is registered. */
    public static Optional<Dialect> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /**
     * Returns the dialect with that name.
     *
     * @param name the name of a registered dialect, for example {@code sqlite}
     * @throws UnsupportedDatabaseException if no dialect has that name
     */
    public static Dialect named(String name) {
        return find(name).orElseThrow(() -> new UnsupportedDatabaseException(name));
    }

    /**
     * Returns the dialect of a connection, by the product name that its driver reports.
     *
     * @throws UnsupportedDatabaseException if no dialect supports the product
     */
    public static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return BY_NAME.values().stream()
                .filter(dialect -> dialect.productNames().contains(product))
                .findFirst()
                .orElseThrow(() -> new UnsupportedDatabaseException(product));
    }

    /** Returns the names of all registered dialects for a message: {@code sqlite or postgresql}. */
    public static String alternatives() {
        List<String> names = names();
        int last = names.size() - 1;
        return last < 1 ? String.join("", names) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }
}
