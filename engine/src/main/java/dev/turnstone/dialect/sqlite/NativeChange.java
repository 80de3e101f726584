package dev.turnstone.dialect.sqlite;

import dev.turnstone.operation.ColumnChange;
import dev.turnstone.operation.ColumnChange.Nullability;
import dev.turnstone.operation.Operation.AddConstraint;
import dev.turnstone.operation.Operation.AlterColumn;
import dev.turnstone.operation.Operation.DropConstraint;
import dev.turnstone.operation.Operation.OnMismatch;
import dev.turnstone.operation.Operation.TableChange;
import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Table;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes that ALTER TABLE makes without a rebuild: adding and dropping NOT NULL and CHECK. Observed in SQLite 3.54;
 * not used on older versions.
 */
final class NativeChange {

    private static final int MAJOR = 3;
    private static final int MINOR = 54;

    private NativeChange() {}

    static boolean isKnownTo(Optional<String> version) {
        return version.map(text -> text.split("\\.", -1))
                .filter(numbers -> numbers.length > 1)
                .map(numbers -> {
                    int major = Integer.parseInt(numbers[0]);
                    return major > MAJOR || (major == MAJOR && Integer.parseInt(numbers[1]) >= MINOR);
                })
                .orElse(false);
    }

    /**
     * Returns the clause after the table's name, or null if the change needs a rebuild.
     *
     * @param table the current table, or null if unknown
     */
    static @Nullable String of(TableChange change, @Nullable Table table) {
        if (change instanceof AlterColumn alter) {
            boolean only = alter.change().nullability() != null
                    && alter.change()
                            .equals(
                                    alter.change().nullability() == Nullability.NULL
                                            ? ColumnChange.nothing().nullable()
                                            : ColumnChange.nothing().notNull());
            return only ? nullability(alter) : null;
        }
        if (change instanceof AddConstraint add
                && add.constraint() instanceof CheckConstraint check
                && check.name() != null
                && !check.options().containsKey("on conflict")) {
            return " ADD " + CreateTableStatement.check(check);
        }
        boolean dropsCheck = change instanceof DropConstraint drop
                && drop.ifGone() == OnMismatch.FAIL
                && table != null
                && table.checks().stream().anyMatch(c -> Objects.equals(c.name(), drop.constraint()))
                && table.columns().stream()
                        .noneMatch(c -> Objects.equals(c.options().get("not null name"), drop.constraint()));
        return dropsCheck ? " DROP CONSTRAINT " + Identifier.quoted(((DropConstraint) change).constraint()) : null;
    }

    private static String nullability(AlterColumn alter) {
        return " ALTER COLUMN " + Identifier.quoted(alter.column())
                + (alter.change().nullability() == Nullability.NULL ? " DROP NOT NULL" : " SET NOT NULL");
    }
}
