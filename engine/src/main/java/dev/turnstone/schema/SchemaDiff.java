package dev.turnstone.schema;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The exact difference between two schemas of one dialect. Immutable.
 *
 * <p>An object that came or went as a whole hides what belongs to it: a new table is one difference, not one more for
 * each of its columns.
 *
 * @param differences sorted by kind and name; empty when both are the same
 */
public record SchemaDiff(List<Difference> differences) {

    public SchemaDiff {
        differences = List.copyOf(differences);
    }

    /**
     * Compares two schemas.
     *
     * @param before the schema as it was, or as it should be
     * @param after the schema as it is
     */
    public static SchemaDiff between(Schema before, Schema after) {
        return new SchemaDiff(new SchemaComparison(before, after).differences());
    }

    /** Whether both schemas are the same. */
    public boolean isEmpty() {
        return differences.isEmpty();
    }

    /** Each difference on a line of its own. */
    @Override
    public String toString() {
        return differences.stream().map(Difference::toString).collect(Collectors.joining("\n"));
    }
}
