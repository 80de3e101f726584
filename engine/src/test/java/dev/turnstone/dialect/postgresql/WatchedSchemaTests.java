package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.FullReads;
import dev.turnstone.dialect.SchemaTracker;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.postgresql.ChangeCases.ChangeCase;
import dev.turnstone.operation.Location;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read again after a change, put into what was known, is what a full read gives: for one schema and for all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchedSchemaTests {

    private WatchedDatabase database;
    private int cases;
    private int steps;
    private int fullReads;
    private int number;

    @BeforeAll
    void watch() throws SQLException {
        database = new WatchedDatabase();
    }

    @AfterAll
    void stopWatching() throws SQLException {
        database.close();
        System.out.println("Incremental reading on PostgreSQL: " + cases + " cases checked, " + steps
                + " reads after a change, of which " + fullReads + " had to be full.");
        assertThat(cases).isPositive();
        assertThat(fullReads).as("most changes are told apart").isLessThan(steps);
    }

    static Stream<ChangeCase> cases() {
        return ChangeCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsWhatChanged(ChangeCase change) throws SQLException {
        try (Followed followed = new Followed(change.steps().size() > 2)) {
            followed.run(change.steps().get(0));
            followed.forget();
            for (String step : change.steps().subList(1, change.steps().size())) {
                followed.run(step);
                followed.compare(step);
            }
            cases++;
        }
    }

    @Test
    @Tag("property")
    void readsWhatChangedInAnyOrder() throws SQLException {
        long seed = Long.getLong("turnstone.seed", System.nanoTime());
        int tries = Integer.getInteger("turnstone.tries", 6);
        Random random = new Random(seed);
        List<String> all = ChangeCases.all()
                .flatMap(change -> change.steps().stream().skip(1))
                .filter(step -> !step.matches("(?s).*(ROLE|OWNED|turnstone_case|SCHEMA other_place|EXTENSION).*"))
                .toList();
        int passed = 0;
        for (int i = 0; i < tries; i++) {
            try (Followed followed = new Followed(true)) {
                followed.run(ChangeCases.all()
                        .filter(c -> c.name().equals("rows"))
                        .findFirst()
                        .orElseThrow()
                        .steps()
                        .get(0));
                StringBuilder story = new StringBuilder("seed " + seed + ", try " + i);
                for (int j = 0; j < 25; j++) {
                    String step = all.get(random.nextInt(all.size()));
                    if (followed.tries(step)) {
                        story.append("\n").append(step);
                        followed.compare(story.toString());
                        passed++;
                    }
                }
            }
        }
        System.out.println("Incremental reading on PostgreSQL, random: " + passed + " changes checked, seed " + seed);
        assertThat(passed).isPositive();
    }

    /** A new schema, followed for itself and as a part of the whole database. */
    private final class Followed implements AutoCloseable {
        private final String schema = "case_" + ++number;
        private final Connection connection = database.connect("");
        private final Connection reading = database.connect("");
        private final SchemaTracker one;
        private final SchemaTracker whole;

        /** @param inDatabase whether the whole database is followed too */
        Followed(boolean inDatabase) throws SQLException {
            run("CREATE SCHEMA " + schema + "; SET search_path TO " + schema);
            one = PostgresDialect.INSTANCE.track(database.connect(""), Scope.schema(schema));
            whole = inDatabase
                    ? PostgresDialect.INSTANCE.track(database.connect(""), Scope.database(schema))
                    : new FullReads(PostgresDialect.INSTANCE, database.connect(""), Scope.schema(schema));
            assertThat(one).isInstanceOf(WatchedSchema.class);
        }

        void run(String text) throws SQLException {
            String sql = text.replace("{schema}", schema);
            boolean alone = sql.matches("(?s).*(CONCURRENTLY|CALL change|BEGIN; |ATOMIC).*");
            if (one != null) {
                List<SqlStatement> ran = List.of(new SqlStatement(sql, Location.of(""), SqlStatement.Traits.ORDINARY));
                one.ran(ran);
                whole.ran(ran);
            }
            try {
                PostgresForTests.execute(connection, alone ? sql : "BEGIN;" + sql + ";COMMIT");
            } catch (SQLException e) {
                PostgresForTests.execute(connection, "ROLLBACK");
                throw e;
            }
            if (one != null) {
                PostgresForTests.execute(
                        connection, "SET search_path TO " + schema + "; RESET session_replication_role");
            }
        }

        boolean tries(String sql) throws SQLException {
            try {
                run(sql);
                return true;
            } catch (SQLException refused) {
                PostgresForTests.execute(
                        connection, "SET search_path TO " + schema + "; RESET session_replication_role");
                return false;
            }
        }

        void forget() throws SQLException {
            one.read();
            if (whole instanceof WatchedSchema) {
                whole.read();
            }
        }

        void compare(String what) throws SQLException {
            int before = one.fullReads() + whole.fullReads();
            same(what, one.read(), PostgresDialect.INSTANCE.read(reading, Scope.schema(schema)));
            if (whole instanceof WatchedSchema) {
                same(
                        what + " (whole database)",
                        whole.read(),
                        PostgresDialect.INSTANCE.read(reading, Scope.database(schema)));
                steps++;
            }
            steps++;
            fullReads += one.fullReads() + whole.fullReads() - before;
        }

        private void same(String what, Schema incremental, Schema full) {
            assertThat(SchemaDiff.between(full, incremental).differences())
                    .as(what)
                    .isEmpty();
            assertThat(incremental).as(what).isEqualTo(full);
        }

        @Override
        public void close() throws SQLException {
            PostgresForTests.execute(
                    connection,
                    "SET client_min_messages TO warning; DROP SCHEMA " + schema + " CASCADE;"
                            + "DROP SCHEMA IF EXISTS other_place CASCADE");
            connection.close();
            reading.close();
            one.close();
            whole.close();
        }
    }
}
