package dev.turnstone.dialect.postgresql;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A table {@code t} with random features, its rows, and the objects around it. */
final class RandomPostgresTable {

    /** Features that a change could lose. */
    enum Feature {
        IDENTITY_ALWAYS,
        IDENTITY_BY_DEFAULT,
        SERIAL,
        SEQUENCE_AHEAD,
        COLLATION,
        UNNAMED_CHECK,
        NAMED_CHECK,
        CHECK_NOT_VALID,
        CHECK_NO_INHERIT,
        FOREIGN_KEY_ACTION,
        FOREIGN_KEY_NOT_VALID,
        DEFERRABLE,
        SELF_REFERENCE,
        REFERENCED_WITH_CASCADE,
        UNIQUE_CONSTRAINT,
        UNIQUE_INCLUDE,
        EXCLUSION,
        INDEX_DIRECTION,
        INDEX_COLLATION,
        INDEX_PREDICATE,
        INDEX_EXPRESSION,
        INDEX_METHOD,
        INDEX_INCLUDE,
        UNIQUE_INDEX,
        TRIGGER,
        TRIGGER_ELSEWHERE,
        VIEW,
        MATERIALIZED_VIEW,
        GENERATED_STORED,
        DEFAULT_EXPRESSION,
        QUOTED_NAME,
        ENUM,
        DOMAIN,
        ARRAY,
        LENGTH_AND_PRECISION,
        ZONED_TIME,
        JSON,
        TABLE_COMMENT,
        COLUMN_COMMENT,
        POLICY,
        GRANT,
        STATISTICS,
        STORAGE_PARAMETER
    }

    private static final List<Feature> KEYS =
            List.of(Feature.IDENTITY_ALWAYS, Feature.IDENTITY_BY_DEFAULT, Feature.SERIAL);

    final Set<Feature> features;
    final List<String> statements = new ArrayList<>();
    private final Random random;

    /**
     * Creates a random table.
     *
     * @param round selects one of the kinds of key, which exclude each other
     */
    RandomPostgresTable(Random random, int round, Set<Feature> needed) {
        this.random = random;
        this.features = EnumSet.noneOf(Feature.class);
        for (Feature feature : Feature.values()) {
            if (random.nextInt(3) > 0) {
                features.add(feature);
            }
        }
        features.addAll(needed);
        features.removeAll(KEYS);
        int kept = round % (KEYS.size() + 1);
        if (kept < KEYS.size()) {
            features.add(KEYS.get(kept));
        } else {
            features.remove(Feature.SEQUENCE_AHEAD);
        }
        around();
        create();
        fill();
        statements.add("REFRESH MATERIALIZED VIEW mv");
        if (!has(Feature.MATERIALIZED_VIEW)) {
            statements.add("DROP MATERIALIZED VIEW mv");
        }
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }

    private void around() {
        statements.add("CREATE TABLE parent (id integer PRIMARY KEY, name text)");
        statements.add("CREATE TABLE log (entry text)");
        statements.add("INSERT INTO parent VALUES (1, 'one'), (2, 'two')");
        statements.add("CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN INSERT INTO log VALUES (TG_NAME); RETURN NULL; END'");
        add(statements, Feature.ENUM, "CREATE TYPE mood AS ENUM ('sad', 'it''s ok')");
        add(statements, Feature.DOMAIN, "CREATE DOMAIN positive AS integer DEFAULT 3 CHECK (VALUE > 0)");
    }

    private void create() {
        List<String> elements = new ArrayList<>();
        elements.add(key());
        elements.add("plain text");
        elements.add("number integer DEFAULT 7");
        elements.add("filled text NOT NULL DEFAULT 'x, (y)'");
        elements.add("spare text");
        elements.add("spare_parent integer");
        add(elements, Feature.COLLATION, "c_collated text COLLATE \"C\"");
        add(elements, Feature.UNNAMED_CHECK, "c_checked integer CHECK (c_checked > 0)");
        add(elements, Feature.DEFAULT_EXPRESSION, "c_default text DEFAULT lower('AB') || 'c'");
        add(elements, Feature.QUOTED_NAME, "\"c \"\"quoted, (name)\" text");
        add(elements, Feature.GENERATED_STORED, "c_stored integer GENERATED ALWAYS AS (number * 2) STORED");
        add(elements, Feature.ENUM, "c_mood mood DEFAULT 'sad'");
        add(elements, Feature.DOMAIN, "c_positive positive");
        add(elements, Feature.ARRAY, "c_array varchar(7)[] DEFAULT '{a,b}'");
        add(elements, Feature.LENGTH_AND_PRECISION, "c_price numeric(10, 2) DEFAULT 1.50, c_code char(3)");
        add(elements, Feature.ZONED_TIME, "c_at timestamptz(3) DEFAULT now(), c_for interval");
        add(elements, Feature.JSON, "c_json jsonb DEFAULT '{\"a\": 1}'");
        add(elements, Feature.FOREIGN_KEY_ACTION, "c_parent integer REFERENCES parent (id) ON DELETE SET NULL");
        add(elements, Feature.DEFERRABLE, "c_late integer REFERENCES parent DEFERRABLE INITIALLY DEFERRED");
        add(elements, Feature.SELF_REFERENCE, "c_self integer REFERENCES t (id) ON DELETE CASCADE");
        add(elements, Feature.UNIQUE_CONSTRAINT, "c_unique text, CONSTRAINT uq_one UNIQUE (c_unique, id) DEFERRABLE");
        add(elements, Feature.UNIQUE_INCLUDE, "CONSTRAINT uq_include UNIQUE (number, id) INCLUDE (plain)");
        add(elements, Feature.NAMED_CHECK, "CONSTRAINT ck_number CHECK (number < 1000 AND plain <> ')')");
        add(elements, Feature.CHECK_NO_INHERIT, "CONSTRAINT ck_here CHECK (id > 0) NO INHERIT");
        add(elements, Feature.EXCLUSION, "CONSTRAINT ex_one EXCLUDE USING btree (id WITH =) WHERE (number > 0)");
        statements.add("CREATE TABLE t (" + String.join(", ", elements) + ")"
                + (has(Feature.STORAGE_PARAMETER) ? " WITH (fillfactor = 70)" : ""));
        dependents();
    }

    private void dependents() {
        add(statements, Feature.INDEX_DIRECTION, "CREATE INDEX ix_direction ON t (filled DESC NULLS LAST, id)");
        add(statements, Feature.INDEX_COLLATION, "CREATE INDEX ix_collation ON t (filled COLLATE \"C\")");
        add(statements, Feature.INDEX_PREDICATE, "CREATE INDEX ix_predicate ON t (filled) WHERE filled <> 'a''b'");
        add(statements, Feature.INDEX_EXPRESSION, "CREATE INDEX ix_expression ON t (lower(filled), (id + 1))");
        add(statements, Feature.INDEX_METHOD, "CREATE INDEX ix_method ON t USING hash (plain)");
        add(statements, Feature.INDEX_INCLUDE, "CREATE INDEX ix_include ON t (id) INCLUDE (filled)");
        add(statements, Feature.UNIQUE_INDEX, "CREATE UNIQUE INDEX ix_unique ON t (id, filled)");
        add(statements, Feature.VIEW, "CREATE VIEW v AS SELECT id, filled FROM t WHERE id > 1");
        statements.add("CREATE MATERIALIZED VIEW mv AS SELECT id, filled FROM t");
        add(statements, Feature.MATERIALIZED_VIEW, "CREATE INDEX ix_mv ON mv (filled)");
        add(
                statements,
                Feature.TRIGGER,
                "CREATE TRIGGER tr AFTER UPDATE OF filled ON t FOR EACH ROW"
                        + " WHEN (old.filled IS DISTINCT FROM new.filled) EXECUTE FUNCTION note('a''b')");
        add(
                statements,
                Feature.TRIGGER_ELSEWHERE,
                "CREATE TRIGGER tr_parent AFTER DELETE ON parent FOR EACH STATEMENT EXECUTE FUNCTION note()");
        add(
                statements,
                Feature.REFERENCED_WITH_CASCADE,
                "CREATE TABLE child (id serial PRIMARY KEY, t integer REFERENCES t (id) ON DELETE CASCADE)");
        add(statements, Feature.TABLE_COMMENT, "COMMENT ON TABLE t IS 'it''s a table'");
        add(statements, Feature.COLUMN_COMMENT, "COMMENT ON COLUMN t.plain IS 'a \\ b'");
        add(
                statements,
                Feature.POLICY,
                "ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON t USING (filled = current_user)");
        add(statements, Feature.GRANT, "GRANT SELECT, UPDATE (plain) ON t TO PUBLIC");
        add(statements, Feature.STATISTICS, "CREATE STATISTICS st ON number, filled FROM t");
    }

    private String key() {
        if (has(Feature.IDENTITY_ALWAYS)) {
            return "id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
        }
        if (has(Feature.IDENTITY_BY_DEFAULT)) {
            return "id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY";
        }
        return has(Feature.SERIAL) ? "id serial PRIMARY KEY" : "id integer, CONSTRAINT pk_own PRIMARY KEY (id)";
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
            List<String> columns = new ArrayList<>(List.of("id", "plain", "number", "filled", "spare"));
            List<String> values = new ArrayList<>(List.of(
                    id + "",
                    random.nextBoolean() ? "'it''s " + i + "'" : "NULL",
                    i + "",
                    "'f" + i + "'",
                    id % 2 == 0 ? "'s" + i + "'" : "NULL"));
            value(columns, values, Feature.COLLATION, "c_collated", "'Ab" + i + "'");
            value(columns, values, Feature.UNNAMED_CHECK, "c_checked", i + "");
            value(columns, values, Feature.ENUM, "c_mood", random.nextBoolean() ? "'it''s ok'" : "NULL");
            value(columns, values, Feature.ARRAY, "c_array", "'{x,NULL,\"a,b\"}'");
            value(columns, values, Feature.FOREIGN_KEY_ACTION, "c_parent", random.nextBoolean() ? "1" : "NULL");
            value(columns, values, Feature.DEFERRABLE, "c_late", "2");
            value(columns, values, Feature.SELF_REFERENCE, "c_self", id + "");
            value(columns, values, Feature.UNIQUE_CONSTRAINT, "c_unique", "'u" + i + "'");
            statements.add("INSERT INTO t (" + String.join(", ", columns) + ") OVERRIDING SYSTEM VALUE VALUES ("
                    + String.join(", ", values) + ")");
            if (has(Feature.REFERENCED_WITH_CASCADE)) {
                statements.add("INSERT INTO child (t) VALUES (" + id + ")");
            }
        }
        // A table with pending deferred checks cannot be altered.
        statements.add("SET CONSTRAINTS ALL IMMEDIATE");
        if (has(Feature.SEQUENCE_AHEAD)) {
            statements.add("SELECT setval(pg_get_serial_sequence('t', 'id'), 5000)");
        }
        add(statements, Feature.CHECK_NOT_VALID, "ALTER TABLE t ADD CONSTRAINT ck_late CHECK (number > -9) NOT VALID");
        add(
                statements,
                Feature.FOREIGN_KEY_NOT_VALID,
                "ALTER TABLE t ADD CONSTRAINT fk_late FOREIGN KEY (spare_parent) REFERENCES parent NOT VALID");
    }

    private void value(List<String> columns, List<String> values, Feature feature, String column, String value) {
        if (has(feature)) {
            columns.add(column);
            values.add(value);
        }
    }
}
