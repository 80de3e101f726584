package dev.turnstone.assertions;

import static dev.turnstone.assertions.TurnstoneAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turnstone.schema.Schema;
import dev.turnstone.snapshot.SchemaSnapshot;
import dev.turnstone.snapshot.ScratchDatabase;
import dev.turnstone.snapshot.SnapshotFile;
import dev.turnstone.snapshot.SnapshotMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The complete failure messages of the assertions. */
class FailureMessageTests {

    static final SchemaSnapshot JOBS = snapshot("""
            CREATE TABLE worker (id INTEGER PRIMARY KEY, name TEXT NOT NULL, UNIQUE (name));
            CREATE TABLE jobs (
              id INTEGER PRIMARY KEY,
              status TEXT NOT NULL DEFAULT 'queued' COLLATE NOCASE,
              worker INTEGER REFERENCES worker ON DELETE CASCADE,
              note TEXT,
              twice INTEGER AS (id * 2),
              CONSTRAINT ck_jobs_status CHECK (status <> ''));
            CREATE UNIQUE INDEX ix_jobs_status ON jobs (status, lower(note)) WHERE note IS NOT NULL;
            CREATE INDEX ix_jobs_worker ON jobs (worker);
            CREATE VIEW open AS SELECT id FROM jobs;
            CREATE TRIGGER touch AFTER INSERT ON jobs BEGIN SELECT 1; END;
            """);

    private static SchemaSnapshot snapshot(String sql) {
        try (ScratchDatabase database = ScratchDatabase.of("sqlite", sql)) {
            return database.snapshot();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.turnstone.assertions.FailureCases#cases")
    void passesOrFailsWithItsMessage(FailureCases.Case each) {
        each.passes().accept(assertThat(JOBS));
        assertThat(messageOf(() -> each.fails().accept(assertThat(JOBS)))).isEqualTo("\n" + each.says());
    }

    private static String messageOf(Runnable assertion) {
        AssertionError error = catchThrowableOfType(AssertionError.class, assertion::run);
        assertThat(error).as("a failure").isNotNull();
        String message = String.valueOf(error.getMessage());
        assertThat(message.lines()).allMatch(line -> line.length() <= 120, "fits a terminal");
        return message;
    }

    @Test
    void reportsTheDifferencesOfUnequalSchemas() {
        String body = "SELECT " + "1 + ".repeat(60);
        SchemaSnapshot before = snapshot("CREATE TABLE t (a TEXT, b TEXT); CREATE TABLE old (x);"
                + "CREATE TRIGGER g AFTER INSERT ON t BEGIN " + body + "1; END");
        SchemaSnapshot after = snapshot("CREATE TABLE t (a TEXT NOT NULL, b TEXT); CREATE INDEX ix ON t (b);"
                + "CREATE TRIGGER g AFTER INSERT ON t BEGIN " + body + "2; END");

        assertThat(before).isEqualTo(new SchemaSnapshot("sqlite", before.schema()));
        assertThat(messageOf(() -> assertThat(after).isEqualTo(before))).isEqualTo("""

                The schema on SQLite differs from the expected one in 4 objects:
                  - table old
                  ~ column t.a
                      nullable: expected yes, but was no
                  + index ix (keys b, on t)
                  ~ trigger t.g
                      body
                        expected: … + 1 + 1 + 1 + 1 + 1; end
                        but was:  … + 1 + 1 + 1 + 1 + 2; end
                (+ only in the actual schema, - only in the expected one, ~ in both and different)""");
    }

    @Test
    void reportsDifferencesInMeaningWithTheNextStep() throws SQLException {
        String sql = "CREATE TABLE worker (id INTEGER PRIMARY KEY, name TEXT NOT NULL)";
        SchemaSnapshot sqlite = snapshot(sql);
        try (ScratchDatabase same = ScratchDatabase.of("postgresql", sql);
                ScratchDatabase other = ScratchDatabase.of(
                        "postgresql", "CREATE TABLE worker (id integer PRIMARY KEY, name text); CREATE SEQUENCE s")) {
            assertThat(sqlite).meansTheSameAs(same.snapshot());
            SchemaSnapshot postgresql = other.snapshot();
            assertThat(messageOf(() -> assertThat(sqlite).meansTheSameAs(postgresql)))
                    .isEqualTo("""

                    The schemas differ in meaning in 1 place:
                      differs  column worker.name: it is not null on SQLite, nullable on PostgreSQL
                    (and 1 without a counterpart, which is not a failure)
                    Change one of them, or declare in the rules that the difference is intentional: except(kind, name, reason).""");
        }
    }

    /** The end of a sentence is as important as its start. */
    @Test
    void wrapsALongSentenceBetweenWords() {
        String wrapped =
                FailureText.wrap("differs  index ix_purchase_customer_at: it is (customer, at desc) where amount > 0"
                        + " on SQLite, (customer, at desc) on PostgreSQL");

        assertThat(wrapped)
                .isEqualTo(
                        "differs  index ix_purchase_customer_at: it is (customer, at desc) where amount > 0 on SQLite,\n"
                                + "           (customer, at desc) on PostgreSQL");
        assertThat(FailureText.lines(List.of(wrapped)).lines()).allMatch(line -> line.length() <= 100);
        assertThat(FailureText.wrap("x".repeat(200)).lines()).hasSize(3).allMatch(line -> line.length() <= 98);
    }

    @Test
    void limitsTheListOfDifferences() {
        StringBuilder tables = new StringBuilder();
        for (int i = 0; i < 25; i++) {
            tables.append("CREATE TABLE t").append(i).append(" (x); ");
        }
        assertThat(messageOf(() -> assertThat(snapshot(tables.toString())).isEqualTo(snapshot(""))))
                .contains("in 25 objects:", "  + table t0\n", "  … and 5 more\n");
    }

    @Test
    void reportsTheSnapshotFileWithTheNextStep(@TempDir Path folder) {
        SnapshotFile file = SnapshotFile.at(folder.resolve("jobs.txt"));
        CallingTest test = new CallingTest("JobsTests", "jobs");
        SchemaSnapshotAssert jobs = assertThat(JOBS);

        assertThat(messageOf(() -> jobs.compare(file, test, SnapshotMode.COMPARE)))
                .isEqualTo("\nThere is no snapshot " + file + ".\n"
                        + "Create it on your machine, review it and commit it:\n"
                        + "  mvn test -Dtest=JobsTests -Dturnstone.snapshots=update");
        jobs.compare(file, test, SnapshotMode.WRITE_MISSING).compare(file, test, SnapshotMode.COMPARE);
        assertThat(messageOf(
                        () -> assertThat(snapshot("CREATE TABLE jobs (id)")).compare(file, test, SnapshotMode.COMPARE)))
                .startsWith("\nThe schema on SQLite differs from its snapshot in ")
                .endsWith("(+ only in the schema, - only in the snapshot, ~ in both and different)\n"
                        + "The snapshot is " + file
                        + ".\nIf the schema is correct, write the snapshot again and commit it:\n"
                        + "  mvn test -Dtest=JobsTests -Dturnstone.snapshots=update");
        SchemaSnapshot other = new SchemaSnapshot("postgresql", Schema.EMPTY);
        assertThat(messageOf(() -> assertThat(other).compare(file, test, SnapshotMode.COMPARE)))
                .isEqualTo("\nThe snapshot " + file + " is of another dialect:\n  expected: sqlite\n"
                        + "  but was:  postgresql\nUse a separate file for each dialect.");
    }

    @Test
    void namesASnapshotFileAfterTheCallingTest() {
        CallingTest[] found = new CallingTest[1];
        Runnable inALambda = () -> found[0] = CallingTest.find();
        inALambda.run();
        assertThat(found[0].snapshotName()).isEqualTo("FailureMessageTests.namesASnapshotFileAfterTheCallingTest");
    }

    @Test
    void startsWithTheDescriptionOfTheUser() {
        assertThat(messageOf(() -> assertThat(JOBS).as("after 0003").hasOnlyTables("jobs", "worker", "x")))
                .startsWith("[after 0003] \nThe schema on SQLite has other tables");
    }

    @Test
    void softAssertionsCollectTheFailuresOfEveryPart() {
        SchemaSoftAssertions softly = new SchemaSoftAssertions();
        softly.assertThat(JOBS).hasOnlyTables("jobs");
        softly.assertThat(JOBS).table("jobs").column("note").isNotNull().hasType("JSON");
        softly.assertThat(JOBS).table("none").column("note").isNotNull();

        assertThat(softly.assertionErrorsCollected())
                .extracting(Throwable::getMessage)
                .hasSize(4)
                .anyMatch(message -> message.startsWith("\ncolumn jobs.note on SQLite accepts NULL but should not."))
                .anyMatch(message -> message.startsWith("\nThe type of column jobs.note on SQLite differs:"))
                .anyMatch(message -> message.startsWith("\nThe schema on SQLite has no table none."));
    }

    @Test
    void comparesTheOrderOfEnumValues() throws SQLException {
        try (ScratchDatabase database =
                ScratchDatabase.of("postgresql", "CREATE TYPE state AS ENUM ('new', 'it''s paid')")) {
            SchemaSnapshot snapshot = database.snapshot();
            assertThat(snapshot).enumType("state").hasValues("new", "it's paid");
            assertThat(messageOf(() -> assertThat(snapshot).enumType("state").hasValues("it's paid", "new")))
                    .isEqualTo("\nThe list of values of enum state on PostgreSQL differs:\n"
                            + "  expected: 'it''s paid', 'new'\n  but was:  'new', 'it''s paid'");
        }
    }
}
