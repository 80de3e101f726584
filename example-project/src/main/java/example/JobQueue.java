package example;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/** Jobs that wait in a database until a worker takes them. */
public final class JobQueue {

    private final DataSource dataSource;

    public JobQueue(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Puts a job at the end of a queue, behind those of higher priority.
     *
     * @param kind what a worker has to do, for example {@code mail}
     */
    public String add(String queue, String kind, int priority) throws SQLException {
        String id = UUID.randomUUID().toString();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO jobs (id, queue, kind, priority) VALUES (?, ?, ?, ?)")) {
            insert.setString(1, id);
            insert.setString(2, queue);
            insert.setString(3, kind);
            insert.setInt(4, priority);
            insert.executeUpdate();
        }
        return id;
    }

    /** Returns the id of the next job of a queue. */
    public Optional<String> next(String queue) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("SELECT id FROM jobs WHERE queue = ? AND state ="
                        + " 'queued' ORDER BY priority DESC, created_at LIMIT 1")) {
            select.setString(1, queue);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    /**
     * Counts the jobs in each state.
     *
     * @return the counts by {@code queue: state}, in alphabetical order
     */
    public Map<String, Integer> counts() throws SQLException {
        Map<String, Integer> counts = new TreeMap<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("SELECT queue, state, count(*) FROM jobs GROUP BY queue, state");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                counts.put(rows.getString(1) + ": " + rows.getString(2), rows.getInt(3));
            }
        }
        return counts;
    }
}
