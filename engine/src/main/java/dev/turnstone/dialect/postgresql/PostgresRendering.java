package dev.turnstone.dialect.postgresql;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.Operation;
import dev.turnstone.operation.Operation.AddColumn;
import dev.turnstone.operation.Operation.CreateIndex;
import dev.turnstone.operation.Operation.CreateTable;
import dev.turnstone.operation.Operation.DropColumn;
import dev.turnstone.operation.Operation.DropIndex;
import dev.turnstone.operation.Operation.DropTable;
import dev.turnstone.operation.Operation.Execute;
import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.ColumnType.Native;
import dev.turnstone.schema.ColumnType.Portable;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.UniqueConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Spells operations as PostgreSQL's statements. */
final class PostgresRendering implements Operation.Visitor<List<SqlStatement>> {

    private final PostgresDialect dialect;

    PostgresRendering(PostgresDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public List<SqlStatement> createTable(CreateTable operation) {
        Table table = operation.table();
        List<String> elements = new ArrayList<>();
        table.columns().forEach(column -> elements.add(column(column)));
        PrimaryKey key = table.primaryKey();
        if (key != null) {
            elements.add(named(key.name()) + "PRIMARY KEY " + names(key.columns()) + after(key.options()));
        }
        for (UniqueConstraint unique : table.uniques()) {
            String nulls = unique.options().containsKey("nulls not distinct") ? " NULLS NOT DISTINCT" : "";
            elements.add(
                    named(unique.name()) + "UNIQUE" + nulls + " " + names(unique.columns()) + after(unique.options()));
        }
        table.checks().forEach(check -> elements.add(check(check)));
        table.foreignKeys().forEach(foreign -> elements.add(foreignKey(foreign)));
        List<SqlStatement> statements = new ArrayList<>();
        statements.add(statement("CREATE TABLE " + dialect.quote(table.name())
                + elements.stream().collect(Collectors.joining(",\n    ", " (\n    ", "\n)"))));
        if (table.comment() != null) {
            statements.add(
                    statement("COMMENT ON TABLE " + dialect.quote(table.name()) + " IS " + literal(table.comment())));
        }
        table.columns().forEach(column -> statements.addAll(columnComment(table.name(), column)));
        table.indexes().forEach(index -> statements.addAll(createIndex(new CreateIndex(table.name(), index))));
        return statements;
    }

    @Override
    public List<SqlStatement> dropTable(DropTable operation) {
        return one("DROP TABLE " + dialect.quote(operation.table()));
    }

    @Override
    public List<SqlStatement> addColumn(AddColumn operation) {
        List<SqlStatement> statements = new ArrayList<>();
        statements.add(statement(
                "ALTER TABLE " + dialect.quote(operation.table()) + " ADD COLUMN " + column(operation.column())));
        statements.addAll(columnComment(operation.table(), operation.column()));
        return statements;
    }

    @Override
    public List<SqlStatement> dropColumn(DropColumn operation) {
        return one("ALTER TABLE " + dialect.quote(operation.table()) + " DROP COLUMN "
                + dialect.quote(operation.column()));
    }

    @Override
    public List<SqlStatement> createIndex(CreateIndex operation) {
        Index index = operation.index();
        SortedMap<String, String> options = index.options();
        StringBuilder sql = new StringBuilder(index.unique() ? "CREATE UNIQUE INDEX " : "CREATE INDEX ")
                .append(dialect.quote(index.name()))
                .append(" ON ")
                .append(dialect.quote(operation.table()));
        if (options.containsKey("method")) {
            sql.append(" USING ").append(options.get("method"));
        }
        sql.append(index.keys().stream().map(this::key).collect(Collectors.joining(", ", " (", ")")));
        sql.append(include(options));
        if (options.containsKey("nulls not distinct")) {
            sql.append(" NULLS NOT DISTINCT");
        }
        if (options.containsKey("with")) {
            sql.append(" WITH (").append(options.get("with")).append(")");
        }
        if (index.where() != null) {
            sql.append(" WHERE ").append(index.where());
        }
        return one(sql.toString());
    }

    @Override
    public List<SqlStatement> dropIndex(DropIndex operation) {
        return one("DROP INDEX " + dialect.quote(operation.index()));
    }

    @Override
    public List<SqlStatement> execute(Execute operation) {
        return dialect.split(operation.sql());
    }

    private String column(Column column) {
        StringBuilder sql =
                new StringBuilder(dialect.quote(column.name())).append(" ").append(type(column.type()));
        if (column.collation() != null) {
            sql.append(" COLLATE ").append(dialect.quote(column.collation()));
        }
        if (column.defaultExpression() != null) {
            sql.append(" DEFAULT ").append(column.defaultExpression());
        }
        if (column.generated() != null) {
            sql.append(" GENERATED ").append(column.generated().replaceFirst("^always ", "ALWAYS AS "));
        }
        if (column.identity() != null) {
            sql.append(" GENERATED ")
                    .append(column.identity().toUpperCase(Locale.ROOT))
                    .append(" AS IDENTITY");
        }
        return sql.append(column.nullable() ? "" : " NOT NULL").toString();
    }

    private static String type(ColumnType declared) {
        ColumnType type = declared.on("postgresql");
        if (type instanceof Portable portable) {
            String arguments = portable.arguments().isEmpty()
                    ? ""
                    : portable.arguments().stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
            return spelling(portable.name()) + arguments;
        }
        return ((Native) type).spelling();
    }

    private static String spelling(ColumnType.Name name) {
        return switch (name) {
            case SMALLINT -> "smallint";
            case INTEGER -> "integer";
            case BIGINT -> "bigint";
            case DECIMAL -> "numeric";
            case REAL -> "real";
            case DOUBLE -> "double precision";
            case BOOLEAN -> "boolean";
            case TEXT -> "text";
            case VARCHAR -> "varchar";
            case BINARY -> "bytea";
            case DATE -> "date";
            case TIME -> "time";
            case TIMESTAMP -> "timestamp";
            case TIMESTAMP_WITH_ZONE -> "timestamptz";
            case UUID -> "uuid";
            case JSON -> "jsonb";
        };
    }

    private String check(CheckConstraint check) {
        return named(check.name()) + "CHECK (" + check.expression() + ")"
                + (check.options().containsKey("no inherit") ? " NO INHERIT" : "");
    }

    private String foreignKey(ForeignKey key) {
        String columns = key.referencedColumns().isEmpty() ? "" : " " + names(key.referencedColumns());
        StringBuilder sql = new StringBuilder(named(key.name()))
                .append("FOREIGN KEY ")
                .append(names(key.columns()))
                .append(" REFERENCES ")
                .append(dialect.quote(key.referencedTable()))
                .append(columns);
        clause(sql, " MATCH ", key.options().get("match"));
        clause(sql, " ON DELETE ", key.options().get("on delete"));
        clause(sql, " ON UPDATE ", key.options().get("on update"));
        return sql.append(deferrable(key.options())).toString();
    }

    private static void clause(StringBuilder sql, String words, @Nullable String value) {
        if (value != null) {
            sql.append(words).append(value.toUpperCase(Locale.ROOT));
        }
    }

    private String key(Index.Key key) {
        String what = key.column() == null ? "(" + key.expression() + ")" : dialect.quote(key.column());
        return key.suffix().isEmpty() ? what : what + " " + key.suffix();
    }

    private String after(SortedMap<String, String> options) {
        return include(options) + deferrable(options);
    }

    private String include(SortedMap<String, String> options) {
        String columns = options.get("include");
        return columns == null ? "" : " INCLUDE " + names(List.of(columns.split(", ", -1)));
    }

    private static String deferrable(SortedMap<String, String> options) {
        String initially = options.get("deferrable");
        if (initially == null) {
            return "";
        }
        return initially.startsWith("initially ") ? " DEFERRABLE " + initially.toUpperCase(Locale.ROOT) : " DEFERRABLE";
    }

    private List<SqlStatement> columnComment(String table, Column column) {
        return column.comment() == null
                ? List.of()
                : one("COMMENT ON COLUMN " + dialect.quote(table) + "." + dialect.quote(column.name()) + " IS "
                        + literal(column.comment()));
    }

    private String named(@Nullable String constraint) {
        return constraint == null ? "" : "CONSTRAINT " + dialect.quote(constraint) + " ";
    }

    private String names(List<String> columns) {
        return columns.stream().map(dialect::quote).collect(Collectors.joining(", ", "(", ")"));
    }

    /** A string literal that reads the same whatever {@code standard_conforming_strings} says. */
    static String literal(String text) {
        String doubled = text.replace("'", "''");
        return text.indexOf('\\') < 0 ? "'" + doubled + "'" : "E'" + doubled.replace("\\", "\\\\") + "'";
    }

    private static List<SqlStatement> one(String sql) {
        return List.of(statement(sql));
    }

    private static SqlStatement statement(String sql) {
        return new SqlStatement(sql, Location.of("operation"), SqlStatement.Traits.ORDINARY);
    }
}
