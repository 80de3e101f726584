package dev.turnstone.rows;

import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.UniqueConstraint;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The reason why the database refused a row.
 *
 * @param kind the kind of constraint
 * @param constraint the constraint's name or expression, or the column of a NOT NULL; null if the database names none
 * @param columns the affected columns of the table; empty if they are not known
 * @param words the message of the database
 */
record Violation(Kind kind, @Nullable String constraint, List<String> columns, String words) {

    enum Kind {
        NOT_NULL("not null"),
        UNIQUE("unique"),
        CHECK("check"),
        FOREIGN_KEY("foreign key"),
        EXCLUSION("exclusion"),
        /** A value that is invalid for the column's type. */
        VALUE("value"),
        /** A trigger, a missing partition, and everything else. */
        OTHER("refused");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    private static final Pattern SQLITE =
            Pattern.compile("(?s)^.*\\((CHECK|UNIQUE|NOT NULL|FOREIGN KEY) constraint failed(?:: (.*))?\\)");

    /** Returns the violated constraint, for a person: {@code check ck_books_isbn}. */
    String title() {
        if (constraint != null) {
            return kind.label + " " + constraint;
        }
        return columns.isEmpty() ? kind.label : kind.label + " (" + String.join(", ", columns) + ")";
    }

    static Violation of(SQLException refusal, Table table) {
        String words = String.valueOf(refusal.getMessage());
        Matcher sqlite = SQLITE.matcher(words);
        return sqlite.matches()
                ? onSqlite(sqlite.group(1), sqlite.group(2), table, words)
                : onPostgresql(refusal, table, words);
    }

    private static Violation onSqlite(String kind, @Nullable String detail, Table table, String words) {
        return switch (kind) {
            case "NOT NULL" -> new Violation(Kind.NOT_NULL, detail, columnsIn(detail, table), words);
            case "UNIQUE" -> new Violation(Kind.UNIQUE, detail, columnsOfUnique(detail, table), words);
            case "CHECK" -> new Violation(Kind.CHECK, detail, columnsOfCheck(detail, table), words);
            default -> new Violation(Kind.FOREIGN_KEY, null, allForeignKeyColumns(table), words);
        };
    }

    /** Parses {@code t.a, t.b}, or {@code index 'name'} for an index on expressions. */
    private static List<String> columnsOfUnique(@Nullable String detail, Table table) {
        if (detail != null && detail.startsWith("index '")) {
            return indexColumns(detail.substring("index '".length(), detail.length() - 1), table);
        }
        return columnsIn(detail, table);
    }

    private static List<String> columnsIn(@Nullable String detail, Table table) {
        return detail == null
                ? List.of()
                : Stream.of(detail.split(", ", -1))
                        .filter(name -> name.startsWith(table.name() + "."))
                        .map(name -> name.substring(table.name().length() + 1))
                        .filter(name -> table.column(name).isPresent())
                        .toList();
    }

    private static List<String> columnsOfCheck(@Nullable String nameOrExpression, Table table) {
        return table.checks().stream()
                .filter(check -> Objects.equals(check.name(), nameOrExpression)
                        || (check.name() == null
                                && squeezed(check.expression()).equals(squeezed(String.valueOf(nameOrExpression)))))
                .findFirst()
                .map(CheckConstraint::columns)
                .orElseGet(() -> table.checks().stream()
                        .flatMap(check -> check.columns().stream())
                        .distinct()
                        .toList());
    }

    private static String squeezed(String expression) {
        return expression.replaceAll("[\\s()\"`]", "").toLowerCase(java.util.Locale.ROOT);
    }

    private static List<String> allForeignKeyColumns(Table table) {
        return table.foreignKeys().stream()
                .flatMap(key -> key.columns().stream())
                .distinct()
                .toList();
    }

    private static Violation onPostgresql(SQLException refusal, Table table, String words) {
        ServerError error = ServerError.of(refusal);
        boolean elsewhere = error.table() != null && !error.table().equals(table.name()) && !isPartitionOf(table);
        String state = String.valueOf(refusal.getSQLState());
        String name = error.constraint();
        if (elsewhere) {
            return new Violation(Kind.OTHER, name, List.of(), words);
        }
        String column = error.column();
        return switch (state) {
            case "23502" -> new Violation(Kind.NOT_NULL, column, column == null ? List.of() : List.of(column), words);
            case "23505" -> new Violation(Kind.UNIQUE, name, uniqueColumns(name, table), words);
            case "23P01" -> new Violation(Kind.EXCLUSION, name, List.of(), words);
            case "23503" -> new Violation(Kind.FOREIGN_KEY, name, foreignKeyColumns(name, table), words);
            case "23514" ->
                name == null
                        ? new Violation(Kind.OTHER, null, List.of(), words)
                        : new Violation(Kind.CHECK, name, postgresCheckColumns(name, error, table), words);
            default -> new Violation(state.startsWith("22") ? Kind.VALUE : Kind.OTHER, name, List.of(), words);
        };
    }

    private static boolean isPartitionOf(Table table) {
        return table.options().containsKey("partition by");
    }

    private static List<String> postgresCheckColumns(String name, ServerError error, Table table) {
        if (error.dataType() != null) {
            return table.columns().stream()
                    .filter(column -> column.type().toString().replace("\"", "").endsWith(error.dataType()))
                    .map(dev.turnstone.schema.Column::name)
                    .toList();
        }
        return table.checks().stream()
                .filter(check -> name.equals(check.name()))
                .flatMap(check -> check.columns().stream())
                .distinct()
                .toList();
    }

    private static List<String> foreignKeyColumns(@Nullable String name, Table table) {
        return table.foreignKeys().stream()
                .filter(key -> Objects.equals(key.name(), name))
                .map(ForeignKey::columns)
                .findFirst()
                .orElseGet(() -> allForeignKeyColumns(table));
    }

    private static List<String> uniqueColumns(@Nullable String name, Table table) {
        PrimaryKey primary = table.primaryKey();
        if (primary != null && Objects.equals(primary.name(), name)) {
            return primary.columns();
        }
        return table.uniques().stream()
                .filter(unique -> Objects.equals(unique.name(), name))
                .map(UniqueConstraint::columns)
                .findFirst()
                .orElseGet(() -> indexColumns(String.valueOf(name), table));
    }

    private static List<String> indexColumns(String name, Table table) {
        return table.indexes().stream()
                .filter(index -> index.name().equals(name))
                .flatMap(index -> index.keys().stream())
                .flatMap(key -> keyColumns(key, table))
                .distinct()
                .toList();
    }

    private static Stream<String> keyColumns(Index.Key key, Table table) {
        if (key.column() != null) {
            return Stream.of(key.column());
        }
        String expression = String.valueOf(key.expression());
        return table.columns().stream().map(dev.turnstone.schema.Column::name).filter(column -> Pattern.compile(
                        "(?<!\\w)" + Pattern.quote(column) + "(?!\\w)")
                .matcher(expression)
                .find());
    }
}
