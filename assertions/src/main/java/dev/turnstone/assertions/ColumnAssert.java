package dev.turnstone.assertions;

import dev.turnstone.schema.Column;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Assertions about a column. */
public final class ColumnAssert extends PartAssert<ColumnAssert, Column> {

    private final String table;

    ColumnAssert(@Nullable Column actual, String table, Context context) {
        super(actual, ColumnAssert.class, context);
        this.table = table;
    }

    /** Verifies that the column is NOT NULL. */
    @Override
    public ColumnAssert isNotNull() {
        return isAbsent() || !actual.nullable()
                ? this
                : fail("column " + name() + " on " + database() + " accepts NULL but should not.");
    }

    /** Verifies that the column accepts NULL. */
    public ColumnAssert isNullable() {
        return isAbsent() || actual.nullable()
                ? this
                : fail("column " + name() + " on " + database() + " is NOT NULL but should not be.");
    }

    /**
     * Verifies the type.
     *
     * @param type in the database's canonical form: {@code character varying(80)}, {@code VARCHAR(80)}
     */
    public ColumnAssert hasType(String type) {
        return isAbsent() ? this : same("type", type, actual.type().toString());
    }

    /**
     * Verifies the default.
     *
     * @param expression in the database's canonical form: {@code 'queued'}, {@code now()}
     */
    public ColumnAssert hasDefault(String expression) {
        return isAbsent() ? this : same("default", expression, actual.defaultExpression());
    }

    /** Verifies that the column has no default. */
    public ColumnAssert hasNoDefault() {
        return isAbsent() ? this : same("default", null, actual.defaultExpression());
    }

    /**
     * Verifies the identity of the column.
     *
     * @param kind {@code always} or {@code by default}
     */
    public ColumnAssert hasIdentity(String kind) {
        return isAbsent() ? this : same("identity", kind, actual.identity());
    }

    /** Verifies the generation clause in the database's canonical form. */
    public ColumnAssert isGenerated(String clause) {
        return isAbsent() ? this : same("generation", clause, actual.generated());
    }

    /** Verifies the collation. */
    public ColumnAssert hasCollation(String collation) {
        return isAbsent() ? this : same("collation", collation, actual.collation());
    }

    /** Verifies the comment. */
    public ColumnAssert hasComment(String comment) {
        return isAbsent() ? this : same("comment", comment, actual.comment());
    }

    private ColumnAssert same(String what, @Nullable String expected, @Nullable String found) {
        return Objects.equals(expected, found)
                ? this
                : failOn(
                        "The " + what + " of column " + name(),
                        expected == null ? "none" : expected,
                        found == null ? "none" : found);
    }

    private String name() {
        return table + "." + actual.name();
    }
}
