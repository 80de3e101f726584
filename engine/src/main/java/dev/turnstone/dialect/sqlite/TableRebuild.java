package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.SqlStatement.Traits;
import dev.turnstone.operation.Location;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds a table by SQLite's documented procedure: create a new table, copy the rows, drop the old table, rename the
 * new one, and create indexes and triggers again. Foreign keys must be off in the session, because dropping a table
 * otherwise deletes its rows, and the rows that refer to them.
 */
final class TableRebuild {

    private final Table before;
    private final TableDraft draft;
    private final Table after;
    private final @Nullable Schema schema;
    private final String temporary;
    private final boolean analyzed;
    private final List<SqlStatement> statements = new ArrayList<>();

    /**
     * Creates the rebuild of one table.
     *
     * @param schema the current schema, or null without a connection
     * @param analyzed whether {@code sqlite_stat1} exists
     */
    TableRebuild(Table before, TableDraft draft, @Nullable Schema schema, boolean analyzed) {
        this.before = before;
        this.draft = draft;
        this.after = draft.table();
        this.schema = schema;
        this.analyzed = analyzed;
        this.temporary = freeName("turnstone_new_" + before.name());
    }

    private String freeName(String wanted) {
        Set<String> taken = new HashSet<>();
        if (schema != null) {
            schema.tables().forEach(table -> {
                taken.add(Identifier.folded(table.name()));
                table.indexes().forEach(index -> taken.add(Identifier.folded(index.name())));
            });
            schema.views().forEach(view -> taken.add(Identifier.folded(view.name())));
        }
        String name = wanted;
        for (int i = 2; taken.contains(Identifier.folded(name)); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    List<SqlStatement> statements() {
        if (before.options().containsKey("virtual")) {
            throw new CannotRenderException(
                    "SQLite", "rebuild virtual table " + before.name(), "Drop it and create it again with execute.");
        }
        boolean dependents = schema == null
                || !schema.views().isEmpty()
                || schema.tables().stream().anyMatch(table -> !table.triggers().isEmpty());
        add("PRAGMA legacy_alter_table=OFF");
        if (dependents) {
            checkViewsAndTriggers();
        }
        add(CreateTableStatement.createTable(after.named(temporary)));
        copyRows();
        if (isCounted(before) && isCounted(after)) {
            keepSequence();
        }
        TableStatistics statistics = new TableStatistics(before, after, temporary);
        if (analyzed) {
            statistics.copying().forEach(this::add);
        }
        add("DROP TABLE " + Identifier.quoted(before.name()));
        // Otherwise the rename fails if a view uses the table, and rewrites references to it.
        add("PRAGMA legacy_alter_table=ON");
        add("ALTER TABLE " + Identifier.quoted(temporary) + " RENAME TO " + Identifier.quoted(after.name()));
        add("PRAGMA legacy_alter_table=OFF");
        after.indexes().forEach(index -> add(DependentStatements.createIndex(after.name(), index)));
        after.triggers().forEach(trigger -> add(DependentStatements.createTrigger(after.name(), trigger)));
        if (analyzed) {
            add(statistics.renaming());
        }
        if (dependents) {
            checkViewsAndTriggers();
        }
        return statements;
    }

    /** When a table is renamed, SQLite parses all views and triggers, and names the first that is broken. */
    private void checkViewsAndTriggers() {
        String one = Identifier.quoted(freeName("turnstone_check"));
        String other = Identifier.quoted(freeName("turnstone_checked"));
        add("CREATE TABLE " + one + " (checked)");
        add("ALTER TABLE " + one + " RENAME TO " + other);
        add("DROP TABLE " + other);
    }

    private void copyRows() {
        List<String> to = new ArrayList<>();
        List<String> from = new ArrayList<>();
        String rowId = rowId();
        if (rowId != null) {
            to.add(rowId);
            from.add(rowId);
        }
        for (Column column : after.columns()) {
            if (column.generated() != null) {
                continue;
            }
            String value = draft.valueOf(column);
            String old = before.columns().stream()
                    .filter(c -> c.name().equals(column.name()))
                    .findFirst()
                    .map(c -> Identifier.quoted(c.name()))
                    .orElse(null);
            if (value != null || old != null) {
                to.add(Identifier.quoted(column.name()));
                from.add(value == null ? String.valueOf(old) : "(" + value + ")");
            }
        }
        // OR ABORT, because a constraint's own ON CONFLICT could silently drop rows.
        add("INSERT OR ABORT INTO " + Identifier.quoted(temporary) + " (" + String.join(", ", to) + ") SELECT "
                + String.join(", ", from) + " FROM " + Identifier.quoted(before.name()));
    }

    /** Returns the name under which the rowid can be copied, or null if a column is the rowid or there is none. */
    private @Nullable String rowId() {
        if (withoutRowId(before) || withoutRowId(after) || isAlias(after)) {
            return null;
        }
        Set<String> names = new HashSet<>();
        Stream.concat(before.columns().stream(), after.columns().stream())
                .forEach(c -> names.add(Identifier.folded(c.name())));
        Optional<String> free = Stream.of("rowid", "_rowid_", "oid")
                .filter(n -> !names.contains(n))
                .findFirst();
        return free.orElse(null);
    }

    private static boolean withoutRowId(Table table) {
        return table.options().containsKey("without rowid");
    }

    /** Returns whether a column is the rowid: its type is exactly INTEGER, and it is the whole primary key. */
    private static boolean isAlias(Table table) {
        PrimaryKey key = table.primaryKey();
        return isCounted(table)
                || (key != null
                        && key.columns().size() == 1
                        && !key.options().containsKey("column order")
                        && table.column(key.columns().get(0))
                                .filter(c -> SqliteTypes.render(c.type()).equalsIgnoreCase("integer"))
                                .isPresent());
    }

    private static boolean isCounted(Table table) {
        PrimaryKey key = table.primaryKey();
        return key != null
                && (key.options().containsKey("autoincrement")
                        || table.columns().stream().anyMatch(c -> c.identity() != null));
    }

    /** Keeps the highest value ever used, even if the last rows are deleted. */
    private void keepSequence() {
        String name = SqliteLiterals.text(temporary);
        add("DELETE FROM sqlite_sequence WHERE name = " + name);
        add("INSERT INTO sqlite_sequence (name, seq) SELECT " + name + ", seq FROM sqlite_sequence WHERE name = "
                + SqliteLiterals.text(before.name()));
    }

    private void add(String sql) {
        statements.add(new SqlStatement(sql, Location.of("rebuild of table " + before.name()), Traits.REBUILDS));
    }
}
