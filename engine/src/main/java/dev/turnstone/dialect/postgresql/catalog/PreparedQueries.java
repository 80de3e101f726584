package dev.turnstone.dialect.postgresql.catalog;

import dev.turnstone.dialect.postgresql.render.PostgresClauses;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prepared queries for a few objects. The session keeps their plans, because planning such a query takes longer than
 * running it. No plan scans a whole catalog table, however small the table was when the plan was made.
 */
public final class PreparedQueries {

    private final Connection connection;

    /** The names of the prepared statements, by query. */
    private final Map<String, String> names = new HashMap<>();

    /**
     * Changes planner settings of the session.
     *
     * @param connection a connection that runs no other queries
     */
    public PreparedQueries(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "SET plan_cache_mode = force_generic_plan; SET enable_hashjoin = off; SET enable_seqscan = off;"
                            + " SET enable_hashagg = off; SET enable_memoize = off");
        }
    }

    /**
     * Runs a query, and prepares it first if it is new.
     *
     * @param sql the query, with the parameters {@code $1}, {@code $2} and so on
     * @param parameters the parameters' values as text, in order
     */
    public <T> T query(String sql, List<String> parameters, CatalogQueryRunner.RowMapper<T> mapper)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            String name = names.get(sql);
            if (name == null) {
                name = "turnstone_" + names.size();
                statement.execute("PREPARE " + name + " AS " + sql);
                names.put(sql, name);
            }
            String literals =
                    parameters.stream().map(PostgresClauses::literal).collect(Collectors.joining(", ", "(", ")"));
            try (ResultSet rows = statement.executeQuery("EXECUTE " + name + literals)) {
                return mapper.map(rows);
            }
        }
    }
}
