package dev.turnstone.assertions;

import dev.turnstone.schema.ForeignKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Assertions about a foreign key. */
public final class ForeignKeyAssert extends PartAssert<ForeignKeyAssert, ForeignKey> {

    private final String table;

    ForeignKeyAssert(@Nullable ForeignKey actual, String table, Context context) {
        super(actual, ForeignKeyAssert.class, context);
        this.table = table;
    }

    /** Verifies the referenced table and columns. */
    public ForeignKeyAssert references(String referencedTable, String... columns) {
        if (isAbsent()) {
            return this;
        }
        String expected = referencedTable + " (" + String.join(", ", List.of(columns)) + ")";
        String found = actual.referencedTable() + " (" + String.join(", ", actual.referencedColumns()) + ")";
        return expected.equals(found) ? this : failOn("The target of " + name(), expected, found);
    }

    /**
     * Verifies the action for the deletion of the referenced row.
     *
     * @param action {@code cascade}, {@code set null}, {@code set default}, {@code restrict} or {@code no action}
     */
    public ForeignKeyAssert onDelete(String action) {
        return isAbsent() ? this : same("on delete", action);
    }

    /** Verifies the action for a change of the referenced key. The actions are those of {@link #onDelete}. */
    public ForeignKeyAssert onUpdate(String action) {
        return isAbsent() ? this : same("on update", action);
    }

    private ForeignKeyAssert same(String option, String expected) {
        String found = actual.options().getOrDefault(option, "no action");
        return expected.equals(found) ? this : failOn("'" + option + "' of " + name(), expected, found);
    }

    private String name() {
        return "the foreign key of " + table + " on " + String.join(", ", actual.columns());
    }
}
