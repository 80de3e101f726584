package dev.turnstone.testing;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.postgresql.PostgresDialect;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Ends the server's side of a PostgreSQL connection at one place of what is sent to it: before or after the N-th
 * statement. Statements that travel together are told apart; between them, the end travels with them.
 *
 * <p>After a COMMIT the end is in the same message, so that the client does not learn of the commit.
 */
public final class BackendCut {

    private static final String TERMINATE = "SELECT pg_terminate_backend(pg_backend_pid())";

    private final DataSource real;
    private final int place;
    private int next;
    private boolean inTransaction;
    private String where = "";

    /** Before or after one of the statements that are sent together. */
    private record Place(int statement, boolean ahead) {}

    private BackendCut(DataSource real, int place) {
        this.real = real;
        this.place = place;
    }

    /**
     * Cuts one session of those that a data source gives.
     *
     * @param real gives the connections
     * @param place a number from 0; before each statement there is one, and after each that does more than read
     */
    public static BackendCut at(int place, DataSource real) {
        return new BackendCut(real, place);
    }

    /** Only counts the places. */
    public static BackendCut nowhere(DataSource real) {
        return new BackendCut(real, Integer.MAX_VALUE);
    }

    /** How many places were passed. */
    public int places() {
        return next;
    }

    /** Whether the connection was ended. */
    public boolean happened() {
        return !where.isEmpty();
    }

    /** Where it was ended, for a person. */
    public String where() {
        return where;
    }

    public DataSource dataSource() {
        return proxy(DataSource.class, new Observed(null, real, ""));
    }

    private static <T> T proxy(Class<T> type, Observed observed) {
        return type.cast(Proxy.newProxyInstance(
                BackendCut.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> observed.call(method, arguments)));
    }

    private Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** One JDBC object, and the connection that it belongs to. */
    private final class Observed {
        private final Connection connection;
        private final Object target;
        private final String prepared;

        Observed(Connection connection, Object target, String prepared) {
            this.connection = connection;
            this.target = target;
            this.prepared = prepared;
        }

        Object call(Method method, Object[] arguments) throws Throwable {
            boolean hasSql = arguments != null && arguments.length > 0 && arguments[0] instanceof String;
            Object result = method.getName().startsWith("execute")
                    ? send(method, arguments, hasSql ? (String) arguments[0] : prepared, hasSql)
                    : invoke(method, target, arguments);
            if (result instanceof PreparedStatement) {
                return observed(PreparedStatement.class, result, (String) arguments[0]);
            }
            if (result instanceof Statement) {
                return observed(Statement.class, result, "");
            }
            return result instanceof Connection opened
                    ? proxy(Connection.class, new Observed(opened, result, ""))
                    : result;
        }

        private <T> T observed(Class<T> type, Object result, String sql) {
            return proxy(type, new Observed(connection, result, sql));
        }

        private Object send(Method method, Object[] arguments, String sql, boolean canBeRewritten) throws Throwable {
            List<String> statements = split(sql);
            int first = next;
            List<Place> places = placesOf(statements);
            next += places.size();
            boolean before = inTransaction;
            statements.forEach(this::follow);
            if (place < first || place >= next) {
                return invoke(method, target, arguments);
            }
            int at = places.get(place - first).statement();
            boolean ahead = places.get(place - first).ahead();
            where = (ahead ? "before" : "after") + " statement " + (at + 1) + " of " + statements.size() + " sent: "
                    + statements.get(at);
            boolean committed = !ahead && statements.get(at).equalsIgnoreCase("COMMIT");
            boolean inStream = canBeRewritten && (before || committed) && (at > 0 || !ahead);
            if (inStream) {
                List<String> cut = new ArrayList<>(statements);
                cut.add(ahead ? at : at + 1, TERMINATE);
                arguments[0] = cut.stream().collect(Collectors.joining(";\n"));
                return invoke(method, target, arguments);
            }
            if (ahead) {
                terminate();
                return invoke(method, target, arguments);
            }
            Object result = invoke(method, target, arguments);
            terminate();
            return result;
        }

        /** After what only reads, all is as before the next statement. */
        private List<Place> placesOf(List<String> statements) {
            List<Place> places = new ArrayList<>();
            for (int i = 0; i < statements.size(); i++) {
                places.add(new Place(i, true));
                if (!statements.get(i).matches("(?is)SELECT\\b.*")) {
                    places.add(new Place(i, false));
                }
            }
            return places;
        }

        private void follow(String statement) {
            if (statement.matches("(?is)(BEGIN|START)\\b.*")) {
                inTransaction = true;
            } else if (statement.matches("(?is)(COMMIT|END|ROLLBACK|ABORT)\\b.*")) {
                inTransaction = false;
            }
        }

        private void terminate() throws SQLException {
            int pid = connection.unwrap(PGConnection.class).getBackendPID();
            try (Connection second = real.getConnection();
                    Statement statement = second.createStatement();
                    ResultSet ended = statement.executeQuery("SELECT pg_terminate_backend(" + pid + ", 10000)")) {
                if (!ended.next() || !ended.getBoolean(1)) {
                    throw new IllegalStateException("The session did not end.");
                }
            }
        }
    }

    private static List<String> split(String sql) {
        return PostgresDialect.INSTANCE.split(new SqlText(sql, Location.of("sent"))).stream()
                .map(SqlStatement::text)
                .toList();
    }
}
