package dev.turnstone.execution;

import dev.turnstone.execution.ReplayedSchema.IndexEntry;
import dev.turnstone.execution.ReplayedSchema.Relation;
import dev.turnstone.execution.SqlWords.Word;
import java.util.List;
import java.util.Set;

/** What parts of CREATE TABLE and ALTER TABLE do to one table of a {@link ReplayedSchema}. */
final class TableReplay {

    private static final Set<String> CONSTRAINTS =
            Set.of("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "EXCLUDE");
    private static final Set<String> ALTER_WITHOUT_EFFECT = Set.of(
            "ALTER", "OWNER", "ENABLE", "DISABLE", "VALIDATE", "CLUSTER", "REPLICA", "FORCE", "NO", "RESET", "SET");

    private final ReplayedSchema schema;
    private final String key;
    private final Relation table;
    private final String reason;

    TableReplay(ReplayedSchema schema, String key, Relation table, String reason) {
        this.schema = schema;
        this.key = key;
        this.table = table;
        this.reason = reason;
    }

    /** Adds what stands between two commas of CREATE TABLE. */
    void add(List<Word> element) {
        if (element.isEmpty()) {
            return;
        }
        String first = StatementReplay.upper(element.get(0));
        table.constraints.add(
                element,
                CONSTRAINTS.contains(first) || first.equals("LIKE") ? null : schema.stored(element.get(0)),
                reason);
        if (first.equals("LIKE")) {
            table.columnsUnknown = reason;
            table.indexesUnknown = reason;
        } else if (!CONSTRAINTS.contains(first)) {
            table.columns.add(schema.stored(element.get(0)));
        }
        addConstraintIndexes(element);
    }

    /** A constraint that the author named bears that name on its index; other names are the server's choice. */
    private void addConstraintIndexes(List<Word> element) {
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
                schema.addIndex(schema.stored(element.get(i - 1)), key, element);
            }
        }
    }

    /** Carries out one action of ALTER TABLE. */
    void alter(SqlWords action, List<Word> all) {
        Word verb = action.next();
        if (verb.is("ADD")) {
            addColumnOrConstraint(action, all);
        } else if (verb.is("DROP")) {
            drop(action);
        } else if (verb.is("RENAME")) {
            rename(action);
        } else if (!ALTER_WITHOUT_EFFECT.contains(StatementReplay.upper(verb))
                || SqlWords.contain(all, "SET", "SCHEMA")) {
            schema.forget(key, reason);
        }
    }

    private void addColumnOrConstraint(SqlWords action, List<Word> all) {
        boolean column = action.accepts("COLUMN");
        boolean ifNotExists = action.accepts("IF", "NOT", "EXISTS");
        Word name = action.next();
        if (!column && CONSTRAINTS.contains(StatementReplay.upper(name))) {
            addConstraintIndexes(all);
            table.constraints.add(all, null, reason);
            return;
        }
        String stored = schema.stored(name);
        boolean there = table.columns.stream().anyMatch(c -> schema.key(c).equals(schema.key(stored)));
        if (!there || !ifNotExists) {
            table.columns.add(stored);
            addConstraintIndexes(all);
            table.constraints.add(all, stored, reason);
        }
    }

    private void drop(SqlWords action) {
        if (action.accepts("CONSTRAINT")) {
            action.accepts("IF", "EXISTS");
            String name = schema.stored(action.next());
            schema.indexEntries().remove(schema.key(name));
            table.constraints.drop(name);
            return;
        }
        action.accepts("COLUMN");
        action.accepts("IF", "EXISTS");
        String column = schema.key(schema.stored(action.next()));
        table.columns.removeIf(c -> schema.key(c).equals(column));
        table.constraints.forget(reason);
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
        schema.forgetReferencesTo(key, reason);
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
        table.constraints.forget(reason);
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
