package dev.turnstone.scenario;

import java.util.List;
import java.util.stream.Stream;

/** Each kind of object of PostgreSQL, forgotten, lost and restored otherwise. */
class PostgresObjectDefects extends PlantedDefects {

    private static final String FINES = "CREATE TABLE fines (id integer NOT NULL, reader integer NOT NULL);";
    private static final String NO_FINES = "DROP TABLE fines;";

    @Override
    List<PlantedDefect> defects() {
        return Stream.of(ofTables(), ofCode(), ofTypes(), ofTextSearch(), ofDatabase())
                .flatMap(objects -> objects.flatMap(object -> object.planted(PlantedDefect.POSTGRESQL)))
                .toList();
    }

    private static ObjectOnTrial constraint(String kind, String table, String name, String one, String other) {
        String add = "ALTER TABLE " + table + " ADD CONSTRAINT " + name + " ";
        return ObjectOnTrial.of(
                kind,
                table + "." + name,
                add + one + ";",
                add + other + ";",
                "ALTER TABLE " + table + " DROP CONSTRAINT " + name + ";");
    }

    private static Stream<ObjectOnTrial> ofTables() {
        return Stream.of(
                ObjectOnTrial.of(
                        "table",
                        "fines",
                        "CREATE TABLE fines (id integer);",
                        "CREATE UNLOGGED TABLE fines (id integer);",
                        "DROP TABLE fines;"),
                ObjectOnTrial.of(
                        "column",
                        "readers.phone",
                        "ALTER TABLE readers ADD COLUMN phone text;",
                        "ALTER TABLE readers ADD COLUMN phone varchar(20);",
                        "ALTER TABLE readers DROP COLUMN phone;"),
                ObjectOnTrial.of(
                                "default",
                                "readers.email",
                                "ALTER TABLE readers ALTER COLUMN email SET DEFAULT 'x';",
                                "ALTER TABLE readers ALTER COLUMN email SET DEFAULT 'y';",
                                "ALTER TABLE readers ALTER COLUMN email DROP DEFAULT;")
                        .timeAndAgain(),
                constraint("primary-key", "fines", "pk_fines", "PRIMARY KEY (id)", "PRIMARY KEY (reader)")
                        .after(FINES, NO_FINES),
                constraint("unique", "readers", "uq", "UNIQUE (email)", "UNIQUE (joined)"),
                constraint("check", "readers", "ck", "CHECK (email <> '')", "CHECK (email <> '-')"),
                constraint(
                        "exclusion",
                        "readers",
                        "ex",
                        "EXCLUDE USING btree (email WITH =)",
                        "EXCLUDE USING hash (email WITH =)"),
                constraint(
                                "foreign-key",
                                "fines",
                                "fk",
                                "FOREIGN KEY (reader) REFERENCES readers (id)",
                                "FOREIGN KEY (reader) REFERENCES readers (id) ON DELETE CASCADE")
                        .after(FINES, NO_FINES),
                ObjectOnTrial.of(
                        "index",
                        "ix",
                        "CREATE INDEX ix ON readers (email);",
                        "CREATE INDEX ix ON readers (email DESC);",
                        "DROP INDEX ix;"),
                ObjectOnTrial.of(
                        "statistics",
                        "st",
                        "CREATE STATISTICS st (dependencies) ON email, joined FROM readers;",
                        "CREATE STATISTICS st (ndistinct) ON email, joined FROM readers;",
                        "DROP STATISTICS st;"),
                ObjectOnTrial.of(
                        "view",
                        "v",
                        "CREATE VIEW v AS SELECT id FROM readers;",
                        "CREATE VIEW v AS SELECT id FROM readers WHERE id > 0;",
                        "DROP VIEW v;"),
                ObjectOnTrial.of(
                        "materialized-view",
                        "m",
                        "CREATE MATERIALIZED VIEW m AS SELECT id FROM readers;",
                        "CREATE MATERIALIZED VIEW m AS SELECT id FROM readers WHERE id > 0;",
                        "DROP MATERIALIZED VIEW m;"),
                ObjectOnTrial.of(
                        "sequence",
                        "tickets",
                        "CREATE SEQUENCE tickets;",
                        "CREATE SEQUENCE tickets INCREMENT 2;",
                        "DROP SEQUENCE tickets;"),
                ObjectOnTrial.of(
                        "rule",
                        "readers.quiet",
                        "CREATE RULE quiet AS ON DELETE TO readers DO INSTEAD NOTHING;",
                        "CREATE RULE quiet AS ON UPDATE TO readers DO INSTEAD NOTHING;",
                        "DROP RULE quiet ON readers;"),
                ObjectOnTrial.of(
                        "policy",
                        "readers.own",
                        "CREATE POLICY own ON readers USING (true);",
                        "CREATE POLICY own ON readers USING (id > 0);",
                        "DROP POLICY own ON readers;"),
                ObjectOnTrial.of(
                                "comment",
                                "readers",
                                "COMMENT ON TABLE readers IS 'who reads';",
                                "COMMENT ON TABLE readers IS 'who writes';",
                                "COMMENT ON TABLE readers IS NULL;")
                        .timeAndAgain(),
                ObjectOnTrial.of(
                                "grant",
                                "readers",
                                "GRANT SELECT ON readers TO PUBLIC;",
                                "GRANT UPDATE ON readers TO PUBLIC;",
                                "REVOKE ALL ON readers FROM PUBLIC;")
                        .timeAndAgain(),
                ObjectOnTrial.of(
                                "owner",
                                "readers",
                                "ALTER TABLE readers OWNER TO zoo_keeper;",
                                "ALTER TABLE readers OWNER TO zoo_guest;",
                                "ALTER TABLE readers OWNER TO CURRENT_USER;")
                        .timeAndAgain()
                        .after("CREATE ROLE zoo_keeper;\nCREATE ROLE zoo_guest;", "DROP ROLE zoo_keeper, zoo_guest;"));
    }

    private static Stream<ObjectOnTrial> ofCode() {
        return Stream.of(
                ObjectOnTrial.of(
                        "function",
                        "one()",
                        "CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';",
                        "CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 2';",
                        "DROP FUNCTION one();"),
                ObjectOnTrial.of(
                        "procedure",
                        "tidy()",
                        "CREATE PROCEDURE tidy() LANGUAGE sql AS 'SELECT 1';",
                        "CREATE PROCEDURE tidy() LANGUAGE sql AS 'SELECT 2';",
                        "DROP PROCEDURE tidy();"),
                ObjectOnTrial.of(
                        "aggregate",
                        "total(integer)",
                        "CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);",
                        "CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');",
                        "DROP AGGREGATE total(integer);"),
                ObjectOnTrial.of(
                        "operator",
                        "===(integer, integer)",
                        "CREATE OPERATOR === (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq);",
                        "CREATE OPERATOR === (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4ne);",
                        "DROP OPERATOR === (integer, integer);"),
                ObjectOnTrial.of(
                                "operator-class",
                                "boxed using gist",
                                "CREATE OPERATOR CLASS boxed FOR TYPE integer USING gist FAMILY fam AS STORAGE bigint;",
                                "CREATE OPERATOR CLASS boxed FOR TYPE integer USING gist FAMILY fam AS STORAGE text;",
                                "DROP OPERATOR CLASS boxed USING gist;")
                        .after("CREATE OPERATOR FAMILY fam USING gist;", "DROP OPERATOR FAMILY fam USING gist;"),
                ObjectOnTrial.of(
                        "operator-family",
                        "fam using btree",
                        "CREATE OPERATOR FAMILY fam USING btree;",
                        "CREATE OPERATOR FAMILY fam USING btree; ALTER OPERATOR FAMILY fam USING btree ADD FUNCTION 1"
                                + " (integer, bigint) btint48cmp(integer, bigint);",
                        "DROP OPERATOR FAMILY fam USING btree;"),
                ObjectOnTrial.of(
                                "trigger",
                                "readers.tr",
                                "CREATE TRIGGER tr BEFORE UPDATE ON readers FOR EACH ROW EXECUTE FUNCTION touch();",
                                "CREATE TRIGGER tr BEFORE INSERT ON readers FOR EACH ROW EXECUTE FUNCTION touch();",
                                "DROP TRIGGER tr ON readers;")
                        .after(
                                "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END"
                                        + " $$;",
                                "DROP FUNCTION touch() CASCADE;"),
                ObjectOnTrial.of(
                                "event-trigger",
                                "watch",
                                "CREATE EVENT TRIGGER watch ON sql_drop EXECUTE FUNCTION watch();",
                                "CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION watch();",
                                "DROP EVENT TRIGGER watch;")
                        .after(
                                "CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;",
                                "DROP FUNCTION watch();"));
    }

    private static Stream<ObjectOnTrial> ofTypes() {
        return Stream.of(
                ObjectOnTrial.of(
                        "enum",
                        "state",
                        "CREATE TYPE state AS ENUM ('new', 'old');",
                        "CREATE TYPE state AS ENUM ('old', 'new');",
                        "DROP TYPE state;"),
                ObjectOnTrial.of(
                        "domain",
                        "card",
                        "CREATE DOMAIN card AS text;",
                        "CREATE DOMAIN card AS varchar(20);",
                        "DROP DOMAIN card;"),
                ObjectOnTrial.of(
                        "type",
                        "place",
                        "CREATE TYPE place AS (street text, town text);",
                        "CREATE TYPE place AS (street text);",
                        "DROP TYPE place;"),
                ObjectOnTrial.of(
                        "cast",
                        "date as integer",
                        "CREATE CAST (date AS integer) WITHOUT FUNCTION;",
                        "CREATE CAST (date AS integer) WITHOUT FUNCTION AS ASSIGNMENT;",
                        "DROP CAST (date AS integer);"),
                // Only in a database of its own, which the schema makes necessary, is the transform of a type seen that
                // the server was born with.
                ObjectOnTrial.of(
                                "transform",
                                "integer for sql",
                                "CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION"
                                        + " prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));",
                                "CREATE TRANSFORM FOR integer LANGUAGE sql (TO SQL WITH FUNCTION int4recv(internal));",
                                "DROP TRANSFORM FOR integer LANGUAGE sql;")
                        .after("CREATE SCHEMA annex;", "DROP SCHEMA annex;"),
                ObjectOnTrial.of(
                        "collation",
                        "plain",
                        "CREATE COLLATION plain FROM \"C\";",
                        "CREATE COLLATION plain FROM \"POSIX\";",
                        "DROP COLLATION plain;"),
                ObjectOnTrial.of(
                        "conversion",
                        "latin",
                        "CREATE CONVERSION latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;",
                        "CREATE DEFAULT CONVERSION latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;",
                        "DROP CONVERSION latin;"));
    }

    private static ObjectOnTrial textSearch(String kind, String one, String other) {
        String create = "CREATE TEXT SEARCH " + kind.toUpperCase(java.util.Locale.ROOT) + " words ";
        return ObjectOnTrial.of(
                "text-search-" + kind,
                "words",
                create + one + ";",
                create + other + ";",
                "DROP TEXT SEARCH " + kind.toUpperCase(java.util.Locale.ROOT) + " words;");
    }

    private static Stream<ObjectOnTrial> ofTextSearch() {
        String parser = "(START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype";
        return Stream.of(
                textSearch("configuration", "(COPY = simple)", "(COPY = english)"),
                textSearch("dictionary", "(TEMPLATE = simple)", "(TEMPLATE = simple, ACCEPT = false)"),
                textSearch("parser", parser + ")", parser + ", HEADLINE = prsd_headline)"),
                textSearch("template", "(LEXIZE = dsimple_lexize)", "(INIT = dsimple_init, LEXIZE = dsimple_lexize)"));
    }

    private static Stream<ObjectOnTrial> ofDatabase() {
        return Stream.of(
                ObjectOnTrial.of("schema", "annex", "CREATE SCHEMA annex;", "", "DROP SCHEMA annex;"),
                ObjectOnTrial.of(
                                "extension",
                                "citext",
                                "CREATE EXTENSION citext;",
                                "CREATE EXTENSION citext SCHEMA annex;",
                                "DROP EXTENSION citext;")
                        .after("CREATE SCHEMA annex;", "DROP SCHEMA annex;"),
                ObjectOnTrial.of(
                        "publication",
                        "pub",
                        "CREATE PUBLICATION pub FOR TABLE readers;",
                        "CREATE PUBLICATION pub;",
                        "DROP PUBLICATION pub;"),
                ObjectOnTrial.of(
                        "foreign-data-wrapper",
                        "far",
                        "CREATE FOREIGN DATA WRAPPER far;",
                        "CREATE FOREIGN DATA WRAPPER far OPTIONS (debug 'true');",
                        "DROP FOREIGN DATA WRAPPER far;"),
                ObjectOnTrial.of(
                                "foreign-server",
                                "away",
                                "CREATE SERVER away FOREIGN DATA WRAPPER far;",
                                "CREATE SERVER away VERSION '2' FOREIGN DATA WRAPPER far;",
                                "DROP SERVER away;")
                        .after("CREATE FOREIGN DATA WRAPPER far;", "DROP FOREIGN DATA WRAPPER far;"),
                ObjectOnTrial.of(
                        "language",
                        "plz",
                        "CREATE LANGUAGE plz HANDLER plpgsql_call_handler;",
                        "CREATE TRUSTED LANGUAGE plz HANDLER plpgsql_call_handler;",
                        "DROP LANGUAGE plz;"),
                // As with the transform.
                ObjectOnTrial.of(
                                "access-method",
                                "pile",
                                "CREATE ACCESS METHOD pile TYPE TABLE HANDLER heap_tableam_handler;",
                                "CREATE ACCESS METHOD pile TYPE INDEX HANDLER bthandler;",
                                "DROP ACCESS METHOD pile;")
                        .after("CREATE SCHEMA annex;", "DROP SCHEMA annex;"));
    }
}
