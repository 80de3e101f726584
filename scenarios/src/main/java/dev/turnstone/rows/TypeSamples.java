package dev.turnstone.rows;

import dev.turnstone.schema.Column;
import java.util.List;

/** Gives samples for a column, in values that the dialect's driver takes. Immutable. */
interface TypeSamples {

    /** Samples for the column by its type and name alone. */
    Samples of(Column column);

    /** Expressions of checks that the column's type brings along. */
    List<String> checks(Column column);

    /** What a literal in a check may mean as a value of the column; empty where it means none. */
    List<Object> literal(Column column, Literal literal);
}
