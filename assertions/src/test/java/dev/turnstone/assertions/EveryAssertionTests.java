package dev.turnstone.assertions;

import static dev.turnstone.assertions.RowsAssert.row;
import static dev.turnstone.assertions.TurnstoneAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turnstone.schema.Schema;
import dev.turnstone.snapshot.LogicalRules;
import dev.turnstone.snapshot.SchemaSnapshot;
import dev.turnstone.snapshot.ScratchDatabase;
import dev.turnstone.snapshot.SnapshotFile;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every assertion has a test of its failure message: each fails here at least once. */
class EveryAssertionTests {

    /** Methods that only return other assertions. */
    private static final Set<String> CANNOT_FAIL = Set.of("DatabaseAssert.schema", "DatabaseAssert.rows");

    private final Set<String> failed = new TreeSet<>();

    /** Returns all public methods of the assertion classes. */
    private static Set<String> assertions() throws URISyntaxException, IOException {
        Set<String> names = new TreeSet<>();
        Path classes = Path.of(RowsAssert.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.list(classes.resolve("dev/turnstone/assertions"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith("Assert.class")).toList()) {
                Class<?> type = type(file.getFileName().toString().replace(".class", ""));
                Arrays.stream(type.getDeclaredMethods())
                        .filter(EveryAssertionTests::isAssertion)
                        .forEach(method -> names.add(type.getSimpleName() + "." + method.getName()));
            }
        }
        return names;
    }

    private static Class<?> type(String simpleName) {
        try {
            return Class.forName(RowsAssert.class.getPackageName() + "." + simpleName);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isAssertion(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && !method.isSynthetic();
    }

    private String messageOf(Runnable assertion) {
        AssertionError error = catchThrowableOfType(AssertionError.class, assertion::run);
        assertThat(error).as("a failure").isNotNull();
        List<StackTraceElement> frames = Arrays.asList(error.getStackTrace().clone());
        Collections.reverse(frames);
        frames.stream()
                .filter(frame -> frame.getClassName().startsWith(RowsAssert.class.getPackageName())
                        && frame.getClassName().endsWith("Assert"))
                .findFirst()
                .ifPresent(frame ->
                        failed.add(frame.getClassName().replaceFirst(".*\\.", "") + "." + frame.getMethodName()));
        return String.valueOf(error.getMessage());
    }

    /** AssertJ removes the assertions themselves from stack traces. */
    @BeforeEach
    void keepCompleteTraces() {
        Assertions.setRemoveAssertJRelatedElementsFromStackTrace(false);
    }

    @AfterEach
    void restoreTraces() {
        Assertions.setRemoveAssertJRelatedElementsFromStackTrace(true);
    }

    @Test
    void everyAssertionHasATestOfItsMessage(@TempDir Path folder) throws SQLException, URISyntaxException, IOException {
        FailureCases.cases()
                .forEach(each -> assertThat(messageOf(() -> each.fails().accept(assertThat(FailureMessageTests.JOBS))))
                        .isEqualTo("\n" + each.says()));
        comparisons(folder);
        databases();

        Set<String> untested = assertions();
        assertThat(untested).hasSizeGreaterThan(30);
        System.out.println("assertions: " + failed.size() + " of " + untested.size() + " failed as expected");
        untested.removeAll(failed);
        assertThat(untested).isEqualTo(CANNOT_FAIL);
    }

    private void comparisons(Path folder) throws SQLException {
        SchemaSnapshot empty = new SchemaSnapshot("sqlite", Schema.EMPTY);
        SchemaSnapshotAssert jobs = assertThat(FailureMessageTests.JOBS);
        assertThat(messageOf(() -> jobs.meansTheSameAs(empty, LogicalRules.standard())))
                .startsWith("\nThe schemas differ in meaning in 3 places:\n");
        Path file = folder.resolve("kept.txt");
        SnapshotFile.at(file).write(empty);
        assertThat(messageOf(() -> jobs.isEqualToSnapshotFile(file)))
                .startsWith("\nThe schema on SQLite differs from its snapshot in 3 objects:\n")
                .endsWith("  mvn test -Dtest=EveryAssertionTests -Dturnstone.snapshots=update");
        try (ScratchDatabase database = ScratchDatabase.of("postgresql", "CREATE TYPE state AS ENUM ('new')")) {
            SchemaSnapshot snapshot = database.snapshot();
            assertThat(messageOf(() -> assertThat(snapshot).enumType("state").hasValues("old")))
                    .isEqualTo("\nThe list of values of enum state on PostgreSQL differs:\n"
                            + "  expected: 'old'\n  but was:  'new'");
        }
    }

    private void databases() throws SQLException {
        String sql = "CREATE TABLE jobs (id INTEGER PRIMARY KEY); INSERT INTO jobs VALUES (1)";
        try (ScratchDatabase one = ScratchDatabase.of("sqlite", sql);
                ScratchDatabase other = ScratchDatabase.of("sqlite", sql + "; INSERT INTO jobs VALUES (2)")) {
            DatabaseAssert database = assertThat(one.dataSource());
            assertThat(messageOf(() -> database.table("job")))
                    .isEqualTo("\nThe schema on SQLite has no table job.\n  existing: jobs");
            RowsAssert rows = database.rows("jobs");
            assertThat(messageOf(() -> rows.hasCount(2)))
                    .isEqualTo("\nThe number of rows of table jobs on SQLite differs:\n  expected: 2\n  but was:  1");
            assertThat(messageOf(() -> rows.areExactly(row("id", 3))))
                    .isEqualTo(
                            "\nThe rows of table jobs on SQLite differ from the expected ones; expected 1, found 1:\n"
                                    + "  - id='3'\n  + id='1'\n(- missing, + unexpected)");
            assertThat(messageOf(() -> rows.areTheSameAsIn(other.dataSource())))
                    .isEqualTo(
                            "\nThe rows of table jobs on SQLite differ from the expected ones; expected 2, found 1:\n"
                                    + "  - id='2'\n(- missing, + unexpected)");
        }
    }
}
