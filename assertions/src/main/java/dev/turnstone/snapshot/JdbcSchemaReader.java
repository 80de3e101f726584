package dev.turnstone.snapshot;

import dev.turnstone.schema.Column;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.View;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import schemacrawler.schema.Catalog;
import schemacrawler.schema.ForeignKeyUpdateRule;
import schemacrawler.schema.NamedObject;
import schemacrawler.schema.TableReference;
import schemacrawler.schemacrawler.LimitOptionsBuilder;
import schemacrawler.schemacrawler.LoadOptionsBuilder;
import schemacrawler.schemacrawler.SchemaCrawlerOptions;
import schemacrawler.schemacrawler.SchemaCrawlerOptionsBuilder;
import schemacrawler.schemacrawler.SchemaInfoLevelBuilder;
import schemacrawler.tools.utility.SchemaCrawlerUtility;
import us.fatehi.utility.datasource.DatabaseConnectionSource;
import us.fatehi.utility.datasource.DatabaseConnectionSources;

/**
 * Reads the schema of a database for which the engine has no dialect, with SchemaCrawler. Users add the dependency
 * {@code us.fatehi:schemacrawler} themselves.
 *
 * <p>It reads what JDBC provides: tables, columns, primary and foreign keys, indexes, views. It does not read checks,
 * triggers, sequences and types.
 */
public final class JdbcSchemaReader {

    private JdbcSchemaReader() {}

    /**
     * Reads one schema.
     *
     * @param dataSource provides a connection to the database
     * @param dialect a name for the kind of database, for example {@code h2}
     * @param schema the schema's full name in JDBC, for example {@code TEST.PUBLIC}; empty if the database has no
     *     schemas
     */
    public static SchemaSnapshot read(DataSource dataSource, String dialect, String schema) {
        SchemaCrawlerOptions options = SchemaCrawlerOptionsBuilder.newSchemaCrawlerOptions()
                .withLimitOptions(
                        schema.isEmpty()
                                ? LimitOptionsBuilder.newLimitOptions()
                                : LimitOptionsBuilder.builder()
                                        .includeSchemas(Pattern.compile(Pattern.quote(schema)))
                                        .toOptions())
                .withLoadOptions(LoadOptionsBuilder.builder()
                        .withSchemaInfoLevel(SchemaInfoLevelBuilder.standard())
                        .toOptions());
        DatabaseConnectionSource source = DatabaseConnectionSources.fromDataSource(dataSource);
        return new SchemaSnapshot(dialect, schema(SchemaCrawlerUtility.getCatalog(source, options)));
    }

    private static Schema schema(Catalog catalog) {
        List<schemacrawler.schema.Table> all = List.copyOf(catalog.getTables());
        return new Schema(
                all.stream()
                        .filter(t -> !(t instanceof schemacrawler.schema.View))
                        .map(JdbcSchemaReader::table)
                        .toList(),
                all.stream()
                        .filter(schemacrawler.schema.View.class::isInstance)
                        .map(JdbcSchemaReader::view)
                        .toList(),
                List.of());
    }

    private static Table table(schemacrawler.schema.Table table) {
        return new Table(
                "",
                table.getName(),
                table.getColumns().stream().map(JdbcSchemaReader::column).toList(),
                primaryKey(table),
                List.of(),
                List.of(),
                table.getImportedForeignKeys().stream()
                        .map(JdbcSchemaReader::foreignKey)
                        .sorted(Comparator.comparing(ForeignKey::toString))
                        .toList(),
                table.getIndexes().stream()
                        .filter(index -> !isOfPrimaryKey(index, table))
                        .map(JdbcSchemaReader::index)
                        .sorted(Comparator.comparing(Index::name))
                        .toList(),
                List.of(),
                new TreeMap<>(),
                textOrNull(table.getRemarks()));
    }

    private static Column column(schemacrawler.schema.Column column) {
        String width = String.valueOf(column.getWidth());
        String type = column.getColumnDataType().getName();
        return new Column(
                column.getName(),
                ColumnType.spelled(width.startsWith("(") ? type + width : type),
                column.isNullable(),
                column.isAutoIncremented() ? null : textOrNull(column.getDefaultValue()),
                null,
                column.isAutoIncremented() ? "by default" : null,
                null,
                textOrNull(column.getRemarks()),
                new TreeMap<>());
    }

    private static @Nullable String textOrNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static @Nullable PrimaryKey primaryKey(schemacrawler.schema.Table table) {
        if (!table.hasPrimaryKey()) {
            return null;
        }
        return new PrimaryKey(
                textOrNull(table.getPrimaryKey().getName()),
                table.getPrimaryKey().getConstrainedColumns().stream()
                        .map(NamedObject::getName)
                        .toList(),
                new TreeMap<>());
    }

    private static boolean isOfPrimaryKey(schemacrawler.schema.Index index, schemacrawler.schema.Table table) {
        return table.hasPrimaryKey()
                && index.isUnique()
                && index.getColumns().stream()
                        .map(NamedObject::getName)
                        .toList()
                        .equals(table.getPrimaryKey().getConstrainedColumns().stream()
                                .map(NamedObject::getName)
                                .toList());
    }

    private static ForeignKey foreignKey(schemacrawler.schema.ForeignKey key) {
        TreeMap<String, String> options = new TreeMap<>();
        putAction(options, "on delete", key.getDeleteRule());
        putAction(options, "on update", key.getUpdateRule());
        TableReference reference = key;
        return new ForeignKey(
                textOrNull(key.getName()),
                reference.getColumnReferences().stream()
                        .map(r -> r.getForeignKeyColumn().getName())
                        .toList(),
                reference.getPrimaryKeyTable().getName(),
                reference.getColumnReferences().stream()
                        .map(r -> r.getPrimaryKeyColumn().getName())
                        .toList(),
                options);
    }

    private static void putAction(Map<String, String> options, String when, ForeignKeyUpdateRule rule) {
        String action = rule.toString().toLowerCase(Locale.ROOT);
        if (List.of("cascade", "set null", "set default", "restrict").contains(action)) {
            options.put(when, action);
        }
    }

    private static Index index(schemacrawler.schema.Index index) {
        return new Index(
                index.getName(),
                index.isUnique(),
                index.getColumns().stream()
                        .map(column -> new Index.Key(
                                column.getName(),
                                null,
                                column.getSortSequence().name().equals("descending") ? "desc" : ""))
                        .toList(),
                null,
                new TreeMap<>(),
                false);
    }

    private static View view(schemacrawler.schema.Table view) {
        String definition = view.getDefinition();
        return new View(
                "",
                view.getName(),
                false,
                definition == null ? "" : definition.strip(),
                List.of(),
                List.of(),
                new TreeMap<>(),
                textOrNull(view.getRemarks()));
    }
}
