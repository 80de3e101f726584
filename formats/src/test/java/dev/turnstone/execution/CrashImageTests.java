package dev.turnstone.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.Migrator;
import dev.turnstone.revision.Step;
import dev.turnstone.source.Scripts;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.SqliteImage;
import dev.turnstone.testing.StatementLog;
import dev.turnstone.testing.StoppedUpgrade;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the files that a crash at each statement leaves of a SQLite database, and processes that are killed. */
@Tag("crash")
class CrashImageTests {

    private static final Set<String> JOURNAL_MODES = Set.of("DELETE", "WAL");

    /**
     * Histories in which every change of the schema is in a transaction. Each crash image then equals the state after a
     * complete revision.
     */
    private static final Set<CutHistory> WHOLE = Set.of(
            CutHistory.STATEMENTS, CutHistory.BRANCHES, CutHistory.CODE, CutHistory.MANY_ROWS, CutHistory.REBUILD);

    private static final Map<String, Integer> IMAGES = new LinkedHashMap<>();
    private static final Map<String, Integer> UNCOMMITTED = new LinkedHashMap<>();
    private static int statements;
    private static int killedInside;

    @AfterAll
    @SuppressWarnings("SystemOut") // The lane prints the number of its checks.
    static void printNumberOfImages() {
        System.out.println("crash, SQLite: before each of " + statements + " statements a crash image was taken; "
                + IMAGES
                + " different ones checked, of which with a hot journal or frames that are not committed " + UNCOMMITTED
                + "; " + killedInside + " processes killed inside a step");
        JOURNAL_MODES.forEach(
                mode -> assertThat(UNCOMMITTED.getOrDefault(mode, 0)).as(mode).isPositive());
        assertThat(killedInside).isPositive();
    }

    static Stream<Arguments> histories() {
        return Stream.of(
                        CutHistory.STATEMENTS,
                        CutHistory.BRANCHES,
                        CutHistory.CODE,
                        CutHistory.AS_WRITTEN,
                        CutHistory.AUTOCOMMIT_ON_SQLITE,
                        CutHistory.FIRST_WITHOUT_TRANSACTION,
                        CutHistory.AUTOCOMMIT_BLOCK,
                        CutHistory.MANY_ROWS,
                        CutHistory.REBUILD)
                .flatMap(history -> JOURNAL_MODES.stream().sorted().map(mode -> Arguments.of(history, mode)));
    }

    /**
     * The state before each statement and at the end.
     *
     * @param next the next statement
     */
    private record Image(DatabaseForTests database, String next) {}

    @ParameterizedTest
    @MethodSource("histories")
    void theNextUpgradeReachesTheStateOfAnUndisturbedRun(CutHistory history, String mode) throws Exception {
        checkEachImage(history, mode, RunOptions.DEFAULT);
    }

    static Stream<Arguments> historiesThatAreOneTransaction() {
        return Stream.of(CutHistory.STATEMENTS, CutHistory.MANY_ROWS, CutHistory.REBUILD_IN_ONE)
                .flatMap(history -> JOURNAL_MODES.stream().sorted().map(mode -> Arguments.of(history, mode)));
    }

    /** With one transaction for the run, each image equals the state before or after the run. */
    @ParameterizedTest
    @MethodSource("historiesThatAreOneTransaction")
    void aRunInOneTransactionIsAppliedCompletelyOrNotAtAll(CutHistory history, String mode) throws Exception {
        checkEachImage(history, mode, RunOptions.DEFAULT.with(Transactions.PER_RUN));
    }

    private static void checkEachImage(CutHistory history, String mode, RunOptions options) throws Exception {
        List<Image> images = new ArrayList<>();
        try (DatabaseForTests database = DatabaseForTests.sqlite()) {
            Scripts scripts = history.scripts(database);
            DataSource spilling = StoppedUpgrade.dataSource(database.url(), mode);
            boolean perRun = options.transactions() == Transactions.PER_RUN;
            if (perRun) {
                Migrator.of(spilling, scripts).upgrade("a");
            }
            StatementLog log = new StatementLog();
            log.before(sql -> addUnlessSame(imageOf(database, sql), images));
            List<End> milestones = new ArrayList<>(List.of(End.of(database)));
            Migrator.of(log.around(spilling), scripts)
                    .with(options)
                    .withListener(new StepListener() {
                        @Override
                        public void finished(Step step) {
                            if (!perRun) {
                                milestones.add(endOf(database));
                            }
                        }
                    })
                    .upgrade("heads");
            End undisturbed = End.of(database);
            if (perRun) {
                assertThat(milestones).hasSize(1);
                milestones.add(undisturbed);
            }
            for (Image image : images) {
                check(image, scripts, mode, perRun || WHOLE.contains(history) ? milestones : List.of(), undisturbed);
            }
        } finally {
            for (Image image : images) {
                image.database().close();
            }
        }
    }

    /** An image is not added if the statement changed no file. */
    private static void addUnlessSame(Image image, List<Image> images) {
        statements++;
        try {
            if (!images.isEmpty()
                    && SqliteImage.same(file(images.get(images.size() - 1).database()), file(image.database()))) {
                image.database().close();
            } else {
                images.add(image);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Image imageOf(DatabaseForTests database, String next) {
        DatabaseForTests image = DatabaseForTests.sqlite();
        try {
            SqliteImage.copy(file(database), file(image));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new Image(image, next);
    }

    private static Path file(DatabaseForTests database) {
        return Path.of(database.url().substring("jdbc:sqlite:".length()));
    }

    private static End endOf(DatabaseForTests database) {
        try {
            return End.of(database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void check(Image image, Scripts scripts, String mode, List<End> milestones, End undisturbed)
            throws IOException, SQLException {
        String where = mode + ", before " + image.next();
        Path file = file(image.database());
        IMAGES.merge(mode, 1, Integer::sum);
        if (SqliteImage.hasHotJournal(file) || SqliteImage.hasUncommittedFrames(file)) {
            UNCOMMITTED.merge(mode, 1, Integer::sum);
        }
        assertThat(image.database().strings("PRAGMA integrity_check")).as(where).containsExactly("ok");
        assertThat(image.database().strings("PRAGMA foreign_key_check"))
                .as(where)
                .isEmpty();
        if (!milestones.isEmpty()) {
            End recovered = End.of(image.database()).withoutVersions();
            assertThat(milestones.stream().map(End::withoutVersions)).as(where).contains(recovered);
        }

        Migrator.of(StoppedUpgrade.dataSource(image.database().url(), mode), scripts)
                .upgrade("heads");

        End.of(image.database()).assertSame(undisturbed, where);
        assertThat(image.database().strings("PRAGMA foreign_key_check"))
                .as(where)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "WAL"})
    void theNextRunContinuesAfterAKilledProcess(String mode) throws Exception {
        int kills = killAtEach(mode, CutHistory.MANY_ROWS, "(CREATE (INDEX|TABLE two)|DELETE FROM one|COMMIT).*");
        assertThat(kills).isGreaterThan(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "WAL"})
    void aProcessThatIsKilledDuringARebuildLeavesTheTableComplete(String mode) throws Exception {
        int kills = killAtEach(
                mode,
                CutHistory.REBUILD,
                "(INSERT OR ABORT|DROP TABLE \"(authors|books)|ALTER TABLE"
                        + " \"turnstone_new_authors|CREATE TRIGGER \"authors_gone|COMMIT).*");
        assertThat(kills).isGreaterThan(6);
    }

    private static int killAtEach(String mode, CutHistory history, String statements) throws Exception {
        End undisturbed;
        List<End> milestones = new ArrayList<>();
        List<Integer> inside = new ArrayList<>();
        try (DatabaseForTests database = DatabaseForTests.sqlite()) {
            StatementLog log = new StatementLog();
            milestones.add(End.of(database).withoutVersions());
            Migrator.of(log.around(StoppedUpgrade.dataSource(database.url(), mode)), history.scripts(database))
                    .withListener(new StepListener() {
                        @Override
                        public void finished(Step step) {
                            milestones.add(endOf(database).withoutVersions());
                        }
                    })
                    .upgrade("heads");
            undisturbed = End.of(database);
            for (int i = 0; i < log.statements().size(); i++) {
                if (log.statements().get(i).matches("(?s)" + statements)) {
                    inside.add(i);
                }
            }
        }
        for (int statement : inside) {
            kill(mode, history, statement, milestones, undisturbed);
        }
        return inside.size();
    }

    private static void kill(String mode, CutHistory history, int statement, List<End> milestones, End undisturbed)
            throws Exception {
        try (DatabaseForTests database = DatabaseForTests.sqlite()) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            StoppedUpgrade.class.getName(),
                            database.url(),
                            history.equals(CutHistory.REBUILD)
                                    ? CutHistory.REBUILD_CLASSES
                                    : CutHistory.manyRowsIn(database).toString(),
                            mode,
                            String.valueOf(statement))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                byte[] said = process.getInputStream().readNBytes(StoppedUpgrade.STOPPED.length());
                assertThat(new String(said, StandardCharsets.UTF_8)).isEqualTo(StoppedUpgrade.STOPPED);
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.waitFor()).as("killed by a signal").isEqualTo(128 + 9);
            if (SqliteImage.hasHotJournal(file(database)) || SqliteImage.hasUncommittedFrames(file(database))) {
                killedInside++;
            }
            String where = mode + ", killed before statement " + statement;
            assertThat(milestones).as(where).contains(End.of(database).withoutVersions());

            Migrator.of(database.dataSource(), history.scripts(database)).upgrade("heads");

            End.of(database).assertSame(undisturbed, where);
        }
    }
}
