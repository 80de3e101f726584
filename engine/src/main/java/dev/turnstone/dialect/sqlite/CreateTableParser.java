package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.sqlite.TableText.ColumnText;
import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.UniqueConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parses the text of a CREATE TABLE. */
final class CreateTableParser {

    private static final List<String> COLUMN_CONSTRAINTS = List.of(
            "constraint",
            "default",
            "null",
            "not",
            "primary",
            "unique",
            "check",
            "references",
            "collate",
            "deferrable",
            "as");

    private static final List<String> TABLE_CONSTRAINTS =
            List.of("constraint", "primary", "unique", "check", "foreign");

    private final String table;
    private final List<ColumnText> columns = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<Key> uniques = new ArrayList<>();
    private final List<ForeignKey> foreignKeys = new ArrayList<>();
    private final List<Generated> generatedColumns = new ArrayList<>();
    private final SortedMap<String, String> tableOptions = new TreeMap<>();
    private @Nullable Key primaryKey;
    private TokenReader tokens;

    /** The name of the next constraint. */
    private @Nullable String constraintName;

    /** A check as written. Its columns are known only at the end of the table. */
    private record Check(@Nullable String name, List<SqlToken> condition, SortedMap<String, String> options) {}

    /** A primary key or unique constraint as written. */
    private record Key(@Nullable String name, List<SqlToken> keys, SortedMap<String, String> options) {}

    /** A generation clause as written. */
    private record Generated(int column, List<SqlToken> expression, String storage) {}

    private CreateTableParser(String table, String sql) {
        this.table = table;
        this.tokens = TokenReader.of("table " + table, sql);
    }

    /**
     * Parses a definition.
     *
     * @param table the table's name
     * @param sql its text in the catalog
     */
    static TableText parse(String table, String sql) {
        return new CreateTableParser(table, sql).table();
    }

    private TableText table() {
        tokens.expect("create");
        if (!tokens.accept("temp")) {
            tokens.accept("temporary");
        }
        tokens.expect("table");
        tokens.accept("if", "not", "exists");
        tokens.nameInSchema();
        TokenReader whole = tokens;
        List<SqlToken> body = whole.parenthesised();
        tokens = whole.within(body);
        elements();
        while (!whole.atEnd()) {
            tableOption(whole);
        }
        return result();
    }

    private void tableOption(TokenReader after) {
        if (after.accept("without", "rowid")) {
            tableOptions.put("without rowid", "yes");
        } else if (after.accept("strict")) {
            tableOptions.put("strict", "yes");
        } else if (!after.accept(",") && !after.accept(";")) {
            throw after.unexpected("WITHOUT ROWID or STRICT");
        }
    }

    private void elements() {
        while (!tokens.atEnd()) {
            if (tokens.atAny(TABLE_CONSTRAINTS)) {
                tableConstraint();
            } else {
                column();
            }
            tokens.accept(",");
        }
    }

    private void column() {
        constraintName = null;
        String name = tokens.name();
        while (!tokens.atEnd() && !tokens.at(",") && !tokens.at("generated", "always") && !atColumnConstraint()) {
            if (tokens.at("(")) {
                tokens.parenthesised();
            } else {
                tokens.take();
            }
        }
        int place = columns.size();
        columns.add(new ColumnText(name, null, null, new TreeMap<>()));
        while (!tokens.atEnd() && !tokens.at(",")) {
            columns.set(place, withConstraint(columns.get(place)));
        }
    }

    private boolean atColumnConstraint() {
        return tokens.atAny(COLUMN_CONSTRAINTS);
    }

    /**
     * Parses one constraint of a column, and returns the column with the properties that belong to the column itself.
     */
    private ColumnText withConstraint(ColumnText column) {
        SqlToken start = tokens.take();
        if (start.is("constraint")) {
            constraintName = tokens.name();
            return column;
        }
        String name = constraintName;
        constraintName = null;
        if (start.is("not") && tokens.accept("deferrable")) {
            defer(false);
        } else if (start.is("deferrable")) {
            defer(true);
        } else if (start.is("not")) {
            tokens.expect("null");
            SortedMap<String, String> options = new TreeMap<>(column.options());
            onConflict().forEach((key, value) -> options.put("not null " + key, value));
            if (name != null) {
                options.put("not null name", name);
            }
            return new ColumnText(column.name(), column.collation(), column.generated(), options);
        } else if (start.is("null")) {
            onConflict();
        } else if (start.is("default")) {
            skipDefault();
        } else if (start.is("collate")) {
            String collation = Identifier.folded(tokens.name());
            return new ColumnText(
                    column.name(), collation.equals("binary") ? null : collation, column.generated(), column.options());
        } else if (start.is("generated") || start.is("as")) {
            if (start.is("generated")) {
                tokens.expect("always", "as");
            }
            return new ColumnText(column.name(), column.collation(), generated(), column.options());
        } else {
            constraintOn(column.name(), start, name);
        }
        return column;
    }

    private void constraintOn(String column, SqlToken start, @Nullable String name) {
        List<SqlToken> key = List.of(new SqlToken(SqlToken.Kind.DOUBLE_QUOTED, Identifier.quoted(column)));
        if (start.is("primary")) {
            tokens.expect("key");
            boolean descending = tokens.accept("desc");
            if (!descending) {
                tokens.accept("asc");
            }
            SortedMap<String, String> options = onConflict();
            if (descending) {
                // This differs from PRIMARY KEY (id DESC) on the table: here the column is no alias of the rowid.
                options.put("column order", "desc");
            }
            if (tokens.accept("autoincrement")) {
                options.put("autoincrement", "yes");
            }
            primaryKey = new Key(name, key, options);
        } else if (start.is("unique")) {
            uniques.add(new Key(name, key, onConflict()));
        } else if (start.is("check")) {
            checks.add(new Check(name, tokens.parenthesised(), onConflict()));
        } else if (start.is("references")) {
            references(name, List.of(column));
        } else {
            throw tokens.unexpected("a constraint instead of " + start.text() + " before this");
        }
    }

    private void skipDefault() {
        if (tokens.at("(")) {
            tokens.parenthesised();
        } else {
            if (!tokens.accept("-")) {
                tokens.accept("+");
            }
            tokens.take();
        }
    }

    /** Parses {@code (…) STORED}. The expression is formatted at the end, when all columns are known. */
    private String generated() {
        List<SqlToken> expression = tokens.parenthesised();
        String storage = tokens.accept("stored") ? "stored" : "virtual";
        if (storage.equals("virtual")) {
            tokens.accept("virtual");
        }
        generatedColumns.add(new Generated(columns.size() - 1, expression, storage));
        return storage;
    }

    private void tableConstraint() {
        SqlToken start = tokens.take();
        if (start.is("constraint")) {
            constraintName = tokens.name();
            return;
        }
        String name = constraintName;
        constraintName = null;
        if (start.is("primary")) {
            tokens.expect("key");
            List<SqlToken> keys = tokens.parenthesised();
            boolean autoincrement = !keys.isEmpty() && keys.get(keys.size() - 1).is("autoincrement");
            SortedMap<String, String> options = onConflict();
            if (autoincrement) {
                keys = keys.subList(0, keys.size() - 1);
                options.put("autoincrement", "yes");
            }
            primaryKey = new Key(name, keys, options);
        } else if (start.is("unique")) {
            List<SqlToken> keys = tokens.parenthesised();
            uniques.add(new Key(name, keys, onConflict()));
        } else if (start.is("check")) {
            List<SqlToken> condition = tokens.parenthesised();
            checks.add(new Check(name, condition, onConflict()));
        } else {
            tokens.expect("key");
            List<String> from = tokens.names();
            tokens.expect("references");
            references(name, from);
            if (tokens.accept("not", "deferrable")) {
                defer(false);
            } else if (tokens.accept("deferrable")) {
                defer(true);
            }
        }
    }

    private SortedMap<String, String> onConflict() {
        SortedMap<String, String> options = new TreeMap<>();
        if (tokens.accept("on", "conflict")) {
            String resolution = Identifier.folded(tokens.name());
            if (!resolution.equals("abort")) {
                options.put("on conflict", resolution);
            }
        }
        return options;
    }

    private void references(@Nullable String name, List<String> from) {
        String referenced = tokens.name();
        List<String> to = tokens.at("(") ? tokens.names() : List.of();
        SortedMap<String, String> options = new TreeMap<>();
        while (tokens.at("on") || tokens.at("match")) {
            if (tokens.accept("match")) {
                String match = Identifier.folded(tokens.name());
                putUnless("simple", options, "match", match);
            } else {
                tokens.expect("on");
                String event = "on " + Identifier.folded(tokens.name());
                putUnless("no action", options, event, action());
            }
        }
        // SQLite accepts ON INSERT and ignores it.
        options.remove("on insert");
        foreignKeys.add(new ForeignKey(name, from, referenced, to, options));
    }

    private String action() {
        String first = Identifier.folded(tokens.take().text());
        return first.equals("set") || first.equals("no")
                ? first + " " + Identifier.folded(tokens.take().text())
                : first;
    }

    private static void putUnless(String defaultValue, SortedMap<String, String> options, String key, String value) {
        if (value.equals(defaultValue)) {
            options.remove(key);
        } else {
            options.put(key, value);
        }
    }

    /** Parses the clause after DEFERRABLE, which belongs to the preceding foreign key. */
    private void defer(boolean deferrable) {
        boolean deferred = tokens.accept("initially", "deferred");
        if (!deferred) {
            tokens.accept("initially", "immediate");
        }
        if (foreignKeys.isEmpty()) {
            return;
        }
        int last = foreignKeys.size() - 1;
        ForeignKey key = foreignKeys.get(last);
        SortedMap<String, String> options = new TreeMap<>(key.options());
        options.remove("deferrable");
        if (deferrable) {
            options.put("deferrable", deferred ? "initially deferred" : "initially immediate");
        }
        foreignKeys.set(
                last,
                new ForeignKey(key.name(), key.columns(), key.referencedTable(), key.referencedColumns(), options));
    }

    private TableText result() {
        TableColumns all = TableColumns.of(columns);
        CanonicalSql canonical = all.canonicalSql(table);
        for (Generated generated : generatedColumns) {
            ColumnText column = columns.get(generated.column());
            String clause =
                    "always as (" + canonical.ofExpression(TokenReader.withoutQualifier(generated.expression(), table))
                            + ") " + generated.storage();
            columns.set(
                    generated.column(), new ColumnText(column.name(), column.collation(), clause, column.options()));
        }
        Key primary = primaryKey;
        return new TableText(
                List.copyOf(columns),
                primary == null ? null : primaryKey(primary, all, canonical),
                uniques.stream().map(key -> unique(key, all, canonical)).toList(),
                checks.stream()
                        .map(check -> new CheckConstraint(
                                check.name(),
                                canonical.ofExpression(TokenReader.withoutQualifier(check.condition(), table)),
                                all.mentionedIn(check.condition(), canonical),
                                check.options()))
                        .toList(),
                foreignKeys.stream()
                        .map(key -> new ForeignKey(
                                key.name(),
                                all.declared(key.columns()),
                                key.referencedTable(),
                                key.referencedColumns(),
                                key.options()))
                        .toList(),
                tableOptions);
    }

    private static PrimaryKey primaryKey(Key key, TableColumns all, CanonicalSql canonical) {
        List<Index.Key> keys = all.keys(key.keys(), canonical);
        return new PrimaryKey(key.name(), columnsOf(keys), withOrder(key.options(), keys));
    }

    private static UniqueConstraint unique(Key key, TableColumns all, CanonicalSql canonical) {
        List<Index.Key> keys = all.keys(key.keys(), canonical);
        return new UniqueConstraint(key.name(), columnsOf(keys), withOrder(key.options(), keys));
    }

    private static List<String> columnsOf(List<Index.Key> keys) {
        return keys.stream().map(Index.Key::column).map(String::valueOf).toList();
    }

    /** Adds the keys with direction and collation, if any key has one. */
    private static SortedMap<String, String> withOrder(SortedMap<String, String> options, List<Index.Key> keys) {
        if (keys.stream().allMatch(key -> key.suffix().isEmpty())) {
            return options;
        }
        SortedMap<String, String> more = new TreeMap<>(options);
        more.put(
                "keys",
                keys.stream()
                        .map(key -> Identifier.quotedIfNeeded(String.valueOf(key.column())) + " " + key.suffix())
                        .map(String::strip)
                        .collect(Collectors.joining(", ")));
        return more;
    }
}
