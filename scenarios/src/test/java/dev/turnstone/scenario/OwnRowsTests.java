package dev.turnstone.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.revision.Direction;
import dev.turnstone.source.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnRowsTests {

    private static final History READERS = History.of("""
            # 1 up
            CREATE TABLE readers (id integer PRIMARY KEY, email varchar(40) NOT NULL UNIQUE, note text,
                age integer CONSTRAINT ck_age CHECK (age > 0));
            CREATE TABLE loans (id integer PRIMARY KEY, reader integer NOT NULL REFERENCES readers (id));
            # 1 down
            DROP TABLE loans;
            DROP TABLE readers;
            # 2 up
            ALTER TABLE readers ADD COLUMN phone varchar(20);
            # 2 down
            ALTER TABLE readers DROP COLUMN phone;
            # 3 up
            CREATE INDEX ix_readers_note ON readers (note);
            # 3 down
            DROP INDEX ix_readers_note;
            """);

    private final ScenarioBench bench = new ScenarioBench();
    private RowOptions rows = RowOptions.DEFAULT;

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void close() {
        bench.close();
    }

    private void seed(String revision, String file, String text) throws IOException {
        Path path = Files.writeString(directory.resolve(file), text);
        rows = rows.with(OwnRows.ofFile(revision, path.toString(), getClass().getClassLoader()));
    }

    private List<Outcome> run(History history, String dialect) {
        return bench.outcomes(
                "rows",
                bench.context(
                        history.load(Format.TURNSTONE, directory.resolve("history")),
                        dialect,
                        ScenarioOptions.DEFAULT.with(rows)));
    }

    private static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                texts.add(result.getString(1));
            }
        }
        return texts;
    }

    private void look(String revision, Direction direction, String query, List<String> seen) {
        rows = rows.with(new DataAssertion(revision, direction, connection -> seen.addAll(texts(connection, query))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void tablesHoldTheUsersRowsFromTheirRevisionOnAndNoOthers(String dialect) throws IOException {
        seed("000002", "readers.csv", "id,email,note,age,phone\n1,a@x,,7,\"\"\n2,\"b,c@x\",note,,0123\n");
        rows = rows.with(OwnRows.ofSql("000003", "INSERT INTO readers (id, email) VALUES (3, 'd'); SELECT 1;"));
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        List<String> loans = new ArrayList<>();
        look("000002", Direction.UPGRADE, "SELECT email FROM readers", before);
        look(
                "000003",
                Direction.UPGRADE,
                "SELECT email || '/' || coalesce(note, 'NULL') || '/' || coalesce(phone, 'NULL') FROM readers ORDER BY id",
                after);
        look("000003", Direction.UPGRADE, "SELECT DISTINCT reader FROM loans ORDER BY 1", loans);
        List<Outcome> outcomes = run(READERS, dialect);
        assertThat(ScenarioBench.inShort(outcomes)).isEmpty();
        assertThat(before).isEmpty();
        assertThat(after).containsExactly("a@x/NULL/", "b,c@x/note/0123", "a@x/NULL/", "b,c@x/note/0123");
        assertThat(loans).containsExactly("1", "2", "1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void aRowOfAFileWithCommasThatViolatesAConstraintIsNamed(String dialect) throws IOException {
        seed("000001", "readers.csv", "id,email,age\n1,a,5\n2,b,-5\n");
        assertThatThrownBy(() -> run(READERS, dialect))
                .isInstanceOfSatisfying(
                        OwnRowsException.class, e -> assertThat(e.constraint()).contains("check ck_age"))
                .hasMessageContainingAll(
                        "revision 000001",
                        "row 2 (",
                        "readers.csv:3)",
                        "id=2, email=b, age=-5",
                        "check ck_age",
                        "No row of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void aStatementThatViolatesAConstraintIsNamed(String dialect) throws IOException {
        seed(
                "000001",
                "rows.sql",
                "INSERT INTO readers (id, email) VALUES (1, 'a');\n\nINSERT INTO readers (id) VALUES (2);\n");
        assertThatThrownBy(() -> run(READERS, dialect))
                .isInstanceOfSatisfying(
                        OwnRowsException.class, e -> assertThat(e.constraint().orElseThrow())
                                .startsWith("not null")
                                .endsWith("email"))
                .hasMessageContainingAll("rows.sql:3:1", "violates not null", "INSERT INTO readers (id) VALUES (2)");
    }

    @Test
    void rowsForNoRevisionTableOrColumnAreRefused() throws IOException {
        seed("000009", "readers.csv", "id\n1\n");
        assertThatThrownBy(() -> run(READERS, "sqlite"))
                .isInstanceOf(OwnRowsException.class)
                .hasMessageContainingAll("000009", "readers.csv", "is not one");
        rows = RowOptions.DEFAULT;
        seed("000001", "writers.csv", "id\n1\n");
        assertThatThrownBy(() -> run(READERS, "sqlite")).hasMessageContainingAll("no table writers", "loans, readers");
        rows = RowOptions.DEFAULT;
        seed("000001", "readers.csv", "id,phone\n1,2\n");
        assertThatThrownBy(() -> run(READERS, "sqlite")).hasMessageContaining("has no column phone at that revision");
        assertThatThrownBy(
                        () -> OwnRows.ofFile("000001", "rows.json", getClass().getClassLoader()))
                .hasMessageContainingAll("rows.json", ".sql", ".csv");
        rows = RowOptions.DEFAULT.with(
                OwnRows.ofFile("000001", "none.sql", getClass().getClassLoader()));
        assertThatThrownBy(() -> run(READERS, "sqlite")).hasMessageContaining("There is no file none.sql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void anUpgradeThatFailsOnTheUsersRowsIsAnErrorWhereItWouldElseAssumeData(String dialect) throws IOException {
        History unique = READERS.with("# 3 up\nCREATE UNIQUE INDEX ix_readers_note ON readers (note);");
        seed("000002", "readers.csv", "id,email,note\n1,a,same\n2,b,same\n");
        List<Outcome> outcomes = run(unique, dialect);
        assertThat(ScenarioBench.inShort(outcomes)).containsExactly("000003 up-fails-on-rows revision 000003 error");
        assertThat(outcomes.stream().flatMap(o -> o.findings().stream()).map(Finding::message))
                .allSatisfy(message -> assertThat(message).contains("rows of your own", "same"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void whatTheUsersCodeThrowsIsAFindingOfTheRevisionAndWhatItWritesIsGone(String dialect) {
        rows = rows.with(new DataAssertion("000002", Direction.DOWNGRADE, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DELETE FROM loans");
            }
            assertThat(texts(connection, "SELECT id FROM loans")).as("loans").hasSize(77);
        }));
        List<String> after = new ArrayList<>();
        look("000003", Direction.UPGRADE, "SELECT id FROM loans", after);
        List<Outcome> outcomes = run(READERS, dialect);
        assertThat(ScenarioBench.inShort(outcomes)).containsExactly("000002 assertion-failed revision 000002 error");
        assertThat(outcomes.stream().flatMap(o -> o.findings().stream()).map(Finding::message))
                .allSatisfy(message -> assertThat(message)
                        .contains("afterDowngrade of Revision 000002", "OwnRowsTests.java", "[loans]", "77"));
        assertThat(after).isNotEmpty();
    }
}
