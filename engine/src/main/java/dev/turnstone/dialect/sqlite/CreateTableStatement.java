package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.UniqueConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Renders CREATE TABLE and its clauses. */
final class CreateTableStatement {

    private static final Set<String> RESOLUTIONS = Set.of("abort", "fail", "ignore", "replace", "rollback");
    private static final Set<String> ACTIONS = Set.of("cascade", "no action", "restrict", "set default", "set null");
    private static final Set<String> STORAGES = Set.of("stored", "virtual");

    private final Table table;

    private CreateTableStatement(Table table) {
        this.table = table;
    }

    static String createTable(Table table) {
        return createTable(table, "");
    }

    /**
     * Renders a table.
     *
     * @param existence empty, or {@code IF NOT EXISTS} followed by a space
     */
    static String createTable(Table table, String existence) {
        String module = table.options().get("virtual");
        return module == null ? new CreateTableStatement(table).ordinary(existence) : virtual(table, module, existence);
    }

    private static String virtual(Table table, String module, String existence) {
        String arguments = table.options().get("arguments");
        return "CREATE VIRTUAL TABLE " + existence + Identifier.quoted(table.name()) + " USING "
                + Identifier.quotedIfNeeded(module)
                + (arguments == null ? "" : "(" + SqlFragment.expression(arguments) + ")");
    }

    private String ordinary(String existence) {
        List<String> elements = new ArrayList<>();
        Column counted = autoincrementColumn();
        for (Column column : table.columns()) {
            elements.add(column.equals(counted) ? counted(column) : column(column, inlineKeyOf(column)));
        }
        PrimaryKey key = table.primaryKey();
        if (key != null) {
            UnsupportedOptions.refuse("primary key " + key.columns(), key.options());
        }
        if (key != null && counted == null && !isInline(key)) {
            elements.add(named(key.name()) + "PRIMARY KEY "
                    + keys(key.columns(), key.options().get("keys")) + onConflict(key.options(), "on conflict"));
        }
        table.uniques().forEach(unique -> elements.add(unique(unique)));
        table.checks().forEach(check -> elements.add(check(check)));
        table.foreignKeys().forEach(foreign -> elements.add(foreignKey(foreign)));
        return "CREATE TABLE " + existence + Identifier.quoted(table.name()) + " (\n    "
                + String.join(",\n    ", elements) + "\n)" + tableOptions();
    }

    private String tableOptions() {
        List<String> options = new ArrayList<>();
        if (table.options().containsKey("strict")) {
            options.add("STRICT");
        }
        if (table.options().containsKey("without rowid")) {
            options.add("WITHOUT ROWID");
        }
        return options.isEmpty() ? "" : " " + String.join(", ", options);
    }

    /** Returns the autoincrement column. SQLite supports only one integer column that is the primary key. */
    private @Nullable Column autoincrementColumn() {
        PrimaryKey key = table.primaryKey();
        Column counted = table.columns().stream()
                .filter(column -> column.identity() != null)
                .findFirst()
                .orElse(null);
        if (counted == null && key != null && key.options().containsKey("autoincrement")) {
            counted = key.columns().size() == 1
                    ? table.column(key.columns().get(0)).orElse(null)
                    : null;
        }
        if (counted == null) {
            return null;
        }
        if (key == null || !key.columns().equals(List.of(counted.name())) || !SqliteTypes.isInteger(counted.type())) {
            throw new CannotRenderException(
                    "SQLite",
                    "set autoincrement on column " + table.name() + "." + counted.name(),
                    "Make it an integer and the table's whole primary key, or remove autoIncrement().");
        }
        return counted;
    }

    private String counted(Column column) {
        PrimaryKey key = table.primaryKey();
        if (key == null) {
            throw new IllegalStateException("An autoincrement column is the primary key.");
        }
        // Only the exact type INTEGER makes the column the rowid. It holds 64 bits, whichever integer type the
        // operation names.
        return Identifier.quoted(column.name()) + " INTEGER " + named(key.name()) + "PRIMARY KEY"
                + onConflict(key.options(), "on conflict") + " AUTOINCREMENT" + constraintsOf(column);
    }

    /**
     * Returns whether the key must be a column constraint: {@code INTEGER PRIMARY KEY DESC} differs from the same key
     * on the table.
     */
    private static boolean isInline(PrimaryKey key) {
        return key.options().containsKey("column order");
    }

    private @Nullable PrimaryKey inlineKeyOf(Column column) {
        PrimaryKey key = table.primaryKey();
        return key != null && isInline(key) && key.columns().equals(List.of(column.name())) ? key : null;
    }

    static String column(Column column) {
        return column(column, null);
    }

    private static String column(Column column, @Nullable PrimaryKey key) {
        String type = SqliteTypes.render(column.type());
        String primary = key == null
                ? ""
                : " " + named(key.name()) + "PRIMARY KEY DESC" + onConflict(key.options(), "on conflict");
        return Identifier.quoted(column.name()) + (type.isEmpty() ? "" : " " + type) + primary + constraintsOf(column);
    }

    private static String constraintsOf(Column column) {
        StringBuilder sql = new StringBuilder();
        if (!column.nullable()) {
            sql.append(' ')
                    .append(named(column.options().get("not null name")))
                    .append("NOT NULL")
                    .append(onConflict(column.options(), "not null on conflict"));
        }
        if (column.defaultExpression() != null) {
            sql.append(" DEFAULT ").append(SqlFragment.defaultValue(column.defaultExpression()));
        }
        if (column.collation() != null) {
            sql.append(" COLLATE ").append(Identifier.quoted(column.collation()));
        }
        if (column.generated() != null) {
            sql.append(generated(column.generated()));
        }
        return sql.toString();
    }

    private static String generated(String clause) {
        List<SqlToken> tokens = Tokenizer.tokens(SqlFragment.expression(clause));
        int last = tokens.size() - 1;
        boolean withStorage =
                STORAGES.contains(Identifier.folded(tokens.get(last).text()));
        List<SqlToken> expression = tokens.subList(0, withStorage ? last : tokens.size());
        if (expression.size() > 2
                && expression.get(0).is("always")
                && expression.get(1).is("as")) {
            expression = expression.subList(2, expression.size());
        } else if (!expression.isEmpty() && expression.get(0).is("always")) {
            expression = expression.subList(1, expression.size());
        }
        return " GENERATED ALWAYS AS (" + CanonicalSql.spacedEvenly(CanonicalSql.withoutOuterParentheses(expression))
                + ") " + (withStorage ? tokens.get(last).text() : "VIRTUAL");
    }

    private static String unique(UniqueConstraint unique) {
        UnsupportedOptions.refuse("unique " + unique.columns(), unique.options());
        return named(unique.name()) + "UNIQUE "
                + keys(unique.columns(), unique.options().get("keys"))
                + onConflict(unique.options(), "on conflict");
    }

    static String check(CheckConstraint check) {
        return named(check.name()) + "CHECK (" + SqlFragment.expression(check.expression()) + ")"
                + onConflict(check.options(), "on conflict");
    }

    private static String foreignKey(ForeignKey key) {
        StringBuilder sql = new StringBuilder(named(key.name()))
                .append("FOREIGN KEY ")
                .append(columnList(key.columns()))
                .append(" REFERENCES ")
                .append(Identifier.quoted(key.referencedTable()));
        if (!key.referencedColumns().isEmpty()) {
            sql.append(' ').append(columnList(key.referencedColumns()));
        }
        for (String event : List.of("on delete", "on update")) {
            String action = key.options().get(event);
            if (action != null) {
                sql.append(event.equals("on delete") ? " ON DELETE " : " ON UPDATE ")
                        .append(SqlFragment.oneOf(ACTIONS, "action", action));
            }
        }
        String match = key.options().get("match");
        if (match != null) {
            sql.append(" MATCH ").append(Identifier.quoted(match));
        }
        String deferrable = key.options().get("deferrable");
        if (deferrable != null) {
            sql.append(" DEFERRABLE ")
                    .append(deferrable.equals("initially deferred") ? "INITIALLY DEFERRED" : "INITIALLY IMMEDIATE");
        }
        return sql.toString();
    }

    private static String named(@Nullable String name) {
        return name == null ? "" : "CONSTRAINT " + Identifier.quoted(name) + " ";
    }

    private static String onConflict(Map<String, String> options, String key) {
        String resolution = options.get(key);
        return resolution == null
                ? ""
                : " ON CONFLICT " + SqlFragment.oneOf(RESOLUTIONS, "conflict resolution", resolution);
    }

    private static String keys(List<String> columns, @Nullable String withOrder) {
        return withOrder == null ? columnList(columns) : "(" + SqlFragment.expression(withOrder) + ")";
    }

    static String columnList(List<String> columns) {
        return columns.stream().map(Identifier::quoted).collect(Collectors.joining(", ", "(", ")"));
    }
}
