package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.Trigger;
import java.util.List;

/** A table without one of its columns, and without what the column was part of, as PostgreSQL does it. */
final class DroppedColumn {

    private final Table table;
    private final String column;
    private final MentionedColumns mentioned;

    /**
     * @param column its name as the table declares it
     */
    DroppedColumn(Table table, String column) {
        this.table = table;
        this.column = column;
        this.mentioned = new MentionedColumns(table);
    }

    /** Whether nothing else of the table knows the column, so that ALTER TABLE can drop it. */
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
     * The table without it.
     *
     * @throws CannotRenderException when something depends on it that does not go with it
     */
    Table dropped() {
        refuseWhatDepends();
        PrimaryKey key = table.primaryKey();
        boolean ofKey = key != null && key.columns().contains(column);
        if (ofKey && table.options().containsKey("without rowid")) {
            throw cannot("it is part of the key of a WITHOUT ROWID table", "Make another table.");
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

    private void refuseWhatDepends() {
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
                        "Drop that column before, or change its expression.");
            }
        }
        for (Trigger trigger : table.triggers()) {
            String event = String.valueOf(trigger.attributes().get("event"));
            int of = event.indexOf(" of ");
            if (of >= 0 && mentioned.in(event.substring(of + " of ".length())).contains(column)) {
                throw cannot("trigger " + trigger.name() + " is on its updates", "Drop the trigger before.");
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
