package dev.turnstone.dialect.postgresql.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.SqlToken;
import dev.turnstone.testing.LinearTime;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Views and defaults with 100,000 nested parentheses or a literal of 1,000,000 characters. */
class LongDefinitionTests {

    private static final int DEPTH = 100_000;

    /** An expression of any size. */
    @SuppressWarnings("ImmutableEnumChecker") // The functions have no state.
    private enum Shape {
        PARENTHESES(size -> "(".repeat(size) + "t.id" + ")".repeat(size)),
        SUBQUERIES(size -> "(SELECT ".repeat(size) + "t.id" + ")".repeat(size)),
        CASES(size -> "CASE WHEN t.a THEN ".repeat(size) + "1" + " END".repeat(size)),
        LITERAL(size -> "'" + "x''\\(".repeat(size) + "'::text"),
        ESCAPES(size -> "E'" + "x''\\'(".repeat(size) + "'::text"),
        NAME(size -> "t.\"" + "x\"\"'(".repeat(size) + "\""),
        CASTS(size -> "t.id" + "::text".repeat(size)),
        COLUMNS(size -> "t.id" + ", t.id".repeat(size)),
        SPACES(size -> "t.id" + " \n ".repeat(size) + "+ t.id"),
        NUMBERS(size -> "1" + ", 1.5e-3".repeat(size)),
        RANGES(size -> "1" + ", 1..2AND".repeat(4 * size)),
        ADJACENT_STRINGS(size -> "'a'\n".repeat(4 * size)),
        UNICODE_STRINGS(size -> "''" + ", U&'\\0061' /* a */".repeat(4 * size)),
        OPEN_DOLLARS(size -> "1" + ", $1 $a".repeat(size));

        private final IntFunction<String> text;

        Shape(IntFunction<String> text) {
            this.text = text;
        }

        String inView(int size) {
            return " SELECT " + text.apply(size) + " AS l FROM t WHERE t.id > 0;";
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_view_is_canonical_in_linear_time(Shape shape) {
        LinearTime.assertOf(shape::inView, ViewQuery::canonical);
    }

    @ParameterizedTest
    @EnumSource
    void a_view_is_read_as_tokens_in_linear_time(Shape shape) {
        LinearTime.assertOf(shape::inView, SqlToken::ofPostgresql);
    }

    @ParameterizedTest
    @EnumSource
    void a_default_is_read_in_linear_time(Shape shape) {
        LinearTime.assertOf(shape.text, expression -> ColumnDefault.of(expression, "text"));
    }

    @Test
    void a_column_in_deep_parentheses_loses_its_qualifier() {
        String nested = Shape.PARENTHESES.text.apply(DEPTH);

        assertEqual(
                ViewQuery.canonical("SELECT " + nested + " FROM t;"),
                "SELECT " + nested.replace("t.id", "id") + " FROM t");
    }

    @Test
    void a_column_in_deep_subqueries_keeps_its_qualifier() {
        String query = "SELECT " + Shape.SUBQUERIES.text.apply(DEPTH) + " FROM t";

        assertEqual(ViewQuery.canonical(query), query);
    }

    @Test
    void a_long_literal_stays_as_it_is() {
        String literal = "'" + "x''\\".repeat(250_000) + "'";

        assertEqual(
                ViewQuery.canonical(" SELECT t.id, " + literal + "::text AS l FROM t;"),
                "SELECT id, " + literal + "::text AS l FROM t");
        assertEqual(String.valueOf(ColumnDefault.of(literal + "::text", "text")), literal);
    }

    /** Compares long texts, without a message that shows both. */
    private static void assertEqual(String actual, String expected) {
        assertThat(actual.equals(expected)).isTrue();
    }
}
