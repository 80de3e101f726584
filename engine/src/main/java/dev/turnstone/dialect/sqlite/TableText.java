package dev.turnstone.dialect.sqlite;

import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.UniqueConstraint;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the text of a CREATE TABLE says that no pragma tells.
 *
 * @param columns all columns in order
 * @param foreignKeys as they are written: the table and the columns referred to are not looked up
 * @param options of the table
 */
record TableText(
        List<ColumnText> columns,
        @Nullable PrimaryKey primaryKey,
        List<UniqueConstraint> uniques,
        List<CheckConstraint> checks,
        List<ForeignKey> foreignKeys,
        SortedMap<String, String> options) {

    /**
     * A column as far as its text says more than the pragma.
     *
     * @param collation folded; null for the default one
     * @param generated the generation clause in canonical spelling, or null
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
