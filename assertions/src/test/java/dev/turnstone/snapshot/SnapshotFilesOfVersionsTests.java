package dev.turnstone.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turnstone.dialect.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of one schema has the same bytes on every major version of the server. */
@Tag("versions")
class SnapshotFilesOfVersionsTests {

    /**
     * Every kind of object, definitions whose canonical form depends on the version, and values that a file must
     * escape.
     */
    private static final String SCHEMA = Samples.POSTGRESQL_EVERYTHING + """
            CREATE VIEW renamed AS SELECT z.id, z.state AS y FROM orders z GROUP BY z.id, z.state HAVING max(z.amount) > 1;
            CREATE VIEW listed AS SELECT o.id, c.name FROM orders o, customers c WHERE c.id IN (SELECT id FROM customers);
            CREATE VIEW whole AS SELECT o AS w, o.*::text AS s FROM orders o;
            CREATE TABLE "odd "" näme" ("a, b" text DEFAULT E'two\\nlines \\\\ ', c text COLLATE "C" CHECK (c ~ '^\\s'),
              d integer[] NOT NULL, CONSTRAINT dd UNIQUE NULLS NOT DISTINCT (d));
            COMMENT ON TABLE "odd "" näme" IS E'ends with a blank \\n\\ttab — ☂ ';
            CREATE TABLE kept (a integer NOT NULL, b integer, PRIMARY KEY (a), CHECK (b > a) NOT VALID);
            """;

    private final Path folder;

    SnapshotFilesOfVersionsTests(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void areEqualByteForByte() throws IOException, SQLException {
        List<PostgresOfVersion.Starting> versions = PostgresOfVersion.all();
        boolean enough = versions.size() >= 2;
        if (Boolean.getBoolean("turnstone.lanes.required")) {
            assertThat(enough).as("The lane 'versions' needs two versions").isTrue();
        }
        assumeTrue(enough, "The lane 'versions' is skipped: it needs two versions of PostgreSQL.");

        Map<Integer, Path> files = new TreeMap<>();
        for (PostgresOfVersion.Starting version : versions) {
            try (PostgresOfVersion server = version.start();
                    Connection connection = server.dataSource().getConnection()) {
                int number = connection.getMetaData().getDatabaseMajorVersion();
                Path file = folder.resolve(number + ".txt");
                write(connection, "of_" + number, file);
                files.put(number, file);
            }
        }

        System.out.println("versions: compared the snapshot files of " + files.size() + " versions of PostgreSQL "
                + files.keySet());
        Path first = files.values().iterator().next();
        assertThat(first).isNotEmptyFile();
        files.forEach((number, file) -> assertThat(file)
                .as("PostgreSQL %s", number)
                .hasSameTextualContentAs(first)
                .hasSameBinaryContentAs(first));
    }

    private static void write(Connection connection, String schema, Path file) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("CREATE SCHEMA " + schema + "; SET search_path TO " + schema);
            statement.execute(SCHEMA);
            SnapshotFile.at(file).write(SchemaSnapshot.of(connection, Scope.schema(schema)));
            assertThat(Files.readString(file)).doesNotContain(schema);
        }
    }
}
