package dev.turnstone.dialect.postgresql.render;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.operation.Exclusion;
import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.TableElement;
import dev.turnstone.schema.UniqueConstraint;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Renders the clauses of PostgreSQL's CREATE and ALTER statements. */
public final class PostgresClauses {

    private PostgresClauses() {}

    /** Refuses options that the generated statement cannot express, so that none is lost silently. */
    static void refuseUnknownOptions(String what, Map<String, String> options, String... known) {
        Set<String> others = new TreeSet<>(options.keySet());
        others.removeAll(List.of(known));
        if (!others.isEmpty()) {
            throw new CannotRenderException(
                    "PostgreSQL",
                    "create " + what + " with the option " + String.join(", ", others),
                    "Write the statement as SQL with execute, or remove the option.");
        }
    }

    static String column(Column column) {
        refuseUnknownOptions("column " + column.name(), column.options());
        StringBuilder sql = new StringBuilder(PostgresIdentifier.quoted(column.name()))
                .append(" ")
                .append(PostgresTypes.render(column.type()));
        if (column.collation() != null) {
            sql.append(" COLLATE ").append(PostgresIdentifier.quoted(column.collation()));
        }
        if (column.defaultExpression() != null) {
            sql.append(" DEFAULT ").append(PostgresFragment.defaultValue(column.defaultExpression()));
        }
        if (column.generated() != null) {
            sql.append(" GENERATED ")
                    .append(PostgresFragment.single("generation", column.generated())
                            .replaceFirst("^always (as )?", "ALWAYS AS "));
        }
        if (column.identity() != null) {
            sql.append(" GENERATED ").append(identity(column.identity())).append(" AS IDENTITY");
        }
        return sql.append(column.nullable() ? "" : " NOT NULL").toString();
    }

    static String check(CheckConstraint check) {
        refuseUnknownOptions("check " + check.expression(), check.options(), "no inherit", "not valid");
        return named(check.name()) + "CHECK (" + PostgresFragment.expression("condition", check.expression()) + ")"
                + (check.options().containsKey("no inherit") ? " NO INHERIT" : "") + notValid(check.options());
    }

    static String foreignKey(ForeignKey key) {
        refuseUnknownOptions(
                "foreign key to " + key.referencedTable(),
                key.options(),
                "match",
                "on delete",
                "on update",
                "deferrable",
                "not valid");
        String columns = key.referencedColumns().isEmpty() ? "" : " " + names(key.referencedColumns());
        StringBuilder sql = new StringBuilder(named(key.name()))
                .append("FOREIGN KEY ")
                .append(names(key.columns()))
                .append(" REFERENCES ")
                .append(PostgresIdentifier.quoted(key.referencedTable()))
                .append(columns);
        clause(sql, " MATCH ", key.options().get("match"));
        clause(sql, " ON DELETE ", key.options().get("on delete"));
        clause(sql, " ON UPDATE ", key.options().get("on update"));
        return sql.append(deferrable(key.options()))
                .append(notValid(key.options()))
                .toString();
    }

    private static void clause(StringBuilder sql, String words, @Nullable String value) {
        if (value != null) {
            sql.append(words).append(PostgresFragment.single("action", value).toUpperCase(Locale.ROOT));
        }
    }

    static String key(Index.Key key) {
        String what = key.column() == null
                ? "(" + PostgresFragment.expression("key", String.valueOf(key.expression())) + ")"
                : PostgresIdentifier.quoted(key.column());
        return key.suffix().isEmpty() ? what : what + " " + PostgresFragment.single("ordering", key.suffix());
    }

    static String after(SortedMap<String, String> options) {
        return include(options) + deferrable(options);
    }

    static String include(SortedMap<String, String> options) {
        String columns = options.get("include");
        return columns == null ? "" : " INCLUDE " + names(List.of(columns.split(", ", -1)));
    }

    private static String deferrable(SortedMap<String, String> options) {
        String initially = options.get("deferrable");
        if (initially == null) {
            return "";
        }
        return initially.equals("initially deferred") || initially.equals("initially immediate")
                ? " DEFERRABLE " + initially.toUpperCase(Locale.ROOT)
                : " DEFERRABLE";
    }

    static String named(@Nullable String constraint) {
        return constraint == null ? "" : "CONSTRAINT " + PostgresIdentifier.quoted(constraint) + " ";
    }

    static String names(List<String> columns) {
        return columns.stream().map(PostgresIdentifier::quoted).collect(Collectors.joining(", ", "(", ")"));
    }

    /** Renders a string literal that does not depend on {@code standard_conforming_strings}. */
    public static String literal(String text) {
        String doubled = text.replace("'", "''");
        return text.indexOf('\\') < 0 ? "'" + doubled + "'" : "E'" + doubled.replace("\\", "\\\\") + "'";
    }

    static String identity(String kind) {
        return switch (kind.strip().toLowerCase(Locale.ROOT)) {
            case "always" -> "ALWAYS";
            case "by default" -> "BY DEFAULT";
            default -> throw PostgresFragment.invalid("identity", kind, "it is neither always nor by default");
        };
    }

    private static String notValid(SortedMap<String, String> options) {
        return options.containsKey("not valid") ? " NOT VALID" : "";
    }

    static String primaryKey(PrimaryKey key) {
        refuseUnknownOptions("primary key " + key.columns(), key.options(), "include", "deferrable");
        return named(key.name()) + "PRIMARY KEY " + names(key.columns()) + after(key.options());
    }

    static String unique(UniqueConstraint unique) {
        refuseUnknownOptions(
                "unique " + unique.columns(), unique.options(), "include", "deferrable", "nulls not distinct");
        String nulls = unique.options().containsKey("nulls not distinct") ? " NULLS NOT DISTINCT" : "";
        return named(unique.name()) + "UNIQUE" + nulls + " " + names(unique.columns()) + after(unique.options());
    }

    static String exclusion(Exclusion exclusion) {
        String elements = exclusion.elements().stream()
                .map(e -> PostgresFragment.single("element", e.expression()) + " WITH "
                        + PostgresFragment.operator(e.operator()))
                .collect(Collectors.joining(", ", "(", ")"));
        return named(exclusion.name()) + "EXCLUDE USING " + PostgresFragment.word("index method", exclusion.method())
                + " "
                + elements
                + (exclusion.where() == null
                        ? ""
                        : " WHERE (" + PostgresFragment.expression("condition", exclusion.where()) + ")");
    }

    /** Renders a constraint for CREATE TABLE or ADD. */
    static String constraint(TableElement element) {
        if (element instanceof PrimaryKey key) {
            return primaryKey(key);
        }
        if (element instanceof UniqueConstraint unique) {
            return unique(unique);
        }
        if (element instanceof CheckConstraint check) {
            return check(check);
        }
        return foreignKey((ForeignKey) element);
    }

    static String index(String table, Index index, String words) {
        SortedMap<String, String> options = index.options();
        refuseUnknownOptions("index " + index.name(), options, "method", "include", "nulls not distinct", "with");
        StringBuilder sql = new StringBuilder(index.unique() ? "CREATE UNIQUE INDEX " : "CREATE INDEX ")
                .append(words)
                .append(PostgresIdentifier.quoted(index.name()))
                .append(" ON ")
                .append(PostgresIdentifier.quoted(table));
        String method = options.get("method");
        if (method != null) {
            sql.append(" USING ").append(PostgresFragment.word("index method", method));
        }
        sql.append(index.keys().stream().map(PostgresClauses::key).collect(Collectors.joining(", ", " (", ")")));
        sql.append(include(options));
        if (options.containsKey("nulls not distinct")) {
            sql.append(" NULLS NOT DISTINCT");
        }
        String with = options.get("with");
        if (with != null) {
            sql.append(" WITH (")
                    .append(PostgresFragment.expression("storage parameters", with))
                    .append(")");
        }
        if (index.where() != null) {
            sql.append(" WHERE ").append(PostgresFragment.expression("condition", index.where()));
        }
        return sql.toString();
    }
}
