package dev.turnstone.execution;

import static dev.turnstone.testing.DatabaseForTests.revision;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import org.junit.jupiter.api.Test;

class StatementTextTests {

    @EachDialect
    void doesNotInterpretJdbcEscapes(DatabaseForTests database) {
        database.migrator(revision("a", "", """
                        CREATE TABLE one (x text);
                        SELECT * FROM one;
                        INSERT INTO one VALUES ('? {d 2024-01-01} {fn now()} ?? a;b -- c');
                        INSERT INTO one VALUES ('{"a": 1}');
                        SELECT x FROM one WHERE x = '?';""", "DROP TABLE one;")).upgrade("head");

        assertThat(database.strings("SELECT x FROM one"))
                .containsExactly("? {d 2024-01-01} {fn now()} ?? a;b -- c", "{\"a\": 1}");
    }

    @Test
    void keepsOperatorsAndFunctionsOfPostgresql() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            database.migrator(revision("a", "", """
                            CREATE TABLE one (x jsonb, y text[]);
                            INSERT INTO one VALUES ('{"a": 1}'::jsonb, '{a,b}'::text[]);
                            SELECT * FROM one WHERE x ? 'a' AND x ?| ARRAY['a'] AND x ?& ARRAY['a', 'b'];
                            UPDATE one SET x = '{"b": "?"}' WHERE x ? 'a';
                            CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE plpgsql AS $body$
                            BEGIN
                              PERFORM 1; -- ' an odd quote
                              RETURN n * 2;
                            END $body$;
                            CREATE FUNCTION thrice(n integer) RETURNS integer LANGUAGE sql
                            BEGIN ATOMIC
                              SELECT 1;
                              SELECT n * 3;
                            END;
                            CREATE RULE loud AS ON DELETE TO one DO ALSO (SELECT 1; SELECT 2);
                            CREATE TABLE two (x integer DEFAULT twice(4), y integer DEFAULT thrice(4), z text);
                            INSERT INTO two (z) VALUES (E'it\\'s; $1 \\\\ ?');""", "DROP TABLE one;")).upgrade("head");

            assertThat(database.strings("SELECT x::text || y::text FROM one")).containsExactly("{\"b\": \"?\"}{a,b}");
            assertThat(database.strings("SELECT x || ' ' || y || ' ' || z FROM two"))
                    .containsExactly("8 12 it's; $1 \\ ?");
        }
    }
}
