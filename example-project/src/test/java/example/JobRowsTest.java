package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.turnstone.junit.MigrationScenarios;
import dev.turnstone.junit.MigrationTest;
import dev.turnstone.junit.RevisionData;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What the name of a queue said of its jobs, before they had a priority. */
@MigrationTest(scenarios = "rows")
class JobRowsTest implements MigrationScenarios {

    @Override
    public void data(RevisionData data) {
        data.seedAt("a1f3c8d20b47", "INSERT INTO jobs (id, queue) VALUES ('1', 'urgent mail'), ('2', 'mail')")
                .afterUpgrade(
                        "c41d7be0a2f5",
                        connection ->
                                assertEquals(List.of("1: 10", "2: 0"), jobs(connection, "id || ': ' || priority")))
                .afterDowngrade(
                        "c41d7be0a2f5",
                        connection -> assertEquals(List.of("urgent mail", "mail"), jobs(connection, "queue")));
    }

    private static List<String> jobs(Connection connection, String expression) throws SQLException {
        List<String> jobs = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + expression + " FROM jobs ORDER BY id")) {
            while (rows.next()) {
                jobs.add(rows.getString(1));
            }
        }
        return jobs;
    }
}
