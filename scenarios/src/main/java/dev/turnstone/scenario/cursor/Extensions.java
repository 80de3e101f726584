package dev.turnstone.scenario.cursor;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.SqlStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the PostgreSQL extensions that statements create. */
final class Extensions {

    private static final Pattern CREATE = Pattern.compile(
            "CREATE\\s+EXTENSION\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(?:\"([^\"]+)\"|([A-Za-z_][\\w$]*)).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Extensions() {}

    /**
     * Checks that the server provides all extensions that the statements create.
     *
     * @throws MissingExtensionException naming the first extension that the server does not provide
     * @throws SQLException if the available extensions cannot be read
     */
    static void require(List<SqlStatement> statements, TestDatabase database, Connection connection)
            throws SQLException {
        for (SqlStatement statement : statements) {
            Matcher create = CREATE.matcher(statement.text());
            if (create.matches()) {
                String name = create.group(1) == null ? create.group(2).toLowerCase(Locale.ROOT) : create.group(1);
                if (!isAvailable(name, connection)) {
                    throw new MissingExtensionException(name, statement, database.server());
                }
            }
        }
    }

    private static boolean isAvailable(String name, Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT 1 FROM pg_catalog.pg_available_extensions WHERE name = ?")) {
            query.setString(1, name);
            try (ResultSet found = query.executeQuery()) {
                return found.next();
            }
        }
    }
}
