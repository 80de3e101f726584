package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.Trigger;
import java.util.List;

/** Removes a column from a table, together with the constraints and indexes that contain it, as PostgreSQL does. */
final class DroppedColumn {

    private final Table table;
    private final String column;
    private final MentionedColumns mentioned;

    /**
     * Creates the removal of one column.
     *
     * @param column its name as the table declares it
     */
    DroppedColumn(Table table, String column) {
        this.table = table;
        this.column = column;
        this.mentioned = new MentionedColumns(table);
    }

    /** Returns whether nothing else in the table refers to the column, so that ALTER TABLE can drop it. */
    boolean standsAlone() {
        PrimaryKey key = table.primaryKey();
        return (key == null || !key.columns().contains(column))
                && table.uniques().stream().noneMatch(u -> u.columns().contains(column))
                && table.checks().stream()
                        .noneMatch(c -> mentioned.in(c.expression()).contains(column))
                && table.foreignKeys().stream().noneMatch(f -> f.columns().contains(column))
                && table.indexes().stream().noneMatch(this::isOn);
    }

    /**
     * Returns the table without the column.
     *
     * @throws CannotRenderException if an object depends on the column and cannot be dropped with it
     */
    Table dropped() {
        refuseDependents();
        PrimaryKey key = table.primaryKey();
        boolean ofKey = key != null && key.columns().contains(column);
        if (ofKey && table.options().containsKey("without rowid")) {
            throw cannot(
                    "it is part of the key of a WITHOUT ROWID table",
                    "Create a new table without the column and copy the rows.");
        }
        return table.withColumns(table.columns().stream()
                        .filter(c -> !c.name().equals(column))
                        .toList())
                .withPrimaryKey(ofKey ? null : key)
                .withUniques(table.uniques().stream()
                        .filter(u -> !u.columns().contains(column))
                        .toList())
                .withChecks(table.checks().stream()
                        .filter(c -> !mentioned.in(c.expression()).contains(column))
                        .toList())
                .withForeignKeys(table.foreignKeys().stream()
                        .filter(f -> !f.columns().contains(column))
                        .toList())
                .withIndexes(table.indexes().stream().filter(i -> !isOn(i)).toList());
    }

    private void refuseDependents() {
        if (table.columns().stream().filter(c -> c.generated() == null).count() == 1
                && table.column(column).filter(c -> c.generated() == null).isPresent()) {
            throw cannot("it is the only column", "Drop the table.");
        }
        for (Column other : table.columns()) {
            String generated = other.generated();
            if (generated != null
                    && !other.name().equals(column)
                    && mentioned.in(generated).contains(column)) {
                throw cannot(
                        "column " + other.name() + " is generated from it",
                        "Drop that column first, or change its expression.");
            }
        }
        for (Trigger trigger : table.triggers()) {
            String event = String.valueOf(trigger.attributes().get("event"));
            int of = event.indexOf(" of ");
            if (of >= 0 && mentioned.in(event.substring(of + " of ".length())).contains(column)) {
                throw cannot(
                        "trigger " + trigger.name() + " fires on updates of the column", "Drop the trigger first.");
            }
        }
    }

    private boolean isOn(Index index) {
        List<String> inKeys = TableDraft.columnsOf(index);
        return inKeys.contains(column)
                || mentioned.in(index.where()).contains(column)
                || index.keys().stream()
                        .anyMatch(key -> mentioned.in(key.expression()).contains(column));
    }

    private CannotRenderException cannot(String why, String alternative) {
        return new CannotRenderException(
                "SQLite", "drop column " + table.name() + "." + column + ": " + why, alternative);
    }
}
