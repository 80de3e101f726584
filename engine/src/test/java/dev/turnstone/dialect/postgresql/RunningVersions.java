package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The servers of the lane {@code versions}. With fewer than two, the lane is skipped with a message. */
final class RunningVersions implements AutoCloseable {

    /**
     * One server.
     *
     * @param number the major version, such as 15
     */
    record Version(int number, String url, Connection connection) {}

    private final List<PostgresVersions.Server> servers;
    private final List<Version> versions = new ArrayList<>();

    private RunningVersions(List<PostgresVersions.Server> servers) throws SQLException {
        this.servers = servers;
        for (PostgresVersions.Server server : servers) {
            Connection connection = DriverManager.getConnection(server.url());
            versions.add(new Version(connection.getMetaData().getDatabaseMajorVersion(), server.url(), connection));
        }
    }

    static RunningVersions start() throws IOException, InterruptedException, SQLException {
        RunningVersions running = new RunningVersions(PostgresVersions.start());
        List<Integer> numbers = running.versions.stream().map(Version::number).toList();
        boolean enough = numbers.size() >= 2;
        String found = "versions: compared " + numbers.size() + " versions of PostgreSQL " + numbers;
        System.out.println(found);
        if (Boolean.getBoolean("turnstone.lanes.required")) {
            assertThat(enough).as(found).isTrue();
        }
        if (!enough) {
            running.close();
        }
        assumeTrue(enough, "The lane 'versions' is skipped: it needs two; " + found);
        return running;
    }

    List<Version> all() {
        return versions;
    }

    @Override
    public void close() throws SQLException, IOException {
        for (Version version : versions) {
            version.connection().close();
        }
        for (PostgresVersions.Server server : servers) {
            server.close();
        }
    }
}
