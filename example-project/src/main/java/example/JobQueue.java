package example;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Jobs that wait in a database until a worker takes them. */
public final class JobQueue {

    private final DataSource dataSource;

    public JobQueue(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Puts a job at the end of a queue, behind those of higher priority. */
    public String add(String queue, int priority) throws SQLException {
        String id = UUID.randomUUID().toString();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO jobs (id, queue, priority) VALUES (?, ?, ?)")) {
            insert.setString(1, id);
            insert.setString(2, queue);
            insert.setInt(3, priority);
            insert.executeUpdate();
        }
        return id;
    }

    /** The job that is due next. */
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
}
