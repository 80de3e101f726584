package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.Scope;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A schema reads the same on every major version of the server. */
@Tag("versions")
class VersionsTests {

    /** Views are the objects that the versions format most differently. */
    private static final String VIEWS = """
            CREATE TABLE t (a integer, b text, "T x" date, c integer[]);
            CREATE TABLE u (a integer, b text);
            CREATE TYPE pair AS (x integer, y integer);
            CREATE TABLE pairs (p pair, t integer);
            CREATE VIEW one AS SELECT a, lower(b) AS b, "T x" FROM t WHERE a > 1 AND b <> 't.a' ORDER BY b DESC, a;
            CREATE VIEW renamed AS SELECT z.a, z."T x" AS y FROM t z GROUP BY z.a, z."T x" HAVING max(z.b) > 'x';
            CREATE VIEW quoted AS SELECT "Q q".a FROM t AS "Q q";
            CREATE VIEW nested AS SELECT a FROM t WHERE EXISTS (SELECT FROM u WHERE u.a = t.a) AND a IN (SELECT a FROM u);
            CREATE VIEW scalar AS SELECT a, (SELECT max(u.a) FROM u WHERE u.b = t.b) AS m FROM t;
            CREATE VIEW derived AS SELECT x.a FROM (SELECT a FROM t WHERE b = 'x') x;
            CREATE VIEW joined AS SELECT t.a, u.b FROM t JOIN u USING (a);
            CREATE VIEW listed AS SELECT t.a, u.b FROM t, u;
            CREATE VIEW both_of AS SELECT a FROM t UNION SELECT a FROM u;
            CREATE VIEW common AS WITH w AS (SELECT a FROM t) SELECT a FROM w;
            CREATE VIEW windowed AS SELECT a, rank() OVER (PARTITION BY b ORDER BY a) AS r FROM t;
            CREATE VIEW numbers AS SELECT n FROM generate_series(1, 3) g(n);
            CREATE VIEW whole AS SELECT t AS w, t.*::text AS s, a FROM t;
            CREATE VIEW fields AS SELECT (p).x, t FROM pairs;
            CREATE VIEW sampled AS SELECT a FROM t TABLESAMPLE SYSTEM (10);
            CREATE VIEW arrays AS SELECT c[1] AS first, ARRAY(SELECT 1) AS ones, a::text AS s FROM t LIMIT 3;
            CREATE VIEW cases AS SELECT CASE WHEN a > 1 THEN b ELSE 'x' END AS c, COALESCE(b, 'y') AS d FROM ONLY t;
            CREATE VIEW constants AS VALUES (1, 'a'), (2, 'b');
            CREATE VIEW updatable AS SELECT a FROM t WHERE a > 0 WITH CHECK OPTION;
            CREATE MATERIALIZED VIEW stored AS SELECT a, count(*) FROM t GROUP BY a;
            CREATE RULE r AS ON INSERT TO one DO INSTEAD INSERT INTO u SELECT NEW.a, NEW.b;
            CREATE RULE s AS ON UPDATE TO t WHERE OLD.a > 1 DO ALSO UPDATE u SET b = NEW.b WHERE a = OLD.a;
            CREATE POLICY p ON t USING (a IN (SELECT a FROM u));
            """;

    private static RunningVersions versions;

    @BeforeAll
    static void start() throws IOException, InterruptedException, SQLException {
        versions = RunningVersions.start();
    }

    @AfterAll
    static void stop() throws SQLException, IOException {
        // JUnit calls this method after the lane is skipped in start, too.
        if (versions != null) {
            versions.close();
        }
    }

    /** Returns the schema after the statements, by version. */
    private static Map<Integer, Schema> schemas(String sql) throws SQLException {
        Map<Integer, Schema> schemas = new LinkedHashMap<>();
        for (RunningVersions.Version version : versions.all()) {
            Connection connection = version.connection();
            PostgresForTests.execute(connection, "CREATE SCHEMA s; SET search_path TO s");
            try {
                PostgresForTests.execute(connection, sql);
                schemas.put(version.number(), PostgresDialect.INSTANCE.read(connection, Scope.schema("s")));
            } finally {
                PostgresForTests.execute(connection, "SET client_min_messages TO warning; DROP SCHEMA s CASCADE");
            }
        }
        return schemas;
    }

    private static List<String> differences(String name, Map<Integer, Schema> schemas) {
        List<String> differences = new ArrayList<>();
        List<Integer> versions = List.copyOf(schemas.keySet());
        for (int i = 1; i < versions.size(); i++) {
            Schema older = schemas.getOrDefault(versions.get(i - 1), Schema.EMPTY);
            Schema newer = schemas.getOrDefault(versions.get(i), Schema.EMPTY);
            String difference = SchemaDiff.between(older, newer).toString();
            if (!difference.isEmpty() || !older.equals(newer)) {
                differences.add(name + ", " + versions.get(i - 1) + " and " + versions.get(i) + ": " + difference);
            }
        }
        return differences;
    }

    @Test
    void everyKindOfObjectReadsTheSame() throws SQLException {
        assertThat(differences("everything", schemas(ReadingTests.EVERYTHING.formatted("s"))))
                .isEmpty();
    }

    @Test
    void everyKindOfViewReadsTheSame() throws SQLException {
        assertThat(differences("views", schemas(VIEWS))).isEmpty();
    }

    /** Compares each version with the table. Versions that support the same rows therefore agree. */
    @Test
    void everyPlantedDifferenceReadsTheSame() throws SQLException {
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (RunningVersions.Version version : versions.all()) {
            try (PlantedServer server = new PlantedServer(version.url(), "same")) {
                for (Planted planted : PlantedDifferences.all()) {
                    if (planted.since() <= version.number()) {
                        String found = planted.plantedIn(server.connection, "planted")
                                .difference()
                                .toString();
                        if (!found.equals(planted.expected().replace("{tablespace}", PlantedServer.TABLESPACE))) {
                            wrong.add(planted + " on " + version.number() + ": " + found);
                        }
                        compared++;
                    }
                }
            }
        }
        System.out.println("versions: compared " + compared + " planted differences");
        assertThat(compared).isPositive();
        assertThat(wrong).isEmpty();
    }
}
