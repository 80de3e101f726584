package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.sqlite.SqliteCatalog.ColumnRow;
import dev.turnstone.dialect.sqlite.SqliteCatalog.Entry;
import dev.turnstone.dialect.sqlite.TableText.ColumnText;
import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.Trigger;
import dev.turnstone.schema.UniqueConstraint;
import dev.turnstone.schema.View;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Assembles a {@link Schema} from the catalog and the stored definitions. */
final class SqliteReader {

    private final SqliteCatalog catalog;

    /** By folded name. */
    private final Map<String, Entry> tables = new HashMap<>();

    private final Map<String, TableText> texts = new HashMap<>();
    private final Map<String, List<Entry>> dependents = new HashMap<>();
    private final TableCache memory;
    private @Nullable CanonicalSql canonical;

    private SqliteReader(SqliteCatalog catalog, TableCache memory) {
        this.catalog = catalog;
        this.memory = memory;
        for (Entry entry : catalog.entries()) {
            if (entry.isTable()) {
                tables.put(Identifier.folded(entry.name()), entry);
                if (!entry.isVirtual()) {
                    texts.put(Identifier.folded(entry.name()), memory.textOf(entry));
                }
            } else {
                dependents
                        .computeIfAbsent(Identifier.folded(entry.table()), table -> new ArrayList<>())
                        .add(entry);
            }
        }
    }

    /** Collecting all names takes time, and only views and triggers need them. */
    private CanonicalSql canonical() {
        CanonicalSql all = canonical;
        if (all == null) {
            all = CanonicalSql.knowing(allNames(catalog));
            canonical = all;
        }
        return all;
    }

    /** Reads one schema, {@code main} or an attached one. */
    static Schema read(Connection connection, String schema) throws SQLException {
        return of(ConsistentRead.of(connection, () -> SqliteCatalog.read(connection, schema)), new TableCache());
    }

    /**
     * Assembles a schema.
     *
     * @param memory the tables of earlier reads; this read adds its own
     */
    static Schema of(SqliteCatalog catalog, TableCache memory) {
        return new SqliteReader(catalog, memory).schema();
    }

    private static Set<String> allNames(SqliteCatalog catalog) {
        Set<String> names = new HashSet<>(TableColumns.ROW_ID_NAMES);
        catalog.entries().forEach(entry -> names.add(Identifier.folded(entry.name())));
        catalog.columns()
                .values()
                .forEach(columns -> columns.forEach(column -> names.add(Identifier.folded(column.name()))));
        return names;
    }

    private Schema schema() {
        List<Table> found = new ArrayList<>();
        List<View> views = new ArrayList<>();
        for (Entry entry : catalog.entries()) {
            if (entry.isTable()) {
                found.add(entry.isVirtual() ? virtualTable(entry) : known(entry));
            } else if (entry.type().equals("view")) {
                views.add(DependentText.view(entry, canonical(), triggers(entry, TableColumns.of(List.of()))));
            }
        }
        return new Schema(found, views, List.of());
    }

    private Table virtualTable(Entry entry) {
        VirtualTableText text = VirtualTableText.parse(entry);
        SortedMap<String, String> options = new TreeMap<>();
        options.put("virtual", text.module());
        if (!text.arguments().isEmpty()) {
            options.put("arguments", text.arguments());
        }
        List<ColumnText> columnTexts = columnRows(entry).stream()
                .map(row -> new ColumnText(row.name(), null, null, hiddenOption(row)))
                .toList();
        return new Table(
                "",
                entry.name(),
                columns(columnTexts, columnRows(entry)),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                triggers(entry, TableColumns.of(columnTexts)),
                options,
                null);
    }

    private Table known(Entry entry) {
        List<Entry> onIt = dependents.getOrDefault(Identifier.folded(entry.name()), List.of());
        List<@Nullable Entry> parents = new ArrayList<>();
        for (ForeignKey key : textOf(entry.name()).foreignKeys()) {
            parents.add(tables.get(Identifier.folded(key.referencedTable())));
        }
        return memory.tableOf(entry, onIt, parents, () -> table(entry));
    }

    private static SortedMap<String, String> hiddenOption(ColumnRow row) {
        return row.hidden() ? new TreeMap<>(Map.of("hidden", "yes")) : new TreeMap<>();
    }

    private Table table(Entry entry) {
        TableText text = textOf(entry.name());
        List<ColumnRow> rows = columnRows(entry);
        List<String> written = text.columns().stream().map(ColumnText::name).toList();
        List<String> reported = rows.stream().map(ColumnRow::name).toList();
        if (!written.equals(reported)) {
            throw new UnreadableDefinitionException(
                    "table " + entry.name(),
                    "its text has the columns " + written + " and the pragma reports " + reported);
        }
        TableColumns columns = text.tableColumns();
        return new Table(
                "",
                entry.name(),
                columns(text.columns(), rows),
                text.primaryKey(),
                sorted(text.uniques(), Comparator.comparing(UniqueConstraint::toString)),
                sorted(text.checks(), Comparator.comparing(CheckConstraint::toString)),
                sorted(
                        text.foreignKeys().stream().map(this::resolved).toList(),
                        Comparator.comparing(ForeignKey::toString)),
                indexes(entry, columns),
                triggers(entry, columns),
                text.options(),
                null);
    }

    /**
     * Sorts in an order that does not depend on how the table was created. Unnamed constraints are distinguished by
     * their position.
     */
    private static <T> List<T> sorted(List<T> list, Comparator<T> order) {
        return list.stream().sorted(order).toList();
    }

    private List<ColumnRow> columnRows(Entry entry) {
        return catalog.columns().getOrDefault(entry.name(), List.of());
    }

    private TableText textOf(String table) {
        TableText text = texts.get(Identifier.folded(table));
        if (text == null) {
            throw new IllegalStateException("The catalog has no text of table " + table);
        }
        return text;
    }

    private static List<Column> columns(List<ColumnText> texts, List<ColumnRow> rows) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            ColumnRow row = rows.get(i);
            ColumnText text = texts.get(i);
            String defaultSql = row.defaultSql() == null ? null : CanonicalSql.ofDefault(row.defaultSql());
            columns.add(new Column(
                    row.name(),
                    type(row.type(), text.generated() != null),
                    !row.notNull(),
                    // For SQLite, DEFAULT NULL and no default are the same.
                    "null".equals(defaultSql) ? null : defaultSql,
                    text.generated(),
                    null,
                    text.collation(),
                    null,
                    text.options()));
        }
        return columns;
    }

    /** Returns the declared type. Its letter case has no meaning. */
    private static ColumnType type(String declared, boolean generated) {
        List<SqlToken> tokens = Tokenizer.tokens(declared);
        // SQLite removes GENERATED ALWAYS from the type, except if a comment separates the two words.
        while (generated && !tokens.isEmpty() && isGenerationWord(tokens.get(tokens.size() - 1))) {
            tokens = tokens.subList(0, tokens.size() - 1);
        }
        return ColumnType.spelled(CanonicalSql.spacedEvenly(tokens).toUpperCase(Locale.ROOT));
    }

    private static boolean isGenerationWord(SqlToken token) {
        return token.is("always") || token.is("generated");
    }

    /**
     * Returns the key with names as the tables declare them, and with the referenced columns if the definition omits
     * them.
     */
    private ForeignKey resolved(ForeignKey key) {
        Entry parent = tables.get(Identifier.folded(key.referencedTable()));
        if (parent == null || parent.isVirtual()) {
            return key;
        }
        TableText text = textOf(parent.name());
        PrimaryKey primary = text.primaryKey();
        List<String> implied = primary == null ? List.of() : primary.columns();
        List<String> referenced = key.referencedColumns().isEmpty()
                ? implied
                : text.tableColumns().declared(key.referencedColumns());
        return new ForeignKey(key.name(), key.columns(), parent.name(), referenced, key.options());
    }

    private List<Index> indexes(Entry table, TableColumns columns) {
        return on(table, "index")
                .map(entry -> DependentText.index(entry, table.name(), columns))
                .toList();
    }

    private List<Trigger> triggers(Entry table, TableColumns columns) {
        return on(table, "trigger")
                .map(entry -> DependentText.trigger(entry, canonical(), columns))
                .toList();
    }

    private Stream<Entry> on(Entry table, String type) {
        return dependents.getOrDefault(Identifier.folded(table.name()), List.of()).stream()
                .filter(entry -> entry.type().equals(type))
                .sorted(Comparator.comparing(Entry::name));
    }
}
