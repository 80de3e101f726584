package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.sqlite.SqliteCatalog.Entry;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.Trigger;
import dev.turnstone.schema.View;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Parses the texts of CREATE INDEX, CREATE VIEW and CREATE TRIGGER. */
final class DependentText {

    private DependentText() {}

    /**
     * Parses an index.
     *
     * @param table the name of its table
     * @param columns the columns of its table
     */
    static Index index(Entry entry, String table, TableColumns columns) {
        TokenReader tokens = TokenReader.of("index " + entry.name(), entry.sql());
        tokens.expect("create");
        boolean unique = tokens.accept("unique");
        tokens.expect("index");
        tokens.accept("if", "not", "exists");
        tokens.nameInSchema();
        tokens.expect("on");
        tokens.name();
        CanonicalSql canonical = columns.canonicalSql(table);
        List<Index.Key> keys = columns.keys(tokens.parenthesised(), canonical);
        String where = tokens.accept("where") ? canonical.ofExpression(tokens.upTo(";")) : null;
        return new Index(entry.name(), unique, keys, where, new TreeMap<>(), false);
    }

    /**
     * Parses a view.
     *
     * @param canonical knows the names of all tables, views and columns
     * @param triggers the view's triggers
     */
    static View view(Entry entry, CanonicalSql canonical, List<Trigger> triggers) {
        TokenReader tokens = TokenReader.of("view " + entry.name(), entry.sql());
        tokens.expect("create");
        tokens.expect("view");
        tokens.accept("if", "not", "exists");
        tokens.nameInSchema();
        SortedMap<String, String> options = new TreeMap<>();
        if (tokens.at("(")) {
            options.put("columns", spelled(tokens.names()));
        }
        tokens.expect("as");
        List<SqlToken> query = tokens.upTo(";");
        return new View(
                "", entry.name(), false, canonical.andNamesIn(query).of(query), List.of(), triggers, options, null);
    }

    /**
     * Parses a trigger.
     *
     * @param canonical knows the names of all tables, views and columns
     * @param columns the columns of its table; empty for a view
     */
    static Trigger trigger(Entry entry, CanonicalSql canonical, TableColumns columns) {
        TokenReader tokens = TokenReader.of("trigger " + entry.name(), entry.sql());
        tokens.expect("create");
        if (!tokens.accept("temp")) {
            tokens.accept("temporary");
        }
        tokens.expect("trigger");
        tokens.accept("if", "not", "exists");
        tokens.nameInSchema();
        SortedMap<String, String> attributes = new TreeMap<>();
        attributes.put("timing", timing(tokens));
        String event = Identifier.folded(tokens.name());
        if (tokens.accept("of")) {
            event += " of " + spelled(columnNames(tokens, columns));
        }
        attributes.put("event", event);
        tokens.expect("on");
        tokens.name();
        tokens.accept("for", "each", "row");
        CanonicalSql withAliases = canonical.andNamesIn(tokens.all());
        if (tokens.accept("when")) {
            attributes.put("when", withAliases.ofExpression(tokens.upTo("begin")));
        }
        attributes.put("body", withAliases.of(tokens.rest()));
        return Trigger.of(entry.name(), attributes);
    }

    private static String timing(TokenReader tokens) {
        if (tokens.accept("after")) {
            return "after";
        }
        if (tokens.accept("instead", "of")) {
            return "instead of";
        }
        tokens.accept("before");
        return "before";
    }

    private static List<String> columnNames(TokenReader tokens, TableColumns columns) {
        return TokenReader.parts(tokens.upTo("on")).stream()
                .map(part -> columns.declared(tokens.within(part).name()))
                .sorted()
                .toList();
    }

    private static String spelled(List<String> names) {
        return names.stream().map(Identifier::quotedIfNeeded).collect(Collectors.joining(", "));
    }
}
