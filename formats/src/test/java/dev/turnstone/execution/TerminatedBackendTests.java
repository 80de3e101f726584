package dev.turnstone.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turnstone.Migrator;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.Step;
import dev.turnstone.source.Scripts;
import dev.turnstone.testing.BackendCut;
import dev.turnstone.testing.DatabaseForTests;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The server terminates the session before and after every statement and every commit. */
@Tag("crash")
class TerminatedBackendTests {

    private static int cuts;
    private static int cutsAfterCommit;

    @AfterAll
    @SuppressWarnings("SystemOut") // The lane prints the number of its checks.
    static void printNumberOfCuts() {
        System.out.println("crash, PostgreSQL: " + cuts + " cuts of the connection checked, " + cutsAfterCommit
                + " of them after a commit whose result the client did not receive");
        assertThat(cutsAfterCommit).isPositive();
    }

    static List<CutHistory> histories() {
        return List.of(
                CutHistory.STATEMENTS,
                CutHistory.BRANCHES,
                CutHistory.CODE,
                CutHistory.CONCURRENTLY,
                CutHistory.FIRST_WITHOUT_TRANSACTION,
                CutHistory.AUTOCOMMIT_BLOCK,
                CutHistory.AS_WRITTEN);
    }

    @ParameterizedTest
    @MethodSource("histories")
    void theNextUpgradeReachesTheStateOfAnUndisturbedRun(CutHistory history) throws Exception {
        End undisturbed;
        int places;
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            BackendCut none = BackendCut.nowhere(database.dataSource());
            Migrator.of(none.dataSource(), history.scripts(database)).upgrade("heads");
            undisturbed = End.of(database);
            places = none.places();
        }
        for (int place = 0; place < places; place++) {
            cutUpgrade(history, place, undisturbed);
        }
    }

    private static void cutUpgrade(CutHistory history, int place, End undisturbed) throws IOException, SQLException {
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            Scripts scripts = history.scripts(database);
            BackendCut cut = BackendCut.at(place, database.dataSource());
            String failure =
                    failureOf(() -> Migrator.of(cut.dataSource(), scripts).upgrade("heads"));
            count(cut);

            Migrator.of(database.dataSource(), scripts).upgrade("heads");

            End.of(database).assertSame(undisturbed, cut.where() + "\n" + failure);
        }
    }

    private static void count(BackendCut cut) {
        assertThat(cut.happened()).isTrue();
        cuts++;
        if (cut.where().matches("(?s)after .*: COMMIT")) {
            cutsAfterCommit++;
        }
    }

    static List<CutHistory> historiesThatAreOneTransaction() {
        return List.of(CutHistory.STATEMENTS, CutHistory.BRANCHES);
    }

    /** With one transaction for the run, a cut leaves nothing or everything. A downgrade behaves in the same way. */
    @ParameterizedTest
    @MethodSource("historiesThatAreOneTransaction")
    void aRunInOneTransactionIsAppliedCompletelyOrNotAtAll(CutHistory history) throws Exception {
        RunOptions perRun = RunOptions.DEFAULT.with(Transactions.PER_RUN);
        for (boolean up : new boolean[] {true, false}) {
            List<End> wholes = new ArrayList<>();
            int places;
            try (DatabaseForTests database = DatabaseForTests.postgresql()) {
                Migrator plain = Migrator.of(database.dataSource(), history.scripts(database))
                        .with(perRun);
                if (!up) {
                    plain.upgrade("heads");
                }
                wholes.add(End.of(database));
                BackendCut none = BackendCut.nowhere(database.dataSource());
                run(Migrator.of(none.dataSource(), history.scripts(database)).with(perRun), up);
                wholes.add(End.of(database));
                places = none.places();
            }
            assertThat(places).isPositive();
            for (int place = 0; place < places; place++) {
                try (DatabaseForTests database = DatabaseForTests.postgresql()) {
                    Scripts scripts = history.scripts(database);
                    Migrator migrator =
                            Migrator.of(database.dataSource(), scripts).with(perRun);
                    if (!up) {
                        migrator.upgrade("heads");
                    }
                    BackendCut cut = BackendCut.at(place, database.dataSource());
                    Migrator disturbed = Migrator.of(cut.dataSource(), scripts).with(perRun);
                    failureOf(() -> run(disturbed, up));
                    count(cut);

                    assertThat(wholes).as(cut.where()).contains(End.of(database));
                    run(migrator, up);
                    End.of(database).assertSame(wholes.get(1), cut.where());
                }
            }
        }
    }

    private static List<Step> run(Migrator migrator, boolean up) {
        return up ? migrator.upgrade("heads") : migrator.downgrade("base");
    }

    static List<CutHistory> historiesThatGoDown() {
        return List.of(CutHistory.STATEMENTS, CutHistory.BRANCHES, CutHistory.CODE);
    }

    /** The downgrade of a revision without a transaction is repeated first, as the message requires. */
    @ParameterizedTest
    @MethodSource("historiesThatGoDown")
    void anInterruptedDowngradeCanBeRepeatedOrUpgradedAgain(CutHistory history) throws Exception {
        End undisturbed;
        int places;
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            Scripts scripts = history.scripts(database);
            Migrator.of(database.dataSource(), scripts).upgrade("heads");
            undisturbed = End.of(database);
            BackendCut none = BackendCut.nowhere(database.dataSource());
            Migrator.of(none.dataSource(), scripts).downgrade("base");
            places = none.places();
        }
        for (int place = 0; place < places; place++) {
            try (DatabaseForTests database = DatabaseForTests.postgresql()) {
                Scripts scripts = history.scripts(database);
                Migrator migrator = Migrator.of(database.dataSource(), scripts);
                migrator.upgrade("heads");
                BackendCut cut = BackendCut.at(place, database.dataSource());
                String failure =
                        failureOf(() -> Migrator.of(cut.dataSource(), scripts).downgrade("base"));
                count(cut);

                if (history.equals(CutHistory.CODE)) {
                    migrator.downgrade("base");
                }
                migrator.upgrade("heads");

                End.of(database).assertSame(undisturbed, cut.where() + "\n" + failure);
            }
        }
    }

    static List<CutHistory> withConcurrentIndexes() {
        return List.of(
                CutHistory.indexOf("IF NOT EXISTS", "CREATE INDEX CONCURRENTLY IF NOT EXISTS \"I i\" ON one (x);"),
                CutHistory.indexOf(
                        "-- unless", "-- unless index \"I i\"\nCREATE INDEX CONCURRENTLY \"I i\" ON one (x);\n-- end"),
                CutHistory.indexOf("without a guard", "CREATE UNIQUE INDEX CONCURRENTLY \"I i\"\n  ON  one (x);"),
                CutHistory.INDEX_OPERATION);
    }

    /** An interrupted CREATE INDEX CONCURRENTLY leaves an invalid index that no query uses. */
    @ParameterizedTest
    @MethodSource("withConcurrentIndexes")
    void createsAnInterruptedIndexAgain(CutHistory history) throws Exception {
        End undisturbed;
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            Migrator.of(database.dataSource(), history.scripts(database)).upgrade("heads");
            undisturbed = End.of(database);
        }
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            Migrator migrator = Migrator.of(database.dataSource(), history.scripts(database));
            migrator.upgrade("a");
            try (WaitingIndex index = WaitingIndex.on(database)) {
                ConnectionLostException failure =
                        catchThrowableOfType(ConnectionLostException.class, () -> migrator.upgrade("heads"));

                index.assertTerminated();
                assertThat(failure)
                        .hasMessageContaining("These statements may or may not have taken effect:\n  ")
                        .hasMessageContaining("INDEX CONCURRENTLY")
                        .hasMessageContaining("may remain as an invalid index: drop it.")
                        .hasMessageContaining("The version is still a.");
            }
            assertThat(database.strings("SELECT count(*) FROM pg_index WHERE NOT indisvalid AND indexrelid = '"
                            + database.schema() + ".\"I i\"'::regclass"))
                    .containsExactly("1");
            cuts++;

            migrator.upgrade("heads");

            End.of(database).assertSame(undisturbed, "cut in the middle");
        }
    }

    private static final CutHistory NOT_RESUMABLE = CutHistory.files(
            "statements without transaction that cannot run again",
            DatabaseForTests.revision("a", "", "CREATE TABLE first (x integer);", "DROP TABLE first;"),
            CutHistory.withoutTransaction("b", "a", """
                    CREATE TABLE one (x integer);
                    CREATE TABLE two (x integer);
                    BEGIN;
                    CREATE TABLE three (x integer);
                    CREATE TABLE four (x integer);
                    COMMIT;
                    CREATE TABLE five (x integer);"""));

    /**
     * If the next upgrade cannot continue, the message of the failure lists the remaining statements and the command
     * that sets the version.
     */
    @Test
    void reportsExactlyWhatARevisionThatCannotRunAgainLeft() throws Exception {
        int places;
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            Scripts scripts = NOT_RESUMABLE.scripts(database);
            Migrator.of(database.dataSource(), scripts).upgrade("a");
            BackendCut none = BackendCut.nowhere(database.dataSource());
            Migrator.of(none.dataSource(), scripts).upgrade("heads");
            places = none.places();
        }
        for (int place = 0; place < places; place++) {
            try (DatabaseForTests database = DatabaseForTests.postgresql()) {
                assertListsWhatIsLeft(place, database);
            }
        }
    }

    private static void assertListsWhatIsLeft(int place, DatabaseForTests database) throws IOException {
        Scripts scripts = NOT_RESUMABLE.scripts(database);
        Migrator migrator = Migrator.of(database.dataSource(), scripts);
        migrator.upgrade("a");
        BackendCut cut = BackendCut.at(place, database.dataSource());
        String said = failureOf(() -> Migrator.of(cut.dataSource(), scripts).upgrade("heads"));
        count(cut);
        Set<String> left = new TreeSet<>(database.tables());
        left.removeAll(List.of("first", "turnstone_version"));
        Set<String> remains = tablesIn(said, "These statements remain in effect:((?:\n  .*)*)");
        Set<String> perhaps = tablesIn(said, "may or may not have taken effect:((?:\n  .*)*)");
        boolean allRan = said.contains("All statements of the revision ran");
        if (allRan) {
            assertThat(left).as(cut.where() + said).hasSize(5);
            assertThat(said).as(cut.where()).contains("If 'current' still shows a, 'stamp b' sets it");
        } else {
            Set<String> certainlyNot = new TreeSet<>(left);
            certainlyNot.removeAll(remains);
            certainlyNot.removeAll(perhaps);
            assertThat(certainlyNot.isEmpty() || database.versionRows().equals(List.of("b")))
                    .as(cut.where() + "\n" + said + "\nleft " + left)
                    .isTrue();
            assertThat(left).as(cut.where() + "\n" + said).containsAll(remains);
        }
        goOn(migrator, allRan, left, cut.where(), database);
    }

    private static void goOn(
            Migrator migrator, boolean allRan, Set<String> left, String where, DatabaseForTests database) {
        if (allRan) {
            migrator.stamp("b");
        } else if (!left.isEmpty() && !migrator.current().toString().equals("[b]")) {
            assertThatThrownBy(() -> migrator.upgrade("heads"))
                    .as(where)
                    .isInstanceOf(StatementFailedException.class)
                    .hasMessageContaining("already exists")
                    .hasMessageContaining("so statements of an earlier, interrupted run may remain in effect");
            left.forEach(table -> database.execute("DROP TABLE " + table));
        }
        migrator.upgrade("heads");
        assertThat(database.versionRows()).as(where).containsExactly("b");
        assertThat(database.tables())
                .as(where)
                .containsExactly("first", "five", "four", "one", "three", "turnstone_version", "two");
    }

    private static Set<String> tablesIn(String message, String list) {
        Set<String> tables = new TreeSet<>();
        Matcher lines = Pattern.compile(list).matcher(message);
        if (lines.find()) {
            Matcher names = Pattern.compile("CREATE TABLE (\\w+)").matcher(lines.group(1));
            while (names.find()) {
                tables.add(names.group(1));
            }
        }
        return tables;
    }

    /** The message of the command; empty if only its last reply was lost. */
    private static String failureOf(Runnable command) {
        try {
            command.run();
            return "";
        } catch (TurnstoneException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
