package dev.turnstone.schema;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The exact difference between two schemas of one dialect. Immutable.
 *
 * <p>If a whole object was added or removed, its parts are not listed: a new table is one difference, not one for each
 * of its columns.
 *
 * @param differences sorted by kind and name; empty if both schemas are equal
 */
public record SchemaDiff(List<Difference> differences) {

    public SchemaDiff {
        differences = List.copyOf(differences);
    }

    /**
     * Compares two schemas.
     *
     * @param before the old or the expected schema
     * @param after the new or the actual schema
     */
    public static SchemaDiff between(Schema before, Schema after) {
        return new SchemaDiff(new SchemaComparison(before, after).differences());
    }

    /** Returns whether both schemas are equal. */
    public boolean isEmpty() {
        return differences.isEmpty();
    }

    /** Returns one line for each difference. */
    @Override
    public String toString() {
        return differences.stream().map(Difference::toString).collect(Collectors.joining("\n"));
    }
}
