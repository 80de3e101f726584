package dev.turnstone.dialect.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.StatementSplitter;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import dev.turnstone.testing.LinearTime;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Definitions with 100,000 nested parentheses or a literal of 1,000,000 characters. */
class LongDefinitionTests {

    private static final int DEPTH = 100_000;

    /** An expression of any size. */
    @SuppressWarnings("ImmutableEnumChecker") // The functions have no state.
    private enum Shape {
        PARENTHESES(size -> "(".repeat(size) + "1" + ")".repeat(size)),
        ROW_VALUES(size -> "(1, ".repeat(size) + "1" + ")".repeat(size)),
        CALLS(size -> "abs(".repeat(size) + "1" + ")".repeat(size)),
        CASES(size -> "CASE WHEN a THEN ".repeat(size) + "1" + " END".repeat(size)),
        LITERAL(size -> "'" + "x''\\(".repeat(size) + "'"),
        NAME(size -> "\"" + "x\"\"'(".repeat(size) + "\""),
        SUM(size -> "a" + " + a".repeat(size)),
        SIGNS(size -> "- ".repeat(size) + "1"),
        COMMENTS(size -> "/* ' */".repeat(size) + "1");

        private final IntFunction<String> text;

        Shape(IntFunction<String> text) {
            this.text = text;
        }

        String inTable(int size) {
            String expression = text.apply(size);
            return "CREATE TABLE t (a int DEFAULT (" + expression + ") CHECK (" + expression + "), b AS (" + expression
                    + "), UNIQUE (a), CHECK (" + expression + "))";
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_table_is_read_in_linear_time(Shape shape) {
        LinearTime.assertOf(shape::inTable, sql -> CreateTableParser.parse("t", sql));
    }

    @ParameterizedTest
    @EnumSource
    void a_table_is_split_from_its_script_in_linear_time(Shape shape) {
        LinearTime.assertOf(shape::inTable, sql -> split(StatementSplitter.forSqlite(), sql));
        LinearTime.assertOf(shape::inTable, sql -> split(StatementSplitter.forPostgresql(), sql));
    }

    @ParameterizedTest
    @EnumSource
    void a_default_is_canonical_in_linear_time(Shape shape) {
        LinearTime.assertOf(shape.text, CanonicalSql::ofDefault);
    }

    @Test
    void deep_parentheses_around_an_expression_are_removed() {
        String nested = Shape.PARENTHESES.text.apply(DEPTH);

        TableText table =
                CreateTableParser.parse("t", "CREATE TABLE t (a int CHECK " + nested + ", b AS " + nested + ")");

        assertThat(table.columns()).hasSize(2);
        assertThat(table.checks()).singleElement().satisfies(check -> assertThat(check.expression())
                .isEqualTo("1"));
        assertThat(CanonicalSql.ofDefault(nested)).isEqualTo("1");
    }

    @Test
    void a_long_literal_stays_as_it_is() {
        String literal = "'" + "x''\\".repeat(250_000) + "'";

        TableText table = CreateTableParser.parse("t", "CREATE TABLE t (a CHECK (a <> " + literal + "))");

        String check = table.checks().get(0).expression();
        // A comparison of texts would put both into the message.
        assertThat(check.equals("a <> " + literal)).isTrue();
    }

    @Test
    void deep_parentheses_and_comments_are_split() {
        String nested = "SELECT " + Shape.PARENTHESES.text.apply(DEPTH) + ";";
        String comments = "/*".repeat(DEPTH) + "*/".repeat(DEPTH);

        assertThat(split(StatementSplitter.forPostgresql(), nested + comments + " SELECT 2"))
                .isEqualTo(2);
        assertThat(split(StatementSplitter.forSqlite(), nested + " SELECT 2")).isEqualTo(2);
    }

    private static int split(StatementSplitter splitter, String sql) {
        return splitter.split(new SqlText(sql, new Location("a.sql", 1, 1))).size();
    }
}
