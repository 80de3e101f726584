package dev.turnstone.execution.offline;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.execution.offline.ReplayedSchema.Relation;
import dev.turnstone.execution.offline.SqlWords.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies one statement to a {@link ReplayedSchema}.
 *
 * <p>A statement that is not understood, or that calls a function with unknown effects, makes everything unknown that
 * it may have changed. An unknown state is preferred to a wrong one.
 */
public final class StatementReplay {

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
    private final ReplayedSchema schema;
    private final String reason;
    private final SqlWords words;

    private StatementReplay(ReplayedSchema schema, SqlStatement statement) {
        this.schema = schema;
        this.reason = "its state after the SQL at " + statement.location() + " ('"
                + statement.text().lines().findFirst().orElse("") + "') is known only with a connection";
        this.words = SqlWords.of(statement.text());
    }

    public static void apply(SqlStatement statement, ReplayedSchema schema) {
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
            case "SET" -> forgetIf(words.contains("search_path") || words.isNext("ROLE") || words.isNext("SESSION"));
            case "PRAGMA" -> forgetIf(words.contains("writable_schema"));
            default -> schema.forget(reason);
        }
    }

    private void forgetIf(boolean reached) {
        if (reached) {
            schema.forget(reason);
        }
    }

    /** On PostgreSQL a user-defined function may have any effect. */
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
        } else if (words.acceptsAny("TYPE", "DOMAIN")) {
            Qualified name = qualifiedName();
            if (!name.qualified()) {
                schema.addType(schema.stored(name.word()));
            }
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
        Relation table = schema.newRelation(false);
        schema.drop(key);
        schema.put(key, table);
        if (!words.isNext("(")) {
            table.columnsUnknown = reason;
            table.indexesUnknown = reason;
            table.constraints.forget(reason);
            return;
        }
        for (List<Word> element : words.inParentheses().parts()) {
            new TableReplay(schema, key, table, reason).add(element);
        }
        if (words.contains("INHERITS") || words.contains("AS")) {
            table.constraints.forget(reason);
            table.columnsUnknown = reason;
        }
    }

    private void createIndex() {
        words.accepts("CONCURRENTLY");
        boolean ifNotExists = words.accepts("IF", "NOT", "EXISTS");
        String name = null;
        if (!words.isNext("ON")) {
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
            schema.addIndex(
                    name, table, words.parts().stream().flatMap(List::stream).toList());
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
        Relation view = schema.newRelation(true);
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
            List<String> dropped = names();
            dropped.forEach(schema::drop);
            dropped.forEach(table -> schema.forgetReferencesTo(table, reason));
            if (cascade) {
                schema.forgetViews(reason);
            }
        } else if (object.is("TYPE") || object.is("DOMAIN")) {
            names().forEach(schema::dropType);
            forgetIf(cascade);
        } else if (object.is("INDEX")) {
            names().forEach(schema.indexEntries()::remove);
        } else {
            forgetIf(cascade || !OBJECTS_WITHOUT_EFFECT.contains(upper(object)));
        }
    }

    /** Returns the keys of the names in a list. */
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
                new TableReplay(schema, key, table, reason).alter(new SqlWords(action), action);
            }
        } else if (object.is("TYPE") || object.is("DOMAIN")) {
            forgetIf(words.contains("RENAME", "TO") || words.contains("SET", "SCHEMA"));
        } else {
            forgetIf(!OBJECTS_WITHOUT_EFFECT.contains(upper(object)));
        }
    }

    /** A name, and whether a schema precedes it. */
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

    /** Returns the key of a table's name; null if the name may be in another schema, which makes the table unknown. */
    private @Nullable String tableKey() {
        Qualified name = qualifiedName();
        String key = schema.key(schema.stored(name.word()));
        if (name.qualified()) {
            schema.forget(key, reason);
            return null;
        }
        return key;
    }

    static String upper(Word word) {
        return word.kind() == SqlWords.Kind.WORD ? word.text().toUpperCase(java.util.Locale.ROOT) : "";
    }
}
