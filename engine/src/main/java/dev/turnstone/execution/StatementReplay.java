package dev.turnstone.execution;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.execution.ReplayedSchema.IndexEntry;
import dev.turnstone.execution.ReplayedSchema.Relation;
import dev.turnstone.execution.SqlWords.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one statement does to a {@link ReplayedSchema}.
 *
 * <p>A statement that is not understood, or that calls code of which no one knows what it does, makes unknown what it may
 * have touched: better no answer than a wrong one.
 */
final class StatementReplay {

    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "INSERT",
            "UPDATE",
            "DELETE",
            "MERGE",
            "REPLACE",
            "COMMENT",
            "GRANT",
            "REVOKE",
            "ANALYZE",
            "VACUUM",
            "REINDEX",
            "LOCK",
            "TRUNCATE",
            "NOTIFY",
            "RESET",
            "BEGIN",
            "START",
            "COMMIT",
            "END",
            "SAVEPOINT",
            "RELEASE",
            "EXPLAIN",
            "VALUES",
            "REFRESH");
    private static final Set<String> OBJECTS_WITHOUT_EFFECT = Set.of(
            "TYPE",
            "FUNCTION",
            "PROCEDURE",
            "AGGREGATE",
            "TRIGGER",
            "SEQUENCE",
            "DOMAIN",
            "POLICY",
            "RULE",
            "CAST",
            "COLLATION",
            "OPERATOR",
            "PUBLICATION",
            "SUBSCRIPTION",
            "ROLE",
            "USER",
            "STATISTICS",
            "CONSTRAINT");
    private static final Set<String> HARMLESS_FUNCTIONS = Set.of(
            "SETVAL",
            "NEXTVAL",
            "CURRVAL",
            "COUNT",
            "MAX",
            "MIN",
            "SUM",
            "COALESCE",
            "NOW",
            "GREATEST",
            "PG_GET_SERIAL_SEQUENCE",
            "PG_NOTIFY",
            "FROM",
            "IN",
            "EXISTS",
            "VALUES",
            "AND",
            "OR",
            "NOT",
            "WHERE",
            "AS");
    private static final Set<String> CONSTRAINTS =
            Set.of("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "EXCLUDE");
    private static final Set<String> ALTER_WITHOUT_EFFECT = Set.of(
            "ALTER", "OWNER", "ENABLE", "DISABLE", "VALIDATE", "CLUSTER", "REPLICA", "FORCE", "NO", "RESET", "SET");

    private final ReplayedSchema schema;
    private final String reason;
    private final SqlWords words;

    private StatementReplay(ReplayedSchema schema, SqlStatement statement) {
        this.schema = schema;
        this.reason = "what it is after the SQL at " + statement.location() + " ('"
                + statement.text().lines().findFirst().orElse("") + "') only the database knows";
        this.words = SqlWords.of(statement.text());
    }

    static void apply(SqlStatement statement, ReplayedSchema schema) {
        new StatementReplay(schema, statement).apply();
    }

    private void apply() {
        String verb = upper(words.next());
        if (WITHOUT_EFFECT.contains(verb)) {
            return;
        }
        switch (verb) {
            case "CREATE" -> create();
            case "DROP" -> drop();
            case "ALTER" -> alter();
            case "SELECT", "WITH" -> select();
            case "SET" -> forgetIf(words.contains("search_path") || words.peeks("ROLE") || words.peeks("SESSION"));
            case "PRAGMA" -> forgetIf(words.contains("writable_schema"));
            default -> schema.forget(reason);
        }
    }

    private void forgetIf(boolean reached) {
        if (reached) {
            schema.forget(reason);
        }
    }

    /** A function may do anything on PostgreSQL, where it can be the author's own. */
    private void select() {
        if (!schema.constraintsNameIndexes()) {
            return;
        }
        Word before = words.next();
        while (!words.atEnd()) {
            Word word = words.next();
            boolean calls = word.is("(") && before.isName() && !HARMLESS_FUNCTIONS.contains(upper(before));
            forgetIf(calls || word.is("INTO"));
            before = word;
        }
    }

    private void create() {
        words.accepts("OR", "REPLACE");
        boolean temporary = words.acceptsAny("TEMP", "TEMPORARY");
        words.acceptsAny("UNLOGGED", "FOREIGN", "RECURSIVE", "MATERIALIZED", "UNIQUE", "EVENT");
        if (words.accepts("TABLE")) {
            createTable(temporary);
        } else if (words.accepts("INDEX")) {
            createIndex();
        } else if (words.acceptsAny("VIEW")) {
            createView(temporary);
        } else {
            forgetIf(!OBJECTS_WITHOUT_EFFECT.contains(upper(words.next())));
        }
    }

    private void createTable(boolean temporary) {
        boolean ifNotExists = words.accepts("IF", "NOT", "EXISTS");
        String key = tableKey();
        if (key == null) {
            return;
        }
        if (temporary || (schema.isUnknown(key) && ifNotExists)) {
            schema.forget(key, reason);
            return;
        }
        if (ifNotExists && schema.relation(key) != null) {
            return;
        }
        Relation table = new Relation(false);
        schema.drop(key);
        schema.put(key, table);
        if (!words.peeks("(")) {
            table.columnsUnknown = reason;
            table.indexesUnknown = reason;
            return;
        }
        for (List<Word> element : words.inParentheses().parts()) {
            addElement(key, table, element);
        }
        if (words.contains("INHERITS") || words.contains("AS")) {
            table.columnsUnknown = reason;
        }
    }

    private void addElement(String key, Relation table, List<Word> element) {
        if (element.isEmpty()) {
            return;
        }
        String first = upper(element.get(0));
        if (first.equals("LIKE")) {
            table.columnsUnknown = reason;
            table.indexesUnknown = reason;
        } else if (!CONSTRAINTS.contains(first)) {
            table.columns.add(schema.stored(element.get(0)));
        }
        addConstraintIndexes(key, table, element);
    }

    /** A constraint that the author named bears that name on its index; other names are the server's choice. */
    private void addConstraintIndexes(String key, Relation table, List<Word> element) {
        for (int i = 0; i < element.size(); i++) {
            Word word = element.get(i);
            boolean primary = word.is("PRIMARY")
                    && i + 1 < element.size()
                    && element.get(i + 1).is("KEY");
            if (!primary && !word.is("UNIQUE") && !word.is("EXCLUDE")) {
                continue;
            }
            boolean named = i >= 2 && element.get(i - 2).is("CONSTRAINT");
            if (!named || !schema.constraintsNameIndexes() || SqlWords.contain(element, "USING", "INDEX")) {
                table.indexesUnknown = table.indexesUnknown == null
                        ? "the names that the server gave to the indexes of its constraints only the database knows"
                        : table.indexesUnknown;
            } else {
                addIndex(schema.stored(element.get(i - 1)), key, element);
            }
        }
    }

    private void addIndex(String name, String table, List<Word> definition) {
        schema.indexEntries()
                .put(
                        schema.key(name),
                        new IndexEntry(
                                table,
                                definition.stream()
                                        .filter(Word::isName)
                                        .map(word -> schema.key(schema.stored(word)))
                                        .collect(Collectors.toSet())));
    }

    private void createIndex() {
        words.accepts("CONCURRENTLY");
        boolean ifNotExists = words.accepts("IF", "NOT", "EXISTS");
        String name = null;
        if (!words.peeks("ON")) {
            name = schema.stored(qualifiedName().word());
        }
        words.accepts("ON");
        words.accepts("ONLY");
        String table = tableKey();
        if (table == null) {
            return;
        }
        Relation relation = schema.relation(table);
        if (name == null) {
            if (relation != null) {
                relation.indexesUnknown = reason;
            }
        } else if (!ifNotExists || !schema.indexEntries().containsKey(schema.key(name))) {
            addIndex(name, table, words.parts().stream().flatMap(List::stream).toList());
        }
    }

    private void createView(boolean temporary) {
        words.accepts("IF", "NOT", "EXISTS");
        String key = tableKey();
        if (key == null) {
            return;
        }
        if (temporary) {
            schema.forget(key, reason);
            return;
        }
        Relation view = new Relation(true);
        view.columnsUnknown = reason;
        schema.put(key, view);
    }

    private void drop() {
        words.acceptsAny("MATERIALIZED", "FOREIGN", "EVENT");
        boolean cascade = words.contains("CASCADE");
        Word object = words.next();
        words.accepts("CONCURRENTLY");
        words.accepts("IF", "EXISTS");
        if (object.is("TABLE") || object.is("VIEW")) {
            names().forEach(schema::drop);
            if (cascade) {
                schema.forgetViews(reason);
            }
        } else if (object.is("INDEX")) {
            names().forEach(schema.indexEntries()::remove);
        } else {
            forgetIf(cascade || !OBJECTS_WITHOUT_EFFECT.contains(upper(object)));
        }
    }

    /** The keys of the names in a list. */
    private List<String> names() {
        List<String> keys = new ArrayList<>();
        do {
            keys.add(schema.key(schema.stored(qualifiedName().word())));
        } while (words.accepts(","));
        return keys;
    }

    private void alter() {
        Word object = words.next();
        if (object.is("TABLE")) {
            words.accepts("IF", "EXISTS");
            words.accepts("ONLY");
            String key = tableKey();
            words.accepts("*");
            Relation table = key == null ? null : schema.relation(key);
            if (key == null || table == null) {
                if (key != null) {
                    schema.forget(key, reason);
                }
                return;
            }
            for (List<Word> action : words.parts()) {
                new TableChange(key, table).apply(new SqlWords(action), action);
            }
        } else {
            forgetIf(!OBJECTS_WITHOUT_EFFECT.contains(upper(object)));
        }
    }

    /** A name with, perhaps, its schema before it. */
    private record Qualified(Word word, boolean qualified) {}

    private Qualified qualifiedName() {
        Word word = words.next();
        boolean qualified = false;
        while (words.accepts(".")) {
            qualified = !word.text().equalsIgnoreCase("main") || schema.constraintsNameIndexes();
            word = words.next();
        }
        return new Qualified(word, qualified);
    }

    /** The key of a table's name; null, and the table unknown, where another schema may be meant. */
    private @Nullable String tableKey() {
        Qualified name = qualifiedName();
        String key = schema.key(schema.stored(name.word()));
        if (name.qualified()) {
            schema.forget(key, reason);
            return null;
        }
        return key;
    }

    private static String upper(Word word) {
        return word.kind() == SqlWords.Kind.WORD ? word.text().toUpperCase(java.util.Locale.ROOT) : "";
    }

    /** One action of ALTER TABLE. */
    private final class TableChange {

        private final String key;
        private final Relation table;

        TableChange(String key, Relation table) {
            this.key = key;
            this.table = table;
        }

        void apply(SqlWords action, List<Word> all) {
            Word verb = action.next();
            if (verb.is("ADD")) {
                add(action, all);
            } else if (verb.is("DROP")) {
                drop(action);
            } else if (verb.is("RENAME")) {
                rename(action);
            } else if (!ALTER_WITHOUT_EFFECT.contains(upper(verb)) || SqlWords.contain(all, "SET", "SCHEMA")) {
                schema.forget(key, reason);
            }
        }

        private void add(SqlWords action, List<Word> all) {
            boolean column = action.accepts("COLUMN");
            boolean ifNotExists = action.accepts("IF", "NOT", "EXISTS");
            Word name = action.next();
            if (!column && CONSTRAINTS.contains(upper(name))) {
                addConstraintIndexes(key, table, all);
                return;
            }
            String stored = schema.stored(name);
            boolean there = table.columns.stream().anyMatch(c -> schema.key(c).equals(schema.key(stored)));
            if (!there || !ifNotExists) {
                table.columns.add(stored);
                addConstraintIndexes(key, table, all);
            }
        }

        private void drop(SqlWords action) {
            if (action.accepts("CONSTRAINT")) {
                action.accepts("IF", "EXISTS");
                schema.indexEntries().remove(schema.key(schema.stored(action.next())));
                return;
            }
            action.accepts("COLUMN");
            action.accepts("IF", "EXISTS");
            String column = schema.key(schema.stored(action.next()));
            table.columns.removeIf(c -> schema.key(c).equals(column));
            if (schema.dropsIndexesOfColumn()) {
                schema.indexEntries()
                        .values()
                        .removeIf(index ->
                                index.table().equals(key) && index.mentions().contains(column));
            }
            if (action.accepts("CASCADE")) {
                schema.forgetViews(reason);
            }
        }

        private void rename(SqlWords action) {
            if (action.accepts("TO")) {
                schema.rename(key, schema.key(schema.stored(action.next())));
                return;
            }
            boolean constraint = action.accepts("CONSTRAINT");
            if (!constraint) {
                action.accepts("COLUMN");
            }
            String from = schema.key(schema.stored(action.next()));
            action.accepts("TO");
            String to = schema.stored(action.next());
            if (constraint) {
                IndexEntry index = schema.indexEntries().remove(from);
                if (index != null) {
                    schema.indexEntries().put(schema.key(to), index);
                }
                return;
            }
            table.columns.replaceAll(c -> schema.key(c).equals(from) ? to : c);
            schema.indexEntries().replaceAll((name, index) -> {
                if (!index.table().equals(key) || !index.mentions().contains(from)) {
                    return index;
                }
                Set<String> mentions = new java.util.HashSet<>(index.mentions());
                mentions.add(schema.key(to));
                return new IndexEntry(key, mentions);
            });
        }
    }
}
