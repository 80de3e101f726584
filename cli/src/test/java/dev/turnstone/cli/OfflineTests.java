package dev.turnstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineTests {

    @TempDir
    Path directory = Path.of("");

    Project project = new Project(Path.of(""));

    @BeforeEach
    void makeProject() throws Exception {
        project = Project.with(directory, "a1 - make a", "b1 a1 make b");
    }

    @Test
    void upgradeAsSqlTouchesNoDatabase() {
        Run run = project.run("upgrade", "--sql");

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("-- turnstone upgrade, for SQLite; run it with sqlite3.\n.bail on\n")
                .contains("CREATE TABLE t_b1 (id INTEGER PRIMARY KEY);\nUPDATE \"main\".\"turnstone_version\"");
        assertThat(directory.resolve("app.db")).doesNotExist();
    }

    @Test
    void theDialectAndTheSchemaOfTheVersionTableCanBeSaid() {
        assertThat(project.run("upgrade", "a1:b1", "--sql", "--dialect=postgresql")
                        .out())
                .contains("\nUPDATE \"turnstone_version\" SET version_num = 'b1' WHERE version_num = 'a1';");
        assertThat(project.run(
                                "upgrade",
                                "a1:b1",
                                "--sql",
                                "--dialect=postgresql",
                                "--version-table-schema=ops",
                                "--version-table=v")
                        .out())
                .contains("\nUPDATE \"ops\".\"v\" SET");
    }

    @Test
    void downgradeAsSqlWantsARange() {
        assertThat(project.run("downgrade", "head:a1", "--sql").out())
                .contains("DROP TABLE t_b1;")
                .doesNotContain("DROP TABLE t_a1;");

        Run refused = project.run("downgrade", "base", "--sql");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("A downgrade script needs the version at which it starts");
    }

    @Test
    void stampAsSqlHoldsTheVersionAloneAndCannotPurge() {
        assertThat(project.run("stamp", "head", "--sql").out())
                .contains("VALUES ('b1');")
                .doesNotContain("t_b1");
        assertThat(project.run("stamp", "head", "--sql", "--purge").err())
                .contains("--purge needs a connection, and --sql opens none. Nothing was written.");
    }

    @Test
    void aStepThatNeedsAConnectionIsMarkedAndEndsTheCommandWithStatusTwo() throws Exception {
        Files.writeString(directory.resolve("revisions/c1.sql"), """
                -- revision: c1
                -- parents: b1

                -- upgrade
                CREATE TABLE copied AS SELECT 1 AS a;
                -- if column copied.a
                DROP TABLE copied;
                -- end
                """);

        Run run = project.run("upgrade", "--sql");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).contains("t_b1", "-- NEEDS A CONNECTION").doesNotContain("copied AS SELECT 1 AS a;");
        assertThat(run.err()).contains("Revision c1 (c1.sql) needs a connection for its upgrade");
    }

    @Test
    void withoutAUrlTheDialectMustBeSaid() throws Exception {
        project.configure("locations = [\"revisions\"]\n");

        assertThat(project.run("upgrade", "--sql").err()).contains("Pass --dialect sqlite or --dialect postgresql");
        assertThat(project.run("upgrade", "--sql", "--json", "--dialect=sqlite").out())
                .contains("--sql prints SQL and --json prints JSON. Choose one.");
    }
}
