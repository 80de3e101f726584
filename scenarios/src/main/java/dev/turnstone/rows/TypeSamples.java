package dev.turnstone.rows;

import dev.turnstone.schema.Column;
import java.util.List;

/** Returns samples for columns, as values for the dialect's driver. Immutable. */
interface TypeSamples {

    /** Returns samples for the column by its type and name. */
    Samples of(Column column);

    /** Returns the check expressions of the column's type. */
    List<String> checks(Column column);

    /** Returns the column values for a literal in a check; empty if there are none. */
    List<Object> literal(Column column, Literal literal);
}
