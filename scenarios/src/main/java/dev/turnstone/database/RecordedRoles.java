package dev.turnstone.database;

import dev.turnstone.dialect.postgresql.PostgresDialect;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The roles that a history may create, recorded behind the marker of its test database. If the run is killed, the next
 * run drops them together with the database.
 */
public final class RecordedRoles {

    /** Follows the marker in the comment of the database. */
    private static final String PREFIX = "; roles=";

    private static final Logger LOG = LoggerFactory.getLogger(RecordedRoles.class);

    private RecordedRoles() {}

    /**
     * Records roles that do not exist yet. Does nothing if the connection's database carries no marker.
     *
     * @param connection to the test database, as its owner
     * @param roles the unquoted names
     * @throws SQLException if the comment of the database cannot be read or changed
     */
    public static void record(Connection connection, Set<String> roles) throws SQLException {
        String database = PostgresServer.text(connection, "SELECT current_database()");
        String comment = comment(connection, database);
        if (roles.isEmpty() || Owner.read(Owner.Kind.DATABASE, comment).isEmpty() || comment.contains(PREFIX)) {
            return;
        }
        String names = roles.stream()
                .map(role -> URLEncoder.encode(role, StandardCharsets.UTF_8))
                .collect(Collectors.joining(","));
        try (Statement statement = connection.createStatement()) {
            statement.execute("COMMENT ON DATABASE " + PostgresDialect.INSTANCE.quote(database) + " IS '"
                    + (comment + PREFIX + names).replace("'", "''") + "'");
        }
    }

    /** Returns the roles that are recorded for a database, by unquoted name; empty if none are. */
    static Set<String> of(Connection connection, String database) throws SQLException {
        String comment = comment(connection, database);
        int start = comment.indexOf(PREFIX);
        if (start < 0) {
            return Set.of();
        }
        return Arrays.stream(comment.substring(start + PREFIX.length()).split(",", -1))
                .map(name -> URLDecoder.decode(name, StandardCharsets.UTF_8))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Drops roles after their database. A role that other objects depend on is kept and logged. */
    static void drop(Connection connection, Set<String> roles) {
        for (String role : roles) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP ROLE IF EXISTS " + PostgresDialect.INSTANCE.quote(role));
            } catch (SQLException e) {
                LOG.warn("The role {} of an earlier run could not be dropped: {}", role, e.getMessage());
            }
        }
    }

    private static String comment(Connection connection, String database) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT coalesce(shobj_description(oid, 'pg_database'), '')"
                        + " FROM pg_catalog.pg_database WHERE datname = ?")) {
            query.setString(1, database);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }
}
