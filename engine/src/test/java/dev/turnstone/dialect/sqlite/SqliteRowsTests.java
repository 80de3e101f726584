package dev.turnstone.dialect.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.TableRows;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteRowsTests {

    private static TableRows rows(String create, String... inserts) throws SQLException {
        try (SqliteFixture database = SqliteFixture.with(create).run(inserts)) {
            return Objects.requireNonNull(database.rows().get(ObjectId.of(ObjectKind.ROW, "t")));
        }
    }

    @Test
    void theOrderOfRowsIsIgnored() throws SQLException {
        assertThat(rows("CREATE TABLE t (a, b)", "INSERT INTO t VALUES (1, 'x'), (2, 'y')"))
                .isEqualTo(rows("CREATE TABLE t (a, b)", "INSERT INTO t VALUES (2, 'y'), (1, 'x')"));
    }

    @Test
    void theOrderOfColumnsIsIgnored() throws SQLException {
        assertThat(rows("CREATE TABLE t (a, b)", "INSERT INTO t VALUES (1, 'x')"))
                .isEqualTo(rows("CREATE TABLE t (B, a)", "INSERT INTO t VALUES ('x', 1)"));
    }

    @Test
    void equalRowsCountSeparately() throws SQLException {
        TableRows twice = rows("CREATE TABLE t (a)", "INSERT INTO t VALUES (1), (1)");
        TableRows fourTimes = rows("CREATE TABLE t (a)", "INSERT INTO t VALUES (1), (1), (1), (1)");

        assertThat(twice.count()).isEqualTo(2);
        assertThat(twice.digest()).isNotEqualTo(fourTimes.digest());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1.0",
                "1 | '1'",
                "'1' | x'31'",
                "NULL | ''",
                "NULL | 0",
                "'' | x''",
                "'a' | 'A'",
                "9007199254740993 | 9007199254740992",
                "0.1 | 0.10000000000000002",
                "CAST(x'410042' AS TEXT) | CAST(x'410043' AS TEXT)",
                "CAST(x'41FF' AS TEXT) | CAST(x'41FE' AS TEXT)"
            },
            quoteCharacter = '\0')
    void valuesThatDifferInTypeOrContentAreDistinguished(String one, String other) throws SQLException {
        assertThat(rows("CREATE TABLE t (a)", "INSERT INTO t VALUES (" + one + ")"))
                .isNotEqualTo(rows("CREATE TABLE t (a)", "INSERT INTO t VALUES (" + other + ")"));
    }

    @Test
    void aValueThatMovesToAnotherColumnOrRowIsDistinguished() throws SQLException {
        TableRows before = rows("CREATE TABLE t (a, b)", "INSERT INTO t VALUES (1, NULL), (2, 3)");

        assertThat(rows("CREATE TABLE t (a, b)", "INSERT INTO t VALUES (NULL, 1), (2, 3)"))
                .isNotEqualTo(before);
        assertThat(rows("CREATE TABLE t (a, b)", "INSERT INTO t VALUES (2, NULL), (1, 3)"))
                .isNotEqualTo(before);
    }

    @Test
    void declaredTypesDoNotChangeHowValuesAreRead() throws SQLException {
        assertThat(rows("CREATE TABLE t (a DATE, b BOOLEAN)", "INSERT INTO t VALUES ('not a date', 'maybe')"))
                .isEqualTo(rows("CREATE TABLE t (a TEXT, b TEXT)", "INSERT INTO t VALUES ('not a date', 'maybe')"));
    }

    @Test
    void tablesWithoutRowsVirtualTablesAndSequencesAreLeftOut() throws SQLException {
        try (SqliteFixture database = SqliteFixture.with(
                "CREATE TABLE empty (a)",
                "CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT)",
                "INSERT INTO counted DEFAULT VALUES",
                "CREATE TABLE \"a \"\"b\"\"\" (a PRIMARY KEY) WITHOUT ROWID",
                "INSERT INTO \"a \"\"b\"\"\" VALUES (1)",
                "CREATE VIRTUAL TABLE f USING fts5 (a)",
                "INSERT INTO f VALUES ('x')",
                "CREATE VIEW v AS SELECT * FROM counted",
                "CREATE TEMP TABLE elsewhere AS SELECT 1 a")) {
            assertThat(database.rows().keySet())
                    .containsExactly(ObjectId.of(ObjectKind.ROW, "a \"b\""), ObjectId.of(ObjectKind.ROW, "counted"));
        }
    }
}
