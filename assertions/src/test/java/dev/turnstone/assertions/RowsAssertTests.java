package dev.turnstone.assertions;

import static dev.turnstone.assertions.RowsAssert.row;
import static dev.turnstone.assertions.TurnstoneAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.snapshot.ScratchDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsAssertTests {

    private static final String JOBS = "CREATE TABLE jobs (id INTEGER PRIMARY KEY, status TEXT, note TEXT);"
            + "INSERT INTO jobs VALUES (1, 'new', NULL), (2, 'new', 'x'), (3, 'done', NULL)";

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void rowsAreComparedInAnyOrder(String dialect) throws SQLException {
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
                            + " are others than expected; expected 3, found 3:\n"
                            + "  - id='2', status='old'\n  + id='2', status='new'\n(- missing, + unexpected)");
            assertThatThrownBy(() -> rows.areExactly(row("status", "new"), row("status", "done")))
                    .hasMessageContaining("expected 2, found 3:\n  + status='new'\n");
            assertThatThrownBy(() -> rows.hasCount(2))
                    .hasMessage("\nThe number of rows of table jobs on " + title
                            + " is another:\n  expected: 2\n  but was:  3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void tablesOfTwoDatabasesAreCompared(String dialect) throws SQLException {
        try (ScratchDatabase one = ScratchDatabase.of(dialect, JOBS);
                ScratchDatabase two = ScratchDatabase.of(dialect, JOBS)) {
            RowsAssert rows = assertThat(one.dataSource()).rows("jobs");
            rows.areTheSameAsIn(two.dataSource());
            two.with("UPDATE jobs SET note = 'y' WHERE id = 2");
            assertThatThrownBy(() -> rows.areTheSameAsIn(two.dataSource()))
                    .hasMessageContaining("  - id='2', status='new', note='y'\n  + id='2', status='new', note='x'\n");
        }
    }

    @Test
    void aRowHasAValueForEachName() {
        assertThatThrownBy(() -> row("id", 1, "status"))
                .hasMessage("A row is names and values in turn; the last name has no value.");
    }

    @Test
    void theEntryPointsStandBesideThoseOfAssertj() throws SQLException {
        try (ScratchDatabase database = ScratchDatabase.of("sqlite", JOBS)) {
            assertThat(database.dataSource()).table("jobs").hasPrimaryKey("id");
            assertThat(database.dataSource()).schema().hasOnlyTables("jobs");
            assertThat(database.snapshot()).hasOnlyTables("jobs");
            assertThat(List.of(1, 2)).hasSize(2);
            assertThat("text").startsWith("t");
        }
    }
}
