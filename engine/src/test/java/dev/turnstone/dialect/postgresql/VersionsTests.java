package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.postgresql.PlantedDifferencesTests.Planted;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One schema is the same on every major version of the server. */
@Tag("versions")
class VersionsTests {

    /** Views are what the versions spell most differently. */
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

    private static List<PostgresVersions.Server> servers = List.of();
    private static final Map<Integer, Connection> CONNECTIONS = new LinkedHashMap<>();

    @BeforeAll
    static void start() throws IOException, InterruptedException, SQLException {
        servers = PostgresVersions.start();
        for (PostgresVersions.Server server : servers) {
            Connection connection = DriverManager.getConnection(server.url());
            CONNECTIONS.put(connection.getMetaData().getDatabaseMajorVersion(), connection);
        }
        boolean enough = CONNECTIONS.size() >= 2;
        String found = "versions: compared " + CONNECTIONS.size() + " versions of PostgreSQL " + CONNECTIONS.keySet();
        System.out.println(found);
        if (Boolean.getBoolean("turnstone.lanes.required")) {
            assertThat(enough).as(found).isTrue();
        }
        assumeTrue(enough, found + "; the lane 'versions' needs two");
    }

    @AfterAll
    static void stop() throws SQLException, IOException {
        for (Connection connection : CONNECTIONS.values()) {
            connection.close();
        }
        for (PostgresVersions.Server server : servers) {
            server.close();
        }
    }

    /** Each version's schema after the statements, by the version. */
    private static Map<Integer, Schema> schemas(String sql) throws SQLException {
        Map<Integer, Schema> schemas = new LinkedHashMap<>();
        for (Map.Entry<Integer, Connection> server : CONNECTIONS.entrySet()) {
            Connection connection = server.getValue();
            PostgresForTests.execute(connection, "CREATE SCHEMA s; SET search_path TO s");
            try {
                PostgresForTests.execute(connection, sql);
                schemas.put(server.getKey(), PostgresDialect.INSTANCE.read(connection, Scope.schema("s")));
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
    void everyKindOfObjectIsTheSame() throws SQLException {
        assertThat(differences("everything", schemas(ReadingTests.EVERYTHING.formatted("s"))))
                .isEmpty();
    }

    @Test
    void everyKindOfViewIsTheSame() throws SQLException {
        assertThat(differences("views", schemas(VIEWS))).isEmpty();
    }

    @Test
    void everyPlantedDifferenceIsTheSame() throws SQLException {
        int oldest = CONNECTIONS.keySet().iterator().next();
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (Planted planted : PlantedDifferencesTests.planted().toList()) {
            if (planted.since() <= oldest) {
                String sql = planted.before() + ";" + planted.change().replace("{schema}", "s");
                differences.addAll(differences(planted.name(), schemas(sql)));
                compared++;
            }
        }
        System.out.println("versions: compared " + compared + " planted differences");
        assertThat(compared).isPositive();
        assertThat(differences).isEmpty();
    }

    /** By column, or by table and an asterisk, why it is not read. */
    private static Map<String, String> notRead() throws IOException {
        Map<String, String> reasons = new TreeMap<>();
        try (InputStream file =
                Objects.requireNonNull(VersionsTests.class.getResourceAsStream("catalog-columns-not-read.txt"))) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> reasons.put(
                            line.substring(0, line.indexOf(" = ")), line.substring(line.indexOf(" = ") + 3)));
        }
        return reasons;
    }

    @Test
    void everyColumnOfTheCatalogIsReadOrNamedWithAReason() throws SQLException, IOException {
        Map<String, String> notRead = notRead();
        Set<String> unknown = new TreeSet<>();
        Set<String> unused = new TreeSet<>(notRead.keySet());
        int columns = 0;
        for (Map.Entry<Integer, Connection> server : CONNECTIONS.entrySet()) {
            Set<String> read = Pattern.compile("\\w+")
                    .matcher(new CatalogQuery(server.getKey(), Scope.database("s")).everything())
                    .results()
                    .map(word -> word.group())
                    .collect(Collectors.toSet());
            try (Statement statement = server.getValue().createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
                                    + " WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r'"
                                    + " AND a.attnum > 0 AND NOT a.attisdropped")) {
                while (rows.next()) {
                    columns++;
                    String column = rows.getString(1) + "." + rows.getString(2);
                    Set<String> names = Set.of(column, rows.getString(1) + ".*");
                    unused.removeAll(names);
                    boolean named = names.stream().anyMatch(notRead::containsKey);
                    if (!named && !(read.contains(rows.getString(1)) && read.contains(rows.getString(2)))) {
                        unknown.add(column + " of version " + server.getKey());
                    }
                }
            }
        }
        System.out.println("versions: compared " + columns + " columns of pg_catalog with what is read; gaps: "
                + notRead.entrySet().stream()
                        .filter(reason -> reason.getValue().startsWith("gap:"))
                        .map(Map.Entry::getKey)
                        .toList());
        assertThat(unknown)
                .as("neither read nor named with a reason in catalog-columns-not-read.txt")
                .isEmpty();
        assertThat(unused).as("named, but no version has it").isEmpty();
    }
}
