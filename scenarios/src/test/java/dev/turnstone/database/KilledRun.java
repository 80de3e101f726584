package dev.turnstone.database;

import dev.turnstone.dialect.postgresql.PostgresDialect;
import dev.turnstone.dialect.sqlite.SqliteDialect;
import java.sql.SQLException;
import java.util.Map;

/** The program of a run that makes one of everything, and is then killed; or of the run that comes after it. */
final class KilledRun {

    private KilledRun() {}

    /**
     * Makes everything and waits to be killed, or looks at the server and ends.
     *
     * @param arguments {@code make} or {@code next}, the directory, the URL of a PostgreSQL server
     */
    public static void main(String[] arguments) throws SQLException, InterruptedException {
        DatabaseSettings named =
                TestSettings.of(Map.of("turnstone.directory", arguments[1], "turnstone.postgres.url", arguments[2]));
        TestDatabases onServer = TestDatabases.with(named);
        if (arguments[0].equals("next")) {
            onServer.server(PostgresDialect.INSTANCE);
            onServer.close();
            System.out.println("done");
            return;
        }
        TestDatabase schema = onServer.create(PostgresDialect.INSTANCE, Isolation.SCHEMA);
        TestSettings.execute(schema.dataSource(), "CREATE TABLE item (id int)");
        TestDatabase database = onServer.create(PostgresDialect.INSTANCE, Isolation.DATABASE);
        TestDatabase file = onServer.create(SqliteDialect.INSTANCE, Isolation.SCHEMA);
        TestDatabases embedded = TestDatabases.with(
                TestSettings.of(Map.of("turnstone.directory", arguments[1], "turnstone.postgres.source", "embedded")));
        TestDatabase own = embedded.create(PostgresDialect.INSTANCE, Isolation.SCHEMA);
        System.out.println("scratch="
                + TestSettings.query(schema.dataSource(), "SELECT current_database()")
                        .get(0));
        System.out.println("role="
                + TestSettings.query(schema.dataSource(), "SELECT current_user").get(0));
        System.out.println("database="
                + TestSettings.query(database.dataSource(), "SELECT current_database()")
                        .get(0));
        System.out.println("file=" + file.describe().replace("SQLite file ", ""));
        System.out.println("data="
                + TestSettings.query(own.dataSource(), "SHOW data_directory").get(0));
        System.out.println("ready");
        Thread.sleep(120_000);
    }
}
