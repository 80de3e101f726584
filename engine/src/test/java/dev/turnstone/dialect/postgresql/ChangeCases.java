package dev.turnstone.dialect.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Changes of a schema in several steps. The schema is read after each step. Each step is a transaction of its own. */
public final class ChangeCases {

    /**
     * One case.
     *
     * @param name the change
     * @param steps SQL; the first step creates the initial state
     */
    public record ChangeCase(String name, List<String> steps) {
        @Override
        public String toString() {
            return name;
        }
    }

    private ChangeCases() {}

    private static ChangeCase of(String name, String... steps) {
        return new ChangeCase(name, List.of(steps));
    }

    /** What outlives the case's schema, and would meet the next case. */
    private static final Pattern BEYOND_A_SCHEMA = Pattern.compile(
            "\\{(?!schema})|ALTER ROLE ALL|CREATE (ROLE|SCHEMA|SUBSCRIPTION|PUBLICATION"
                    + "|FOREIGN DATA|SERVER|LANGUAGE|TRUSTED LANGUAGE|ACCESS METHOD|TRANSFORM|EVENT TRIGGER|EXTENSION)|pg_catalog|ON LANGUAGE|planted");

    private static final String SHOP = """
            CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad');
            CREATE DOMAIN positive AS integer DEFAULT 1 CHECK (VALUE > 0);
            CREATE TYPE pair AS (a integer, b mood);
            CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT n * 2';
            CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TABLE customer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mail text NOT NULL UNIQUE,
              feeling mood DEFAULT 'ok', score positive, tags mood[] DEFAULT '{ok}', couple pair);
            CREATE TABLE item (id serial PRIMARY KEY, name varchar(40), price numeric(8, 2) CHECK (price > 0),
              double_price integer GENERATED ALWAYS AS (twice(price::integer)) STORED);
            CREATE TABLE purchase (customer bigint REFERENCES customer ON DELETE CASCADE,
              item integer CONSTRAINT what REFERENCES item, at timestamptz DEFAULT now(), CHECK (twice(item) > 0));
            CREATE INDEX by_customer ON purchase (customer, at DESC);
            CREATE INDEX by_doubled ON purchase (twice(item)) WHERE item > 0;
            CREATE VIEW glad AS SELECT id, mail FROM customer WHERE feeling = 'glad';
            CREATE VIEW glad_mails AS SELECT mail FROM glad;
            CREATE MATERIALIZED VIEW totals AS SELECT item, count(*) AS n FROM purchase GROUP BY item;
            CREATE INDEX totals_n ON totals (n);
            CREATE TRIGGER touched BEFORE UPDATE OF mail ON customer FOR EACH ROW EXECUTE FUNCTION touch();
            CREATE POLICY own ON customer USING (mail = current_user);
            CREATE RULE silent AS ON DELETE TO item DO INSTEAD NOTHING;
            CREATE STATISTICS related ON customer, item FROM purchase;
            CREATE SEQUENCE numbers OWNED BY purchase.item;
            COMMENT ON COLUMN customer.mail IS 'where to write to';
            COMMENT ON CONSTRAINT what ON purchase IS 'what was bought';
            CREATE FUNCTION mails() RETURNS SETOF glad LANGUAGE sql AS 'SELECT * FROM glad';
            """;

    private static ChangeCase shop(String name, String... steps) {
        List<String> all = new ArrayList<>(List.of(SHOP));
        all.addAll(List.of(steps));
        return new ChangeCase(name, all);
    }

    public static Stream<ChangeCase> all() {
        return Stream.concat(planted(), told());
    }

    /** Cases with several steps. */
    private static Stream<ChangeCase> told() {
        return Stream.of(renames(), several(), hidden(), attached(), families(), unchanged())
                .flatMap(List::stream);
    }

    /** The change of each attribute of each kind of object, and its reversal if possible. */
    private static Stream<ChangeCase> planted() {
        return PlantedDifferences.all().stream()
                .filter(planted -> PostgresForTests.isAtLeast(planted.since()))
                .filter(planted -> !BEYOND_A_SCHEMA
                        .matcher(planted.before() + planted.change())
                        .find())
                .map(planted -> of(planted.name(), planted.before(), planted.change()));
    }

    private static List<ChangeCase> renames() {
        return List.of(
                shop(
                        "rename a table",
                        "ALTER TABLE customer RENAME TO client",
                        "ALTER TABLE client RENAME TO customer"),
                shop("rename a column", "ALTER TABLE customer RENAME mail TO address"),
                shop("rename a key's column", "ALTER TABLE customer RENAME id TO number"),
                shop("rename an enum's value", "ALTER TYPE mood RENAME VALUE 'glad' TO 'happy'"),
                shop("rename the default's value", "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'"),
                shop("rename an enum", "ALTER TYPE mood RENAME TO feeling"),
                shop("rename a domain", "ALTER DOMAIN positive RENAME TO natural_number"),
                shop("rename a domain's check", "ALTER DOMAIN positive RENAME CONSTRAINT positive_check TO above_zero"),
                shop("rename a composite type", "ALTER TYPE pair RENAME TO couple"),
                shop("rename an attribute", "ALTER TYPE pair RENAME ATTRIBUTE b TO c CASCADE"),
                shop("rename a function", "ALTER FUNCTION twice(integer) RENAME TO doubled"),
                shop("rename a trigger's function", "ALTER FUNCTION touch() RENAME TO note_it"),
                shop("rename a view", "ALTER VIEW glad RENAME TO content"),
                shop("rename a view's column", "ALTER VIEW glad RENAME COLUMN mail TO address"),
                shop("rename a materialized view", "ALTER MATERIALIZED VIEW totals RENAME TO sums"),
                shop("rename an index", "ALTER INDEX by_customer RENAME TO by_client"),
                shop("rename a constraint's index", "ALTER INDEX customer_mail_key RENAME TO one_mail"),
                shop("rename a materialized view's index", "ALTER INDEX totals_n RENAME TO by_n"),
                shop("rename a constraint", "ALTER TABLE purchase RENAME CONSTRAINT what TO thing"),
                shop("rename a primary key", "ALTER TABLE customer RENAME CONSTRAINT customer_pkey TO customer_key"),
                shop("rename a sequence", "ALTER SEQUENCE item_id_seq RENAME TO item_numbers"),
                shop("rename an identity's sequence", "ALTER SEQUENCE customer_id_seq RENAME TO customer_numbers"),
                shop("rename a trigger", "ALTER TRIGGER touched ON customer RENAME TO noted"),
                shop("rename a policy", "ALTER POLICY own ON customer RENAME TO mine"),
                shop("rename a rule", "ALTER RULE silent ON item RENAME TO quiet"),
                shop("rename statistics", "ALTER STATISTICS related RENAME TO together"),
                shop(
                        "swap two tables",
                        "ALTER TABLE item RENAME TO x; ALTER TABLE customer RENAME TO item; ALTER TABLE x RENAME TO customer"),
                shop(
                        "swap two indexes",
                        "ALTER INDEX by_customer RENAME TO x; ALTER INDEX by_doubled RENAME TO by_customer;"
                                + "ALTER INDEX x RENAME TO by_doubled"));
    }

    private static List<ChangeCase> several() {
        return List.of(
                shop(
                        "several in one transaction",
                        "ALTER TABLE customer ADD phone text; CREATE INDEX ON customer (phone); ALTER TABLE item DROP price CASCADE;"
                                + "CREATE TABLE more (id int REFERENCES customer); DROP VIEW glad_mails"),
                shop(
                        "the same column twice in one transaction",
                        "ALTER TABLE customer ADD phone text; ALTER TABLE customer ALTER phone SET DEFAULT '?';"
                                + "ALTER TABLE customer ALTER phone SET NOT NULL"),
                shop(
                        "a change and its reversal in one transaction",
                        "ALTER TABLE customer RENAME mail TO x; ALTER TABLE customer RENAME x TO mail"),
                shop(
                        "created and dropped in one transaction",
                        "CREATE TABLE brief (id serial PRIMARY KEY); DROP TABLE brief"),
                shop(
                        "dropped and created again",
                        "DROP TABLE purchase CASCADE; CREATE TABLE purchase (id int PRIMARY KEY)"),
                shop("an index renamed and dropped", "ALTER INDEX by_customer RENAME TO x; DROP INDEX x"),
                shop("an index dropped", "DROP INDEX by_doubled", "DROP INDEX totals_n"),
                shop(
                        "an index dropped and created on another table",
                        "DROP INDEX by_customer; CREATE INDEX by_customer ON item (name)"),
                shop(
                        "a trigger dropped from a table that is renamed",
                        "DROP TRIGGER touched ON customer; ALTER TABLE customer RENAME TO client"),
                shop(
                        "a constraint dropped from a renamed table",
                        "ALTER TABLE purchase RENAME TO sale; ALTER TABLE sale DROP CONSTRAINT what"),
                shop(
                        "an object of a table, and not the table, beside an identity's sequence",
                        "ALTER SEQUENCE customer_id_seq RENAME TO customer_numbers",
                        "ALTER POLICY own ON customer RENAME TO mine"),
                of(
                        "an index of a partitioned table that has no partition",
                        "CREATE TABLE lonely (id int) PARTITION BY RANGE (id); CREATE INDEX lonely_id ON lonely (id)",
                        "DROP INDEX lonely_id"),
                shop("rolled back", "BEGIN; CREATE TABLE never (id int); ROLLBACK", "ALTER TABLE item ADD weight int"),
                shop(
                        "a savepoint rolled back",
                        "SAVEPOINT s; CREATE TABLE never (id int); ROLLBACK TO s; ALTER TABLE item ADD weight int"));
    }

    private static List<ChangeCase> hidden() {
        return List.of(
                shop("in a DO block", "DO $$ BEGIN ALTER TABLE item RENAME name TO title; END $$"),
                shop(
                        "in a loop",
                        "DO $$ BEGIN FOR i IN 1..3 LOOP EXECUTE 'CREATE TABLE t' || i || ' (id int)'; END LOOP; END $$"),
                shop(
                        "behind a caught error",
                        "DO $$ BEGIN BEGIN ALTER TABLE item ADD weight int; PERFORM 1 / 0; EXCEPTION WHEN division_by_zero THEN"
                                + " ALTER TABLE item ADD volume int; END; END $$"),
                shop(
                        "by a function",
                        "CREATE FUNCTION change() RETURNS void LANGUAGE plpgsql AS"
                                + " 'BEGIN ALTER TABLE item ADD colour text; COMMENT ON TABLE item IS ''new''; END'",
                        "SELECT change()"),
                shop(
                        "by a procedure that commits",
                        "CREATE PROCEDURE change() LANGUAGE plpgsql AS"
                                + " 'BEGIN ALTER TABLE item ADD colour text; COMMIT; ALTER TABLE item ADD size int; END'",
                        "CALL change()"),
                shop(
                        "in another search path",
                        "CREATE SCHEMA other_place; SET search_path TO other_place; CREATE TABLE customer (x int)",
                        "SET search_path TO pg_catalog; COMMENT ON TABLE other_place.customer IS 'not this one'",
                        "DROP SCHEMA other_place CASCADE"),
                shop(
                        "to another schema and back",
                        "CREATE SCHEMA other_place; ALTER TABLE customer SET SCHEMA other_place",
                        "ALTER TYPE other_place.customer RENAME TO client".replace("TYPE", "TABLE"),
                        "DO $$ BEGIN EXECUTE 'ALTER TABLE other_place.client SET SCHEMA ' || quote_ident(current_schema()); END $$",
                        "DROP SCHEMA other_place"),
                shop(
                        "a type to another schema",
                        "CREATE SCHEMA other_place; ALTER TYPE mood SET SCHEMA other_place",
                        "DROP SCHEMA other_place CASCADE"),
                shop(
                        "with triggers silenced",
                        "SET session_replication_role = replica; ALTER TABLE item ADD weight int"),
                shop("as CREATE TABLE AS", "CREATE TABLE copy AS SELECT * FROM customer"),
                shop("as SELECT INTO", "SELECT id, name INTO copy FROM item"),
                shop("as LIKE", "CREATE TABLE copy (LIKE customer INCLUDING ALL)"),
                shop(
                        "as CREATE SCHEMA with elements",
                        "CREATE SCHEMA other_place CREATE TABLE inside (id int)",
                        "DROP SCHEMA other_place CASCADE"),
                shop(
                        "in the catalog itself",
                        "UPDATE pg_catalog.pg_attribute SET attstattarget = 7 WHERE attrelid = 'item'::regclass AND attname = 'name'"));
    }

    private static List<ChangeCase> attached() {
        return List.of(
                shop(
                        "comments",
                        "COMMENT ON TABLE customer IS 'who buys'",
                        "COMMENT ON COLUMN item.name IS 'short'",
                        "COMMENT ON CONSTRAINT what ON purchase IS NULL",
                        "COMMENT ON INDEX by_customer IS 'x'",
                        "COMMENT ON TRIGGER touched ON customer IS 'x'",
                        "COMMENT ON POLICY own ON customer IS 'x'",
                        "COMMENT ON FUNCTION twice(integer) IS 'x'",
                        "COMMENT ON TYPE mood IS 'x'",
                        "COMMENT ON CONSTRAINT positive_check ON DOMAIN positive IS 'x'",
                        "COMMENT ON VIEW glad IS 'x'",
                        "COMMENT ON RULE silent ON item IS 'x'",
                        "COMMENT ON STATISTICS related IS 'x'",
                        "COMMENT ON SEQUENCE numbers IS 'x'",
                        "COMMENT ON COLUMN pair.a IS 'x'"),
                shop(
                        "privileges",
                        "GRANT SELECT ON customer TO PUBLIC",
                        "GRANT UPDATE (mail) ON customer TO PUBLIC",
                        "REVOKE SELECT ON customer FROM PUBLIC",
                        "GRANT USAGE ON SEQUENCE numbers TO PUBLIC",
                        "REVOKE EXECUTE ON FUNCTION twice FROM PUBLIC",
                        "REVOKE USAGE ON TYPE mood FROM PUBLIC",
                        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC; CREATE TABLE open (id int)"),
                shop(
                        "ownership",
                        "CREATE ROLE turnstone_case; ALTER TABLE customer OWNER TO turnstone_case;"
                                + "ALTER FUNCTION twice OWNER TO turnstone_case; ALTER TYPE mood OWNER TO turnstone_case",
                        "ALTER ROLE turnstone_case RENAME TO turnstone_case_2",
                        "REASSIGN OWNED BY turnstone_case_2 TO CURRENT_USER",
                        "GRANT SELECT ON item TO turnstone_case_2",
                        "DROP OWNED BY turnstone_case_2",
                        "DROP ROLE turnstone_case_2"),
                shop(
                        "a trigger's state",
                        "ALTER TABLE customer DISABLE TRIGGER touched",
                        "ALTER TABLE customer ENABLE ALWAYS TRIGGER touched",
                        "DROP TRIGGER touched ON customer",
                        "DROP FUNCTION touch"),
                shop(
                        "row security",
                        "ALTER TABLE customer ENABLE ROW LEVEL SECURITY",
                        "ALTER POLICY own ON customer TO PUBLIC USING (true)",
                        "DROP POLICY own ON customer"),
                shop(
                        "a rule",
                        "DROP RULE silent ON item",
                        "CREATE RULE silent AS ON UPDATE TO item DO INSTEAD NOTHING"),
                shop("an enum's values", "ALTER TYPE mood ADD VALUE 'bored' BEFORE 'ok'"),
                shop(
                        "a domain",
                        "ALTER DOMAIN positive SET DEFAULT 2",
                        "ALTER DOMAIN positive DROP CONSTRAINT positive_check",
                        "ALTER DOMAIN positive ADD CHECK (VALUE > 5) NOT VALID",
                        "ALTER DOMAIN positive VALIDATE CONSTRAINT positive_check",
                        "ALTER DOMAIN positive SET NOT NULL",
                        "DROP DOMAIN positive CASCADE"),
                shop("a composite type", "ALTER TYPE pair ADD ATTRIBUTE c text CASCADE", "DROP TYPE pair CASCADE"),
                shop("an enum with all its uses", "DROP TYPE mood CASCADE"),
                shop("a function with all its uses", "DROP FUNCTION twice CASCADE"),
                shop("a table with all its uses", "DROP TABLE customer CASCADE"),
                shop("a view with all its uses", "DROP VIEW glad CASCADE"),
                shop("a view replaced", "CREATE OR REPLACE VIEW glad AS SELECT id, mail, feeling FROM customer"),
                shop(
                        "a function replaced",
                        "CREATE OR REPLACE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n + n'"),
                shop(
                        "a function overloaded",
                        "CREATE FUNCTION twice(n text) RETURNS text LANGUAGE sql AS 'SELECT n || n'",
                        "DROP FUNCTION twice(text)"),
                shop(
                        "a materialized view",
                        "REFRESH MATERIALIZED VIEW totals WITH NO DATA",
                        "REFRESH MATERIALIZED VIEW totals",
                        "DROP MATERIALIZED VIEW totals"),
                shop(
                        "statistics",
                        "ALTER STATISTICS related SET STATISTICS 5",
                        "DROP STATISTICS related",
                        "CREATE STATISTICS related ON customer, item FROM purchase",
                        "ALTER TABLE purchase DROP item CASCADE"),
                shop(
                        "sequences",
                        "ALTER SEQUENCE numbers INCREMENT 5",
                        "ALTER SEQUENCE numbers OWNED BY NONE",
                        "ALTER SEQUENCE numbers OWNED BY customer.id",
                        "ALTER TABLE customer ALTER id SET GENERATED BY DEFAULT",
                        "ALTER TABLE customer ALTER id DROP IDENTITY",
                        "ALTER TABLE item ALTER id DROP DEFAULT",
                        "DROP SEQUENCE item_id_seq"),
                shop(
                        "constraints",
                        "ALTER TABLE purchase DROP CONSTRAINT what",
                        "ALTER TABLE purchase ADD CONSTRAINT what FOREIGN KEY (item) REFERENCES item NOT VALID",
                        "ALTER TABLE purchase VALIDATE CONSTRAINT what",
                        "ALTER TABLE purchase ALTER CONSTRAINT what DEFERRABLE",
                        "ALTER TABLE customer DROP CONSTRAINT customer_pkey CASCADE",
                        "CREATE UNIQUE INDEX ux ON customer (id); ALTER TABLE customer ADD CONSTRAINT pk PRIMARY KEY USING INDEX ux",
                        "ALTER TABLE item ALTER name TYPE text",
                        "ALTER TABLE item DROP CONSTRAINT item_price_check"),
                shop(
                        "the mark of CLUSTER",
                        "CLUSTER purchase USING by_customer",
                        "ALTER TABLE purchase SET WITHOUT CLUSTER"),
                shop(
                        "an index created concurrently",
                        "CREATE INDEX CONCURRENTLY later ON item (name)",
                        "REINDEX INDEX CONCURRENTLY later",
                        "DROP INDEX CONCURRENTLY later"),
                shop(
                        "an operator and its dependents",
                        "CREATE FUNCTION same(mood, mood) RETURNS boolean LANGUAGE sql AS 'SELECT $1::text = $2::text';"
                                + "CREATE OPERATOR === (LEFTARG = mood, RIGHTARG = mood, FUNCTION = same);"
                                + "CREATE VIEW alike AS SELECT id FROM customer WHERE feeling === feeling",
                        "ALTER FUNCTION same RENAME TO equal_mood",
                        "DROP OPERATOR === (mood, mood) CASCADE"),
                shop("a cast", "CREATE CAST (mood AS integer) WITH INOUT", "DROP CAST (mood AS integer)"),
                shop(
                        "a collation",
                        "CREATE COLLATION swiss FROM \"C\"; ALTER TABLE item ADD c text COLLATE swiss",
                        "ALTER COLLATION swiss RENAME TO german"),
                shop(
                        "an extension",
                        "CREATE EXTENSION IF NOT EXISTS pg_trgm; ALTER TABLE item ADD d text",
                        "CREATE INDEX fuzzy ON item USING gin (name gin_trgm_ops)",
                        "DROP EXTENSION pg_trgm CASCADE"));
    }

    private static List<ChangeCase> families() {
        String parted = "CREATE TABLE event (id int, at date NOT NULL) PARTITION BY RANGE (at);"
                + "CREATE INDEX event_at ON event (at);"
                + "CREATE TABLE event_1 PARTITION OF event FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');"
                + "CREATE TABLE event_2 (id int, at date NOT NULL)";
        return List.of(
                of(
                        "partitions",
                        parted,
                        "ALTER TABLE event ATTACH PARTITION event_2 FOR VALUES FROM ('2024-02-01') TO ('2024-03-01')",
                        "ALTER TABLE event ADD note text",
                        "ALTER TABLE event RENAME note TO remark",
                        "ALTER TABLE event ADD PRIMARY KEY (id, at)",
                        "ALTER TABLE event DETACH PARTITION event_1",
                        "ALTER TABLE event_1 ADD x int",
                        "ALTER INDEX event_at RENAME TO by_at",
                        "DROP TABLE event",
                        "DROP TABLE event_1"),
                of("the only partition", parted, "ALTER TABLE event DETACH PARTITION event_1", "DROP TABLE event_1"),
                of(
                        "the only child",
                        "CREATE TABLE base (id int); CREATE TABLE child (b text) INHERITS (base)",
                        "ALTER TABLE child NO INHERIT base",
                        "ALTER TABLE base ADD c int"),
                of(
                        "an index attached",
                        parted,
                        "CREATE INDEX only_here ON ONLY event (id); CREATE INDEX part_id ON event_1 (id)",
                        "ALTER INDEX only_here ATTACH PARTITION part_id",
                        "DROP INDEX only_here"),
                of(
                        "inheritance",
                        "CREATE TABLE base (id int, a text CHECK (a <> '')); CREATE TABLE child (b text) INHERITS (base);"
                                + "CREATE TABLE grandchild () INHERITS (child)",
                        "ALTER TABLE base ADD c int",
                        "ALTER TABLE base RENAME a TO z",
                        "ALTER TABLE child NO INHERIT base",
                        "ALTER TABLE child INHERIT base",
                        "DROP TABLE base CASCADE"),
                of(
                        "typed tables",
                        "CREATE TYPE kind AS (a int, b text); CREATE TABLE typed OF kind (PRIMARY KEY (a));"
                                + "CREATE TABLE refers (a int REFERENCES typed); CREATE VIEW v AS SELECT b FROM typed",
                        "ALTER TYPE kind RENAME ATTRIBUTE a TO c CASCADE",
                        "ALTER TYPE kind ADD ATTRIBUTE d int CASCADE",
                        "ALTER TABLE typed NOT OF"),
                of(
                        "a table as a type",
                        "CREATE TABLE t (a int, b text); CREATE FUNCTION f(t) RETURNS int LANGUAGE sql AS 'SELECT 1';"
                                + "CREATE TABLE holder (it t, many t[])",
                        "ALTER TABLE t RENAME TO u",
                        "ALTER TABLE u ADD c int",
                        "DROP TABLE u CASCADE"),
                of(
                        "an enum within types",
                        "CREATE TYPE e AS ENUM ('a', 'b'); CREATE DOMAIN d AS e DEFAULT 'a';"
                                + "CREATE TYPE c AS (x e); CREATE TYPE r AS RANGE (subtype = e);"
                                + "CREATE TABLE t (d d DEFAULT 'b', c c DEFAULT ROW('a')::c, r r DEFAULT '[a,b]', l e[] DEFAULT '{a,b}');"
                                + "CREATE VIEW v AS SELECT '[a,b]'::r AS r, '(a)'::c AS c",
                        "ALTER TYPE e RENAME VALUE 'a' TO 'first'",
                        "ALTER TYPE e RENAME TO e2"),
                of(
                        "a body with dependencies",
                        "CREATE TABLE t (a int, b int)",
                        PostgresForTests.isAtLeast(14)
                                ? "CREATE FUNCTION f() RETURNS SETOF int LANGUAGE sql BEGIN ATOMIC SELECT a FROM t; END"
                                : "CREATE VIEW f AS SELECT a FROM t",
                        "ALTER TABLE t RENAME a TO c",
                        "ALTER TABLE t RENAME TO u",
                        "DROP TABLE u CASCADE"));
    }

    private static List<ChangeCase> unchanged() {
        return List.of(
                shop(
                        "rows",
                        "INSERT INTO item (name, price) VALUES ('x', 1)",
                        "UPDATE item SET name = 'y'",
                        "TRUNCATE item CASCADE"),
                shop("a sequence's value", "SELECT setval('numbers', 70)"),
                shop(
                        "an existing object",
                        "CREATE TABLE IF NOT EXISTS item (id int)",
                        "DROP TABLE IF EXISTS nothing",
                        "ALTER TABLE IF EXISTS nothing ADD a int"),
                shop("upkeep", "ANALYZE", "REINDEX TABLE item"),
                shop(
                        "temporary tables",
                        "CREATE TEMPORARY TABLE customer (x int); ALTER TABLE pg_temp.customer ADD y int",
                        "DROP TABLE pg_temp.customer"));
    }
}
