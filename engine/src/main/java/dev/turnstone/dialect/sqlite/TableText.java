package dev.turnstone.dialect.sqlite;

import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.UniqueConstraint;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The facts in the text of a CREATE TABLE that no pragma reports.
 *
 * @param columns all columns in order
 * @param foreignKeys as they are written; their tables and columns are not resolved
 * @param options the options of the table
 */
record TableText(
        List<ColumnText> columns,
        @Nullable PrimaryKey primaryKey,
        List<UniqueConstraint> uniques,
        List<CheckConstraint> checks,
        List<ForeignKey> foreignKeys,
        SortedMap<String, String> options) {

    /**
     * The facts about a column that the pragma does not report.
     *
     * @param collation folded; null for the default one
     * @param generated the generation clause in canonical form, or null
     */
    record ColumnText(
            String name,
            @Nullable String collation,
            @Nullable String generated,
            SortedMap<String, String> options) {}

    TableColumns tableColumns() {
        return TableColumns.of(columns);
    }
}
