package dev.turnstone.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.execution.offline.OfflineScript;
import dev.turnstone.execution.session.MigrationSession;
import dev.turnstone.history.VersionTable;
import dev.turnstone.operation.ColumnChange;
import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operations;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.Scripts;
import dev.turnstone.source.TransactionMode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * New versions of SQLite add and drop NOT NULL and CHECK with ALTER TABLE. A script for a client of unknown version
 * does not use this.
 */
class NativeAlterTests {

    private static final RevisionId ID = RevisionId.of("a1");

    private static Arguments change(Consumer<Operations> request, String sql, boolean needsDefinition) {
        return arguments(request, sql, needsDefinition);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change(
                        op -> op.alterColumn("t", "a", ColumnChange.nothing().notNull()),
                        "ALTER TABLE \"t\" ALTER COLUMN \"a\" SET NOT NULL",
                        false),
                change(
                        op -> op.alterColumn("t", "b", ColumnChange.nothing().nullable()),
                        "ALTER TABLE \"t\" ALTER COLUMN \"b\" DROP NOT NULL",
                        false),
                change(
                        op -> op.addConstraint("t", CheckConstraint.of("ck", "a > 0")),
                        "ALTER TABLE \"t\" ADD CONSTRAINT \"ck\" CHECK (a > 0)",
                        false),
                change(
                        op -> op.dropConstraint("t", "ck_there"),
                        "ALTER TABLE \"t\" DROP CONSTRAINT \"ck_there\"",
                        true),
                change(
                        op -> op.dropConstraint("t", "ck_inline"),
                        "ALTER TABLE \"t\" DROP CONSTRAINT \"ck_inline\"",
                        true));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void theBundledVersionAltersTheTable(Consumer<Operations> request, String sql, boolean needsDefinition)
            throws SQLException {
        List<String> heard = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE t (a INT CONSTRAINT ck_inline CHECK (a < 9), b NOT NULL,"
                        + " CONSTRAINT ck_there CHECK (b <> ''))");
            }
            new MigrationSession(
                            connection,
                            scripts(request),
                            new VersionTable(Dialects.named("sqlite"), "main", VersionTable.DEFAULT_NAME),
                            Dialects.named("sqlite").currentScope(connection),
                            new StepListener() {
                                @Override
                                public void ran(Step step, List<SqlStatement> statements) {
                                    statements.forEach(s -> heard.add(s.text()));
                                }
                            })
                    .runBody(ID, Direction.UPGRADE);
        }

        assertThat(heard).containsExactly(sql);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aScriptUsesItForAClientThatSupportsIt(Consumer<Operations> request, String sql, boolean needsDefinition) {
        assertThat(script(request, null)).contains("NEEDS A CONNECTION").doesNotContain(sql);
        assertThat(script(request, "3.53.9")).contains("NEEDS A CONNECTION");
        if (needsDefinition) {
            assertThat(script(request, "3.54")).contains("NEEDS A CONNECTION");
        } else {
            assertThat(script(request, "3.54")).contains(sql + ";");
            assertThat(script(request, "4.0.1")).contains(sql + ";");
        }
    }

    private static String script(Consumer<Operations> request, @org.jspecify.annotations.Nullable String version) {
        VersionTable table = new VersionTable(Dialects.named("sqlite"), "", VersionTable.DEFAULT_NAME);
        return OfflineScript.upgrade(scripts(request), table, "head", version).text();
    }

    private static Scripts scripts(Consumer<Operations> body) {
        Migration migration = body::accept;
        return Scripts.of(List.of(new MigrationScript(
                Revision.of(ID, List.of(), "", "one revision"),
                migration,
                dialect -> new Downgrade.Defined(),
                TransactionMode.PER_REVISION,
                null,
                Format.TURNSTONE)));
    }
}
