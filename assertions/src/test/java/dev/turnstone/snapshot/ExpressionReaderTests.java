package dev.turnstone.snapshot;

import static dev.turnstone.assertions.TurnstoneAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.TableExpression;
import dev.turnstone.dialect.TableExpression.Role;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions of both dialects in the canonical form of PostgreSQL. */
class ExpressionReaderTests {

    private static final String SQLITE = "CREATE TABLE t (x INTEGER, y INTEGER, s TEXT, n NUMERIC, v VARCHAR(20)";
    private static final String POSTGRESQL = "CREATE TABLE t (x integer, y integer, s text, n numeric, v varchar(20)";

    private static String differences(String sqlite, String postgresql, boolean read) throws SQLException {
        try (ScratchDatabase one = ScratchDatabase.of("sqlite", sqlite);
                ScratchDatabase two = ScratchDatabase.of("postgresql", postgresql)) {
            ExpressionReader reader = read ? ExpressionReader.over(two.dataSource()) : ExpressionReader.NONE;
            SchemaSnapshot before = two.snapshot();
            String found = LogicalComparison.between(one.snapshot(), before, LogicalRules.standard(), reader)
                    .toString();
            assertThat(LogicalComparison.between(before, one.snapshot(), LogicalRules.standard(), reader)
                            .differences())
                    .as("with exchanged sides")
                    .hasSize(found.isEmpty() ? 0 : (int) found.lines().count());
            assertThat(two.snapshot()).isEqualTo(before);
            return found;
        }
    }

    private static String ofChecks(String sqlite, String postgresql, boolean read) throws SQLException {
        return differences(
                SQLITE + ", CONSTRAINT c CHECK (" + sqlite + "))",
                POSTGRESQL + ", CONSTRAINT c CHECK (" + postgresql + "))",
                read);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x BETWEEN 1 AND 9 | x >= 1 AND x <= 9",
                "x NOT BETWEEN 1 AND 9 | x < 1 OR x > 9",
                "CAST(n AS INTEGER) = 3 | n::integer = 3",
                "coalesce(s, 'a') <> 'b' | coalesce(s::text, 'a'::text) != 'b'::text",
                "n > 0 | n > 0::numeric",
                "x IN (1) | x = 1",
            })
    void recognizesEquivalentConditionsOnlyWithAReader(String sqlite, String postgresql) throws SQLException {
        assertThat(ofChecks(sqlite, postgresql, true)).isEmpty();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "((x) > ((0))) | x > 0",
                "x IN (1, 2) | x = ANY (ARRAY[1, 2])",
                "s IN ('a', 'b') | s = ANY (ARRAY['a'::text, 'b'::text])",
                "s <> 'new' | s != 'new'::text",
                "x>0 and(y<1) | x > 0 AND y < 1",
                "LENGTH(s) > 1 And x Is Not Null | length(s) > 1 AND x IS NOT NULL",
                "x IS NOT NULL AND (y > 0) | (x IS NOT NULL) AND y > 0",
                "x IS NOT NULL AND y > 0 AND s = 'a' | x IS NOT NULL AND (y > 0 AND s = 'a')",
                "substr(s, 1, 1) = 'a' | substring(s, 1, 1) = 'a'",
                "t.x > 0 | t.x > 0",
                "v IN ('a', 'b') | v IN ('a', 'b')",
                "v NOT IN ('a', 'b') OR v = 'c' | v NOT IN ('a', 'b') OR v = 'c'",
            })
    void recognizesEquivalentConditionsWithAndWithoutAReader(String sqlite, String postgresql) throws SQLException {
        assertThat(ofChecks(sqlite, postgresql, true)).isEmpty();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x == 1 | x = 1",
                "s LIKE 'a%' AND x == 1 | s LIKE 'a%' AND x = 1",
            })
    void comparesTheWordsOfExpressionsThatPostgresqlCannotParse(String sqlite, String postgresql) throws SQLException {
        assertThat(ofChecks(sqlite, postgresql, true)).isEmpty();
    }

    @ParameterizedTest(name = "{0} is not {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x > 0 | x >= 0",
                "x BETWEEN 1 AND 9 | x > 1 AND x < 9",
                "x BETWEEN 1 AND 9 | x >= 1 AND x <= 8",
                "s <> 'new' | s <> 'New'",
                "x > 0 AND y > 0 | x > 0 OR y > 0",
                "x > 0 | y > 0",
                "x IN (1, 2) | x IN (1, 3)",
                "v IN ('a', 'b') | v IN ('a', 'c')",
                "x IN (1, 2) | x NOT IN (1, 2)",
                "x IS NULL | x IS NOT NULL",
                "x == 1 | x = 2",
                "s = 'now' | s = 'then'",
            })
    void reportsDifferentConditionsWithAndWithoutAReader(String sqlite, String postgresql) throws SQLException {
        assertThat(ofChecks(sqlite, postgresql, true)).startsWith("differs  check t.c: its condition is (");
        assertThat(ofChecks(sqlite, postgresql, false)).startsWith("differs  check t.c: its condition is (");
    }

    @ParameterizedTest(name = "{0} is not {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "(x > 0 OR y > 0) AND n > 0 | x > 0 OR (y > 0 AND n > 0)",
                "(x + 1) * 2 > 0 | x + (1 * 2) > 0",
                "NOT (x > 0 AND y > 0) | (NOT x > 0) AND y > 0",
            })
    void recognizesSignificantParenthesesOnlyWithAReader(String sqlite, String postgresql) throws SQLException {
        assertThat(ofChecks(sqlite, postgresql, true)).startsWith("differs  check t.c: its condition is (");
        assertThat(ofChecks(sqlite, postgresql, false)).isEmpty();
    }

    @Test
    void doesNotReadExpressionsThatTheDialectsParseDifferently() throws SQLException {
        // PostgreSQL evaluates the addition first, SQLite the concatenation.
        assertThat(ofChecks("s || x + 1 > 'a'", "s || (x + 1) > 'a' AND 1 = 1", true))
                .startsWith("differs  check t.c");
        assertThat(ofChecks("s || 'a' BETWEEN 'b' AND 'c'", "(s || 'a') >= 'b' AND s || 'a' <= 'c'", true))
                .isEmpty();
    }

    @Test
    void comparesPredicatesAndKeysOfIndexes() throws SQLException {
        String index = "CREATE INDEX i ON t (%s) WHERE %s";
        String onSqlite = SQLITE + "); " + index.formatted("coalesce(s, 'a'), x", "x BETWEEN 1 AND 9");
        String onPostgresql = POSTGRESQL + "); " + index;
        String same = onPostgresql.formatted("(coalesce(s, 'a'::text)), x", "x >= 1 AND x <= 9");
        assertThat(differences(onSqlite, same, true)).isEmpty();
        assertThat(differences(onSqlite, same, false)).startsWith("differs  index i");
        assertThat(differences(onSqlite, onPostgresql.formatted("coalesce(s, 'a'), x", "x >= 1 AND x <= 8"), true))
                .startsWith("differs  index i");
        assertThat(differences(onSqlite, onPostgresql.formatted("coalesce(s, 'b'), x", "x BETWEEN 1 AND 9"), true))
                .startsWith("differs  index i");
        assertThat(differences(onSqlite, onPostgresql.formatted("coalesce(s, 'a') DESC, x", "x BETWEEN 1 AND 9"), true))
                .startsWith("differs  index i");
    }

    @Test
    void comparesGeneratedColumns() throws SQLException {
        String onSqlite = SQLITE + ", g BOOLEAN GENERATED ALWAYS AS (x BETWEEN 1 AND 9) STORED)";
        String onPostgresql = POSTGRESQL + ", g boolean GENERATED ALWAYS AS (%s) STORED)";
        String same = onPostgresql.formatted("x >= 1 AND x <= 9");
        assertThat(differences(onSqlite, same, true)).isEmpty();
        assertThat(differences(onSqlite, same, false)).startsWith("differs  column t.g: it is generated");
        assertThat(differences(onSqlite, onPostgresql.formatted("x >= 1 AND x <= 8"), true))
                .startsWith("differs  column t.g: it is generated");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "s TEXT DEFAULT (coalesce('a', 'b')) | s text DEFAULT coalesce('a'::text, ('b')) | s text DEFAULT coalesce('a', 'c')",
                "x INTEGER DEFAULT (1 + 2) | x integer DEFAULT ((1) + 2) | x integer DEFAULT 1 + 3",
                "s TEXT DEFAULT 'a' | s text DEFAULT ('a'::text) | s text DEFAULT 'b'",
                "d DATE DEFAULT (date('now')) | d date DEFAULT CURRENT_DATE | d date DEFAULT '2020-01-01'",
            })
    void comparesDefaults(String sqlite, String same, String other) throws SQLException {
        String table = "CREATE TABLE t (";
        assertThat(differences(table + sqlite + ")", table + same + ")", true)).isEmpty();
        assertThat(differences(table + sqlite + ")", table + other + ")", true)).startsWith("differs  default t.");
    }

    @Test
    void distinguishesTables() throws SQLException {
        assertThat(differences(
                        SQLITE + ", CONSTRAINT c CHECK (x BETWEEN 1 AND 2));"
                                + "CREATE TABLE u (x TEXT, CONSTRAINT d CHECK (x BETWEEN '1' AND '2'));"
                                + "CREATE TABLE \"Order\" (x TEXT, CONSTRAINT e CHECK (x BETWEEN '1' AND '2'))",
                        POSTGRESQL + ", CONSTRAINT c CHECK (x >= 1 AND x <= 2));"
                                + "CREATE TABLE u (x text, CONSTRAINT d CHECK (x >= '1' AND x <= '2'));"
                                + "CREATE TABLE \"Order\" (x text, CONSTRAINT e CHECK (x >= '1' AND x <= '3'))",
                        true))
                .startsWith("differs  check Order.e")
                .hasLineCount(1);
    }

    @Test
    void readsTheDatabaseOnce() throws SQLException {
        try (ScratchDatabase one = ScratchDatabase.of("sqlite", SQLITE + ", CHECK (x > 0), CHECK (y > 0))");
                ScratchDatabase two =
                        ScratchDatabase.of("postgresql", POSTGRESQL + ", CHECK (x > 0), CHECK (y > 0))")) {
            AtomicInteger asked = new AtomicInteger();
            ExpressionReader reader = expressions -> {
                asked.incrementAndGet();
                return ExpressionReader.over(two.dataSource()).canonical(expressions);
            };
            assertThat(one.snapshot()).meansTheSameAs(two.snapshot(), LogicalRules.standard(), reader);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void readsNoExpressionsOnSqlite() throws SQLException {
        try (ScratchDatabase one = ScratchDatabase.of("sqlite", SQLITE + ")")) {
            TableExpression expression = new TableExpression("", "t", Role.CONDITION, null, "x > 0");
            assertThat(ExpressionReader.over(one.dataSource()).canonical(List.of(expression)))
                    .isEmpty();
        }
    }

    @Test
    void rejectsAConnectionInATransaction() throws SQLException {
        try (ScratchDatabase two = ScratchDatabase.of("postgresql", POSTGRESQL + ")")) {
            two.connection().setAutoCommit(false);
            assertThatThrownBy(() -> Dialects.of(two.connection()).canonical(two.connection(), List.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("in a transaction");
        }
    }
}
