package dev.turnstone.dialect.postgresql.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.SchemaTracker;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.postgresql.ChangeCases;
import dev.turnstone.dialect.postgresql.ChangeCases.ChangeCase;
import dev.turnstone.dialect.postgresql.PostgresDialect;
import dev.turnstone.dialect.postgresql.PostgresForTests;
import dev.turnstone.dialect.postgresql.WatchedDatabase;
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

/** An incremental read returns the same schema as a full read, for one schema and for the whole database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchedSchemaTests {

    private WatchedDatabase database;
    private Followed followed;
    private int cases;
    private int steps;
    private int fullReads;

    @BeforeAll
    void watch() throws SQLException {
        database = new WatchedDatabase();
        followed = new Followed();
    }

    @AfterAll
    void stopWatching() throws SQLException {
        followed.close();
        database.close();
        System.out.println("Incremental reading on PostgreSQL: " + cases + " cases checked, " + steps
                + " reads after a change, of which " + fullReads + " had to be full.");
        assertThat(cases).isPositive();
        assertThat(fullReads).as("most changes need no full read").isLessThan(steps);
    }

    static Stream<ChangeCase> cases() {
        return ChangeCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsChangedObjects(ChangeCase change) throws SQLException {
        followed.begin(change.steps().get(0), change.steps().size() > 2);
        for (String step : change.steps().subList(1, change.steps().size())) {
            followed.run(step);
            followed.compare(step);
        }
        cases++;
    }

    @Test
    @Tag("property")
    void readsChangedObjectsInAnyOrder() throws SQLException {
        long seed = Long.getLong("turnstone.seed", System.nanoTime());
        int tries = Integer.getInteger("turnstone.tries", 6);
        Random random = new Random(seed);
        List<String> all = ChangeCases.all()
                .flatMap(change -> change.steps().stream().skip(1))
                .filter(step -> !step.matches("(?s).*(ROLE|OWNED|turnstone_case|SCHEMA other_place|EXTENSION).*"))
                .toList();
        int passed = 0;
        for (int i = 0; i < tries; i++) {
            followed.begin(
                    ChangeCases.all()
                            .filter(c -> c.name().equals("rows"))
                            .findFirst()
                            .orElseThrow()
                            .steps()
                            .get(0),
                    true);
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
        System.out.println("Incremental reading on PostgreSQL, random: " + passed + " changes checked, seed " + seed);
        assertThat(passed).isPositive();
    }

    /**
     * A schema, tracked alone and as a part of the whole database, and emptied for each case. Its name and sessions
     * stay the same, because new sessions and new query plans would take most of the time.
     */
    private final class Followed implements AutoCloseable {
        private static final String SCHEMA = "followed";
        private final Connection connection = database.connect("");
        private final Connection reading = database.connect("");
        private final SchemaTracker one = PostgresDialect.INSTANCE.track(database.connect(""), Scope.schema(SCHEMA));
        private final SchemaTracker whole =
                PostgresDialect.INSTANCE.track(database.connect(""), Scope.database(SCHEMA));
        private boolean inDatabase;

        Followed() throws SQLException {
            assertThat(one).isInstanceOf(WatchedSchema.class);
            assertThat(whole).isInstanceOf(WatchedSchema.class);
        }

        /**
         * Begins a case.
         *
         * @param situation the SQL for the initial state
         * @param wholeToo whether to track the whole database as well
         */
        void begin(String situation, boolean wholeToo) throws SQLException {
            inDatabase = wholeToo;
            // A temporary table would hide the case's own table of the same name.
            PostgresForTests.execute(connection, "DISCARD TEMP");
            PostgresForTests.execute(
                    connection,
                    "SET client_min_messages TO warning; DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE;"
                            + "DROP SCHEMA IF EXISTS other_place CASCADE; CREATE SCHEMA " + SCHEMA);
            reset();
            run(situation);
            one.forget();
            one.read();
            if (inDatabase) {
                whole.forget();
                whole.read();
            }
        }

        private void reset() throws SQLException {
            PostgresForTests.execute(connection, "RESET ALL; SET search_path TO " + SCHEMA);
        }

        void run(String text) throws SQLException {
            String sql = text.replace("{schema}", SCHEMA);
            boolean alone = sql.matches("(?s).*(CONCURRENTLY|CALL change|BEGIN; |ATOMIC).*");
            List<SqlStatement> ran = List.of(new SqlStatement(sql, Location.of(""), SqlStatement.Traits.ORDINARY));
            one.ran(ran);
            whole.ran(ran);
            try {
                PostgresForTests.execute(connection, alone ? sql : "BEGIN;" + sql + ";COMMIT");
            } catch (SQLException e) {
                PostgresForTests.execute(connection, "ROLLBACK");
                throw e;
            } finally {
                reset();
            }
        }

        boolean tries(String sql) throws SQLException {
            try {
                run(sql);
                return true;
            } catch (SQLException refused) {
                return false;
            }
        }

        void compare(String what) throws SQLException {
            int before = one.fullReads() + whole.fullReads();
            same(what, one.read(), PostgresDialect.INSTANCE.read(reading, Scope.schema(SCHEMA)));
            steps++;
            if (inDatabase) {
                same(
                        what + " (whole database)",
                        whole.read(),
                        PostgresDialect.INSTANCE.read(reading, Scope.database(SCHEMA)));
                steps++;
            }
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
            connection.close();
            reading.close();
            one.close();
            whole.close();
        }
    }
}
