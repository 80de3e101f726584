package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Checks the reader against pg_dump: a restored dump reads the same, and the reader detects every omitted statement of
 * a dump.
 */
@Tag("clients")
class PgDumpWitnessTests {

    /** Statements of a dump about the restoring session, and about the target of the other statements. */
    private static final Pattern NOT_IN_A_SCHEMA =
            Pattern.compile("(?s)\\s*(SET |SELECT pg_catalog\\.set_config|CREATE SCHEMA ).*");

    private static final Pattern ROLE = Pattern.compile("CREATE ROLE (\\w+);?");

    /**
     * Rows about disabled constraint triggers, whose state a dump does not contain, and about comments on multiranges,
     * which a dump does not contain either.
     */
    private static final Set<String> NOT_DUMPED = Set.of(
            "a foreign key that is not enforced on its own table",
            "a foreign key that is not enforced on the other table",
            "a deferred constraint that is not enforced",
            "a comment on a multirange");

    private static PostgresVersions.Server server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        boolean there = PostgresVersions.isInstalled();
        if (Boolean.getBoolean("turnstone.lanes.required")) {
            assertThat(there)
                    .as("pg_dump with its server is required by the lane 'clients'")
                    .isTrue();
        }
        assumeTrue(there, "The lane 'clients' is skipped: there is no pg_dump with its server here.");
        server = PostgresVersions.startInstalled();
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private static String urlOf(String database) {
        return server.url().replaceFirst("(//[^/]*)/[^?]*", "$1/" + database);
    }

    private static Connection newDatabase(String name) throws SQLException {
        try (Connection maintenance = DriverManager.getConnection(server.url())) {
            PostgresForTests.execute(maintenance, "CREATE DATABASE " + name);
        }
        return DriverManager.getConnection(urlOf(name));
    }

    /** Returns the output of {@code pg_dump -s}, without the lines that only psql understands. */
    private static String dump(String database) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("turnstone-pg_dump", ".txt");
        Process process = new ProcessBuilder(
                        PostgresVersions.pgDump().toString(),
                        "-s",
                        urlOf(database).replaceFirst("^jdbc:", ""))
                .redirectError(errors.toFile())
                .start();
        String dump = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        Files.delete(errors);
        return dump.lines().filter(line -> !line.startsWith("\\")).collect(Collectors.joining("\n"));
    }

    /**
     * Returns the statements of the dump, and statements that restore the data-dependent state that a schema-only dump
     * leaves out.
     */
    private static List<String> statements(Connection of) throws SQLException, IOException, InterruptedException {
        Stream<String> dumped =
                PostgresDialect.INSTANCE.split(new SqlText(dump(of.getCatalog()), new Location("dump", 1, 1))).stream()
                        .map(SqlStatement::text);
        List<String> filling = new ArrayList<>();
        try (Statement statement = of.createStatement();
                ResultSet filled = statement.executeQuery("SELECT format('REFRESH MATERIALIZED VIEW %I.%I', schemaname,"
                        + " matviewname) FROM pg_matviews WHERE ispopulated")) {
            while (filled.next()) {
                filling.add(filled.getString(1));
            }
        }
        return Stream.concat(dumped, filling.stream()).toList();
    }

    private static Schema read(Connection connection, String schema) throws SQLException {
        return PostgresDialect.INSTANCE.read(connection, Scope.schema(schema));
    }

    /** Restores every state of the table of planted differences, each in a schema of its own. */
    @Test
    void aRestoredDumpReadsTheSame() throws SQLException, IOException, InterruptedException {
        List<Planted> all = PlantedDifferences.all().stream()
                .filter(planted -> planted.where() == Planted.Where.SCHEMA && planted.since() <= 15)
                .toList();
        List<String> differing = new ArrayList<>();
        try (PlantedServer dumped = new PlantedServer(server.url(), "dumped")) {
            Connection one = dumped.connection;
            for (int i = 0; i < all.size(); i++) {
                plant(one, "s" + i, all.get(i));
            }
            PostgresForTests.execute(one, "RESET ALL");
            try (Connection other = newDatabase("restored")) {
                for (String statement : statements(one)) {
                    restore(other, statement);
                }
                for (int i = 0; i < all.size(); i++) {
                    String difference = SchemaDiff.between(read(one, "s" + i), read(other, "s" + i))
                            .toString();
                    if (difference.isEmpty() == NOT_DUMPED.contains(all.get(i).name())) {
                        differing.add(all.get(i) + ": " + difference);
                    }
                }
            } finally {
                PostgresForTests.execute(one, "DROP DATABASE restored");
            }
        }
        System.out.println("clients: restored " + all.size() + " schemas from a dump of pg_dump");
        assertThat(all).isNotEmpty();
        assertThat(differing).isEmpty();
    }

    private static void plant(Connection connection, String schema, Planted planted) throws SQLException {
        // A role belongs to the whole server.
        String sql = ROLE.matcher(planted.before() + ";" + planted.change())
                .replaceAll("DO \\$role\\$ BEGIN CREATE ROLE $1; EXCEPTION WHEN duplicate_object THEN END \\$role\\$;")
                .replace("{schema}", schema)
                .replace("{tablespace}", PlantedServer.TABLESPACE);
        try {
            PostgresForTests.execute(
                    connection, "RESET ALL; CREATE SCHEMA " + schema + "; SET search_path TO " + schema + ";" + sql);
        } catch (SQLException e) {
            throw new SQLException(planted.name(), e);
        }
    }

    private static void restore(Connection connection, String statement) throws SQLException {
        try {
            PostgresForTests.execute(connection, statement);
        } catch (SQLException e) {
            throw new SQLException(statement, e);
        }
    }

    /** Omits each statement in turn, and every statement that fails as a consequence. */
    @Test
    void anOmittedStatementOfADumpIsDetected() throws SQLException, IOException, InterruptedException {
        Set<String> unseen = new TreeSet<>();
        List<String> statements;
        try (Connection connection = newDatabase("everything");
                Connection restored = DriverManager.getConnection(urlOf("postgres") + "&autosave=always")) {
            PostgresForTests.execute(
                    connection,
                    "CREATE ROLE author SUPERUSER; SET ROLE author; CREATE SCHEMA s; SET search_path TO s;"
                            + ReadingTests.EVERYTHING.formatted("s") + "RESET ROLE");
            Schema whole = read(connection, "s");
            statements = statements(connection);
            restored.setAutoCommit(false);
            assertThat(SchemaDiff.between(whole, without(restored, statements, -1)))
                    .hasToString("");
            for (int i = 0; i < statements.size(); i++) {
                String statement = statements.get(i);
                if (!NOT_IN_A_SCHEMA.matcher(statement).matches()
                        && without(restored, statements, i).equals(whole)) {
                    unseen.add(statement);
                }
            }
        }
        System.out.println("clients: left out each of " + statements.size() + " statements of a dump of pg_dump");
        assertThat(statements).isNotEmpty();
        assertThat(unseen).isEmpty();
    }

    private static Schema without(Connection connection, List<String> statements, int left) throws SQLException {
        for (int i = 0; i < statements.size(); i++) {
            if (i != left) {
                try {
                    PostgresForTests.execute(connection, statements.get(i));
                } catch (SQLException e) {
                    if (left < 0) {
                        throw e;
                    }
                }
            }
        }
        Schema schema = read(connection, "s");
        connection.rollback();
        return schema;
    }
}
