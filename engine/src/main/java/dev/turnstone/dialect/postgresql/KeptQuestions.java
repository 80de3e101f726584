package dev.turnstone.dialect.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Questions about a few objects, whose plans the session keeps from the first time on: to plan one takes longer than to
 * answer it. No plan reads a whole table of the catalog, however small the table was when the plan was made.
 */
final class KeptQuestions {

    private final Connection connection;

    /** The names of those that are prepared. */
    private final Map<String, String> names = new HashMap<>();

    /** @param connection whose session asks nothing else */
    KeptQuestions(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "SET plan_cache_mode = force_generic_plan; SET enable_hashjoin = off; SET enable_seqscan = off;"
                            + " SET enable_hashagg = off; SET enable_memoize = off");
        }
    }

    /**
     * Asks.
     *
     * @param sql with {@code $1} and so on
     * @param parameters for each
     */
    <T> T ask(String sql, List<String> parameters, CatalogLook.Answer<T> answer) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            String name = names.get(sql);
            if (name == null) {
                name = "turnstone_" + names.size();
                statement.execute("PREPARE " + name + " AS " + sql);
                names.put(sql, name);
            }
            String literals =
                    parameters.stream().map(PostgresSpelling::literal).collect(Collectors.joining(", ", "(", ")"));
            try (ResultSet rows = statement.executeQuery("EXECUTE " + name + literals)) {
                return answer.from(rows);
            }
        }
    }
}
