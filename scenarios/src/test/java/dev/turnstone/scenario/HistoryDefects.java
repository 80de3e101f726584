package dev.turnstone.scenario;

import static dev.turnstone.scenario.PlantedDefect.BOTH;

import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import dev.turnstone.scenario.PlantedDefect.Circumstances;
import dev.turnstone.scenario.ScenarioOptions.IdempotentBodies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What is wrong with a history as a whole, or beside what is kept of it elsewhere. */
class HistoryDefects extends PlantedDefects {

    private static final String READERS = """
            # 1 up
            CREATE TABLE readers (id integer PRIMARY KEY, email text);
            # 1 down
            DROP TABLE readers;
            """;

    private static final String COUNTING =
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s) SELECT count(*) FROM n;\n";
    private static final String FOR_EVER = COUNTING.formatted("900000000000");
    private static final String IN_TIME = COUNTING.formatted("10");

    /** Much more than the statements before need, for a machine that is busy. */
    private static final Circumstances SHORT_TIME = (plain, isPlanted, directory) ->
            isPlanted ? Circumstances.with(plain.options().withTimeout(Duration.ofSeconds(3)), plain) : plain;

    @Override
    List<PlantedDefect> defects() {
        return Stream.of(ofGraph(), hanging(), besideBaseline(), besideSnapshot(), ofSteps())
                .flatMap(List::stream)
                .toList();
    }

    private static List<PlantedDefect> ofGraph() {
        return List.of(PlantedDefect.of(
                        "two heads, of merges at the same time",
                        BOTH,
                        "fresh-install",
                        READERS + """
                        # 2 up
                        CREATE TABLE loans (id integer);
                        # 2 down
                        DROP TABLE loans;
                        # 3 parents
                        000001
                        # 3 up
                        CREATE TABLE fines (id integer);
                        # 3 down
                        DROP TABLE fines;
                        """,
                        """
                        # 3 parents
                        000002
                        """,
                        "- several-heads revision 000002, 000003 error")
                .inOwnFormat());
    }

    private static PlantedDefect hanging(String name, String scenario, String up, String down) {
        return PlantedDefect.of(
                        name,
                        BOTH,
                        scenario,
                        READERS + "# 2 up\n" + up + "# 2 down\n" + down,
                        "# 2 up\n" + IN_TIME + "# 2 down\n" + IN_TIME,
                        "000002 time-out revision 000002 error")
                .inOwnFormat()
                .under(SHORT_TIME);
    }

    private static List<PlantedDefect> hanging() {
        return List.of(
                hanging("upgrade that hangs", "fresh-install", FOR_EVER, IN_TIME),
                hanging("downgrade that hangs", "up-down-up", IN_TIME, FOR_EVER));
    }

    private static PlantedDefect besideBaseline(String name, String baseline, String finding) {
        return PlantedDefect.of(name, BOTH, "stamp-then-noop", READERS, "", finding)
                .under((plain, isPlanted, directory) -> Circumstances.with(
                        new ScenarioOptions(
                                dialect -> new SqlText(
                                        isPlanted
                                                ? baseline
                                                : "CREATE TABLE readers (id integer PRIMARY KEY, email text);",
                                        Location.of("schema.sql")),
                                null,
                                IdempotentBodies.BY_FORMAT),
                        plain));
    }

    private static List<PlantedDefect> besideBaseline() {
        return List.of(
                besideBaseline(
                        "stamped database without a column",
                        "CREATE TABLE readers (id integer PRIMARY KEY);",
                        "000001 stamped-differs column readers.email error"),
                besideBaseline(
                        "stamped database with an index more",
                        "CREATE TABLE readers (id integer PRIMARY KEY, email text); CREATE INDEX ix ON readers (email);",
                        "000001 stamped-differs index ix error"),
                besideBaseline(
                        "stamped database with a view more",
                        "CREATE TABLE readers (id integer PRIMARY KEY, email text); CREATE VIEW v AS SELECT 1 AS n;",
                        "000001 stamped-differs view v error"),
                besideBaseline(
                        "stamped database with a table more",
                        "CREATE TABLE readers (id integer PRIMARY KEY, email text); CREATE TABLE fines (id integer);",
                        "000001 stamped-differs table fines error"));
    }

    private static PlantedDefect besideSnapshot(String name, String planted, String finding) {
        return PlantedDefect.of(
                        name,
                        BOTH,
                        "fresh-install",
                        "# 1 up\n" + planted + "\n# 1 down\nDROP TABLE fines;",
                        "# 1 up\nCREATE TABLE fines (id integer, code text);",
                        finding)
                .under((plain, isPlanted, directory) -> {
                    keep(directory, plain.dialect().name());
                    return Circumstances.with(
                            plain.options().with(KeptSnapshots.in(directory, "kept", false, "Run with --update")),
                            plain);
                });
    }

    private static void keep(Path directory, String dialect) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("kept." + dialect + ".txt"), """
                    turnstone-snapshot 1
                    dialect %s

                    table fines
                      column id: %s
                      column code: %s
                    """.formatted(
                            dialect,
                            dialect.equals("sqlite") ? "INTEGER" : "integer",
                            dialect.equals("sqlite") ? "TEXT" : "text"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<PlantedDefect> besideSnapshot() {
        return List.of(
                besideSnapshot(
                        "column of another type than in the snapshot",
                        "CREATE TABLE fines (id integer, code integer);",
                        "- snapshot-differs column fines.code error"),
                besideSnapshot(
                        "table that is not in the snapshot",
                        "CREATE TABLE fines (id integer, code text); CREATE TABLE loans (id integer);",
                        "- snapshot-differs table loans error"));
    }

    private static List<PlantedDefect> ofSteps() {
        return List.of(
                PlantedDefect.of(
                        "upgrade that fails",
                        BOTH,
                        "fresh-install",
                        READERS + """
                        # 2 up
                        ALTER TABLE reader ADD COLUMN phone text;
                        # 2 down
                        ALTER TABLE readers DROP COLUMN phone;
                        """,
                        """
                        # 2 up
                        ALTER TABLE readers ADD COLUMN phone text;
                        """,
                        "000002 up-fails revision 000002 error"),
                PlantedDefect.of(
                        "no downgrade",
                        BOTH,
                        "up-down-up",
                        READERS + """
                        # 2 up
                        CREATE TABLE loans (id integer);
                        """,
                        """
                        # 2 down
                        DROP TABLE loans;
                        """,
                        "000002 down-missing revision 000002 error|warning"),
                PlantedDefect.of(
                        "up again makes what the downgrade changed",
                        BOTH,
                        "up-down-up",
                        """
                        # 1 up
                        CREATE TABLE readers (id integer PRIMARY KEY, email text);
                        # 1 down
                        DROP TABLE readers;
                        # 2 up
                        CREATE TABLE archive AS SELECT email FROM readers;
                        ALTER TABLE readers DROP COLUMN email;
                        # 2 down
                        DROP TABLE archive;
                        ALTER TABLE readers ADD COLUMN email integer;
                        """,
                        """
                        # 2 down
                        DROP TABLE archive;
                        ALTER TABLE readers ADD COLUMN email text;
                        """,
                        "000002 up-again-differs column archive.email error",
                        "000002 changed column readers.email error"),
                PlantedDefect.of(
                                "guard that a script cannot answer",
                                BOTH,
                                "offline",
                                READERS + """
                        # 2 up
                        CREATE TABLE copied AS SELECT 1 AS a;
                        -- if column copied.a
                        DROP TABLE copied;
                        -- end
                        # 2 down
                        SELECT 1;
                        """,
                                """
                        # 2 up
                        CREATE TABLE copied (a integer);
                        -- if column copied.a
                        DROP TABLE copied;
                        -- end
                        """,
                                "000002 needs-connection revision 000002 info")
                        .inOwnFormat());
    }
}
