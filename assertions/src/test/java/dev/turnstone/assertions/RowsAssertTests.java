package dev.turnstone.assertions;

import static dev.turnstone.assertions.RowsAssert.row;
import static dev.turnstone.assertions.TurnstoneAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.snapshot.ScratchDatabase;
import dev.turnstone.snapshot.TableContent;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsAssertTests {

    private static final String JOBS = "CREATE TABLE jobs (id INTEGER PRIMARY KEY, status TEXT, note TEXT);"
            + "INSERT INTO jobs VALUES (1, 'new', NULL), (2, 'new', 'x'), (3, 'done', NULL)";

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void comparesRowsInAnyOrder(String dialect) throws SQLException {
        try (ScratchDatabase database = ScratchDatabase.of(dialect, JOBS)) {
            RowsAssert rows = assertThat(database.dataSource()).rows("jobs");
            rows.hasCount(3)
                    .areExactly(row("status", "done"), row("status", "new"), row("status", "new"))
                    .areExactly(row("id", 3, "note", null), row("id", 2, "note", "x"), row("id", 1, "note", null));
            String title = dialect.equals("sqlite") ? "SQLite" : "PostgreSQL";
            assertThatThrownBy(() -> rows.areExactly(
                            row("id", 1, "status", "new"),
                            row("id", 2, "status", "old"),
                            row("id", 3, "status", "done")))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("\nThe rows of table jobs on " + title
                            + " differ from the expected ones; expected 3, found 3:\n"
                            + "  - id='2', status='old'\n  + id='2', status='new'\n(- missing, + unexpected)");
            assertThatThrownBy(() -> rows.areExactly(row("status", "new"), row("status", "done")))
                    .hasMessageContaining("expected 2, found 3:\n  + status='new'\n");
            assertThatThrownBy(() -> rows.areExactly(row("id", 1, "state", "new")))
                    .hasMessage("\nRows of table jobs on " + title
                            + " have no column state.\n  existing: id, status, note");
            assertThatThrownBy(() -> rows.hasCount(2))
                    .hasMessage("\nThe number of rows of table jobs on " + title
                            + " differs:\n  expected: 2\n  but was:  3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void comparesTablesOfTwoDatabases(String dialect) throws SQLException {
        try (ScratchDatabase one = ScratchDatabase.of(dialect, JOBS);
                ScratchDatabase two = ScratchDatabase.of(dialect, JOBS)) {
            RowsAssert rows = assertThat(one.dataSource()).rows("jobs");
            rows.areTheSameAsIn(two.dataSource());
            two.with("UPDATE jobs SET note = 'y' WHERE id = 2");
            assertThatThrownBy(() -> rows.areTheSameAsIn(two.dataSource()))
                    .hasMessageContaining("  - id='2', status='new', note='y'\n  + id='2', status='new', note='x'\n");
        }
    }

    /** Not on SQLite, which runs in this process and has no hash function. */
    @Test
    void doesNotFetchTheRowsOfALargeTableOnPostgresql() throws SQLException {
        String large = "CREATE TABLE jobs (id integer PRIMARY KEY, note text);"
                + "INSERT INTO jobs SELECT n, 'note ' || n FROM generate_series(1, 150000) n";
        try (ScratchDatabase one = ScratchDatabase.of("postgresql", large);
                ScratchDatabase two = ScratchDatabase.of("postgresql", large)) {
            AtomicLong fetched = new AtomicLong();
            RowsAssert rows =
                    assertThat(FetchedRows.counted(one.dataSource(), fetched)).rows("jobs");
            DataSource other = FetchedRows.counted(two.dataSource(), fetched);

            rows.hasCount(150_000).areTheSameAsIn(other);
            assertThat(fetched).hasPositiveValue().hasValueLessThan(100);

            two.with("UPDATE jobs SET note = 'y' WHERE id = 2");
            fetched.set(0);
            assertThatThrownBy(() -> rows.areTheSameAsIn(other))
                    .hasMessage(
                            "\nThe rows of table jobs on PostgreSQL differ from the expected ones; expected 150000, found"
                                    + " 150000:\n  - id='2', note='y'\n  + id='2', note='note 2'\n(- missing, + unexpected)");
            assertThat(fetched).as("the sums of the parts, and rows of two").hasValueLessThan(2 * 4096 + 1000);
            fetched.set(0);
            assertThat(TableContent.of(FetchedRows.counted(one.dataSource(), fetched), "jobs")
                            .rows())
                    .hasSize(150_000);
            assertThat(fetched).as("the counter works").hasValueGreaterThanOrEqualTo(150_000);
        }
    }

    /** Many more rows than the maximum that is read for a message. */
    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void comparesALargeTableInLittleMemory(String dialect) throws SQLException {
        String large = "CREATE TABLE jobs (id integer PRIMARY KEY, note text);"
                + "INSERT INTO jobs WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)"
                + " SELECT i, 'note ' || i FROM n";
        try (ScratchDatabase one = ScratchDatabase.of(dialect, large);
                ScratchDatabase two = ScratchDatabase.of(dialect, large)) {
            RowsAssert rows = assertThat(one.dataSource()).rows("jobs");
            rows.areTheSameAsIn(two.dataSource());

            two.with("DELETE FROM jobs WHERE id = 7; INSERT INTO jobs VALUES (0, NULL)");
            assertThatThrownBy(() -> rows.areTheSameAsIn(two.dataSource()))
                    .hasMessageEndingWith(
                            "expected 200000, found 200000:\n  - id='0', note=NULL\n  + id='7', note='note 7'\n"
                                    + "(- missing, + unexpected)");
            two.with("UPDATE jobs SET note = 'x'");
            assertThatThrownBy(() -> rows.areTheSameAsIn(two.dataSource()))
                    .hasMessageContaining("  … and ")
                    .message()
                    .containsPattern("\\d+ of the 4096 differing parts of the table were read\\)$");
        }
    }

    /** All rows are in one part, which exceeds the maximum. */
    @Test
    void doesNotListAPartThatIsTooLarge() throws SQLException {
        String large = "CREATE TABLE jobs (id integer, note text);"
                + "INSERT INTO jobs SELECT 1, 'same' FROM generate_series(1, 30000)";
        try (ScratchDatabase one = ScratchDatabase.of("postgresql", large);
                ScratchDatabase two = ScratchDatabase.of("postgresql", large + ", (SELECT 1) more LIMIT 29999")) {
            RowsAssert rows = assertThat(one.dataSource()).rows("jobs");
            assertThatThrownBy(() -> rows.areTheSameAsIn(two.dataSource()))
                    .hasMessage(
                            "\nThe rows of table jobs on PostgreSQL differ from the expected ones; expected 29999, found"
                                    + " 30000.\nThey are not listed, because the first differing part of the table has more than 20000"
                                    + " rows.");
        }
    }

    /** A partitioned table, a view and a missing table do not count as empty. */
    @Test
    void countsRowsOfPartitionsAndViewsAndRejectsAMissingTable() throws SQLException {
        String parted = "CREATE TABLE jobs (id integer) PARTITION BY LIST (id);"
                + "CREATE TABLE jobs_1 PARTITION OF jobs FOR VALUES IN (1); INSERT INTO jobs VALUES (1), (1);"
                + "CREATE VIEW seen AS SELECT id FROM jobs";
        try (ScratchDatabase one = ScratchDatabase.of("postgresql", parted);
                ScratchDatabase two = ScratchDatabase.of("postgresql", parted + "; INSERT INTO jobs VALUES (1)")) {
            assertThat(one.dataSource()).rows("jobs").hasCount(2);
            assertThat(one.dataSource()).rows("seen").hasCount(2);
            RowsAssert rows = assertThat(one.dataSource()).rows("jobs");
            assertThatThrownBy(() -> rows.areTheSameAsIn(two.dataSource()))
                    .hasMessageContaining("expected 3, found 2:\n  - id='1'\n");
            RowsAssert none = assertThat(one.dataSource()).rows("nowhere");
            assertThatThrownBy(() -> none.hasCount(0)).hasMessageContaining("read the rows of table nowhere");
        }
    }

    @Test
    void rejectsARowWithoutAValueForEachName() {
        assertThatThrownBy(() -> row("id", 1, "status"))
                .hasMessage("A row consists of alternating names and values; the last name has no value.");
    }

    @Test
    void canBeImportedBesideAssertj() throws SQLException {
        try (ScratchDatabase database = ScratchDatabase.of("sqlite", JOBS)) {
            assertThat(database.dataSource()).table("jobs").hasPrimaryKey("id");
            assertThat(database.dataSource()).schema().hasOnlyTables("jobs");
            assertThat(database.snapshot()).hasOnlyTables("jobs");
            assertThat(List.of(1, 2)).hasSize(2);
            assertThat("text").startsWith("t");
        }
    }
}
