package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.sqlite.TableText.ColumnText;
import dev.turnstone.schema.Table;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the columns of a table in expressions. */
final class MentionedColumns {

    private final TableColumns columns;
    private final CanonicalSql canonical;

    MentionedColumns(Table table) {
        this.columns = TableColumns.of(table.columns().stream()
                .map(c -> new ColumnText(c.name(), c.collation(), null, new TreeMap<>()))
                .toList());
        this.canonical = columns.canonicalSql(table.name());
    }

    /** Returns the columns that an expression mentions; none for null. */
    List<String> in(@Nullable String expression) {
        return expression == null ? List.of() : columns.mentionedIn(Tokenizer.tokens(expression), canonical);
    }
}
