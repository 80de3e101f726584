package dev.turnstone.dialect.sqlite;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A table {@code t} with random features, its rows, and the objects around it. */
final class RandomTable {

    /** Features that a rebuild could lose. */
    enum Feature {
        AUTOINCREMENT,
        SEQUENCE_AHEAD,
        COLLATION,
        UNNAMED_CHECK,
        NAMED_CHECK,
        CHECK_NAMING_ITS_TABLE,
        FOREIGN_KEY_ACTION,
        DEFERRABLE,
        SELF_REFERENCE,
        REFERENCED_WITH_CASCADE,
        UNIQUE_ON_CONFLICT,
        NOT_NULL_ON_CONFLICT,
        KEY_ON_CONFLICT,
        INDEX_DIRECTION,
        INDEX_COLLATION,
        INDEX_PREDICATE,
        INDEX_EXPRESSION,
        UNIQUE_INDEX,
        TRIGGER,
        TRIGGER_ELSEWHERE,
        VIEW,
        STRICT,
        WITHOUT_ROWID,
        GENERATED_VIRTUAL,
        GENERATED_STORED,
        VISIBLE_ROWID,
        DEFAULT_EXPRESSION,
        QUOTED_NAME,
        DESCENDING_KEY
    }

    final Set<Feature> features;
    final List<String> statements = new ArrayList<>();
    private final Random random;

    RandomTable(Random random, Feature... needed) {
        this.random = random;
        this.features = EnumSet.noneOf(Feature.class);
        for (Feature feature : Feature.values()) {
            if (random.nextInt(3) > 0) {
                features.add(feature);
            }
        }
        features.addAll(List.of(needed));
        // They exclude each other. An ordinary key is the fifth alternative.
        List<Feature> keys =
                List.of(Feature.AUTOINCREMENT, Feature.WITHOUT_ROWID, Feature.VISIBLE_ROWID, Feature.DESCENDING_KEY);
        int kept = random.nextInt(keys.size() + 1);
        features.removeAll(keys);
        if (kept < keys.size()) {
            features.add(keys.get(kept));
        }
        if (!has(Feature.AUTOINCREMENT)) {
            features.remove(Feature.SEQUENCE_AHEAD);
        }
        if (has(Feature.VISIBLE_ROWID)) {
            features.remove(Feature.KEY_ON_CONFLICT);
        }
        create();
        fill();
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }

    private void create() {
        statements.add("CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT)");
        statements.add("CREATE TABLE log (entry TEXT)");
        statements.add("INSERT INTO parent VALUES (1, 'one'), (2, 'two')");
        List<String> elements = new ArrayList<>();
        elements.add(key());
        elements.add("plain TEXT");
        elements.add("number INTEGER DEFAULT 7");
        elements.add("filled TEXT NOT NULL DEFAULT 'x, (y)'");
        add(elements, Feature.COLLATION, "c_collated TEXT COLLATE NOCASE");
        add(elements, Feature.UNNAMED_CHECK, "c_checked INTEGER CHECK (c_checked > 0)");
        add(elements, Feature.NOT_NULL_ON_CONFLICT, "c_notnull TEXT NOT NULL ON CONFLICT REPLACE DEFAULT 'd'");
        add(elements, Feature.DEFAULT_EXPRESSION, "c_default TEXT DEFAULT (lower('AB') || 'c')");
        add(elements, Feature.QUOTED_NAME, "\"c \"\"quoted, (name)\" TEXT");
        add(elements, Feature.GENERATED_VIRTUAL, "c_virtual TEXT GENERATED ALWAYS AS (upper(plain) || '!') VIRTUAL");
        add(elements, Feature.GENERATED_STORED, "c_stored INTEGER GENERATED ALWAYS AS (id * 2) STORED");
        add(elements, Feature.FOREIGN_KEY_ACTION, "c_parent INTEGER REFERENCES parent (id) ON DELETE SET NULL");
        add(elements, Feature.DEFERRABLE, "c_late INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED");
        add(elements, Feature.SELF_REFERENCE, "c_self INTEGER REFERENCES t (id) ON DELETE CASCADE");
        add(elements, Feature.UNIQUE_ON_CONFLICT, "c_unique TEXT");
        if (has(Feature.WITHOUT_ROWID)) {
            elements.add("PRIMARY KEY (id)" + (has(Feature.KEY_ON_CONFLICT) ? " ON CONFLICT REPLACE" : ""));
        }
        add(elements, Feature.UNIQUE_ON_CONFLICT, "CONSTRAINT uq_one UNIQUE (c_unique, number) ON CONFLICT IGNORE");
        add(elements, Feature.NAMED_CHECK, "CONSTRAINT ck_number CHECK (number < 1000 AND plain <> ')')");
        add(
                elements,
                Feature.CHECK_NAMING_ITS_TABLE,
                "CONSTRAINT ck_own CHECK (t.number < 2000 OR \"t\".plain = 't.x')");
        List<String> options = new ArrayList<>();
        add(options, Feature.STRICT, "STRICT");
        add(options, Feature.WITHOUT_ROWID, "WITHOUT ROWID");
        statements.add("CREATE TABLE t (" + String.join(", ", elements) + ") " + String.join(", ", options));
        add(statements, Feature.INDEX_DIRECTION, "CREATE INDEX ix_direction ON t (filled DESC, id)");
        add(statements, Feature.INDEX_COLLATION, "CREATE INDEX ix_collation ON t (filled COLLATE NOCASE)");
        add(statements, Feature.INDEX_PREDICATE, "CREATE INDEX ix_predicate ON t (filled) WHERE filled <> 'a''b'");
        add(statements, Feature.INDEX_EXPRESSION, "CREATE INDEX ix_expression ON t (lower(filled), id + 1)");
        add(statements, Feature.UNIQUE_INDEX, "CREATE UNIQUE INDEX ix_unique ON t (id, filled)");
        add(statements, Feature.VIEW, "CREATE VIEW v AS SELECT id, filled FROM t WHERE id > 1");
        add(
                statements,
                Feature.TRIGGER,
                "CREATE TRIGGER tr AFTER DELETE ON t WHEN old.id > 0 BEGIN INSERT INTO log VALUES (old.id); END");
        add(
                statements,
                Feature.TRIGGER_ELSEWHERE,
                "CREATE TRIGGER tr_parent AFTER UPDATE ON parent BEGIN UPDATE t SET filled = 'p' WHERE id = new.id; END");
        add(
                statements,
                Feature.REFERENCED_WITH_CASCADE,
                "CREATE TABLE child (id INTEGER PRIMARY KEY, t INT REFERENCES t (id) ON DELETE CASCADE)");
    }

    private String key() {
        String conflict = has(Feature.KEY_ON_CONFLICT) ? " ON CONFLICT REPLACE" : "";
        if (has(Feature.AUTOINCREMENT)) {
            return "id INTEGER PRIMARY KEY" + conflict + " AUTOINCREMENT";
        }
        if (has(Feature.WITHOUT_ROWID)) {
            return "id INTEGER NOT NULL";
        }
        if (has(Feature.VISIBLE_ROWID)) {
            return "id INTEGER UNIQUE";
        }
        return "id INTEGER PRIMARY KEY" + (has(Feature.DESCENDING_KEY) ? " DESC" : "") + conflict;
    }

    private void add(List<String> list, Feature feature, String sql) {
        if (has(feature)) {
            list.add(sql);
        }
    }

    private void fill() {
        int rows = random.nextInt(6);
        for (int i = 1; i <= rows; i++) {
            int id = i * 10 + random.nextInt(9);
            List<String> columns = new ArrayList<>(List.of("id", "plain", "number", "filled"));
            List<String> values = new ArrayList<>(
                    List.of(id + "", random.nextBoolean() ? "'it''s " + i + "'" : "'12'", i + "", "'f" + i + "'"));
            value(columns, values, Feature.COLLATION, "c_collated", "'Ab" + i + "'");
            value(columns, values, Feature.UNNAMED_CHECK, "c_checked", i + "");
            value(columns, values, Feature.NOT_NULL_ON_CONFLICT, "c_notnull", "'n'");
            value(columns, values, Feature.FOREIGN_KEY_ACTION, "c_parent", random.nextBoolean() ? "1" : "NULL");
            value(columns, values, Feature.DEFERRABLE, "c_late", "2");
            value(columns, values, Feature.SELF_REFERENCE, "c_self", id + "");
            value(columns, values, Feature.UNIQUE_ON_CONFLICT, "c_unique", "'u" + i + "'");
            if (!has(Feature.WITHOUT_ROWID) && has(Feature.VISIBLE_ROWID)) {
                columns.add("rowid");
                values.add(id * 3 + "");
            }
            statements.add(
                    "INSERT INTO t (" + String.join(", ", columns) + ") VALUES (" + String.join(", ", values) + ")");
            if (has(Feature.REFERENCED_WITH_CASCADE)) {
                statements.add("INSERT INTO child (t) VALUES (" + id + ")");
            }
        }
        if (has(Feature.SEQUENCE_AHEAD)) {
            statements.add("INSERT INTO t (id) VALUES (5000)");
            statements.add("DELETE FROM t WHERE id = 5000");
        }
    }

    private void value(List<String> columns, List<String> values, Feature feature, String column, String value) {
        if (has(feature)) {
            columns.add(column);
            values.add(value);
        }
    }
}
