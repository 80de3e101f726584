package dev.turnstone.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.execution.offline.OfflineScript;
import dev.turnstone.execution.session.MigrationSession;
import dev.turnstone.history.VersionTable;
import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operation.Recreate;
import dev.turnstone.operation.Operations;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.Step;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.Table;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.Scripts;
import dev.turnstone.source.TransactionMode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A revision that rebuilds a SQLite table, in a run and in a script. */
class RebuildTests {

    private static final RevisionId ID = RevisionId.of("a1");
    private static final Table T =
            Table.of("t", List.of(Column.of("a", ColumnType.integer()), Column.of("gone", ColumnType.integer())));

    @ParameterizedTest
    @EnumSource(
            value = TransactionMode.class,
            names = {"PER_REVISION", "NONE"})
    void reportsEachStatementToTheListenerOnce(TransactionMode mode) throws SQLException {
        List<String> reported = new ArrayList<>();
        StepListener listener = new StepListener() {
            @Override
            public void started(Step step) {
                reported.add("started");
            }

            @Override
            public void ran(Step step, List<SqlStatement> statements) {
                statements.forEach(s -> reported.add(s.text()));
            }
        };
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            new MigrationSession(
                            connection,
                            scripts(mode, RebuildTests::rebuilt),
                            table("main"),
                            Dialects.named("sqlite").currentScope(connection),
                            listener)
                    .runBody(ID, Direction.UPGRADE);
        }

        assertThat(reported).filteredOn(s -> s.equals("started")).hasSize(1);
        assertThat(reported).filteredOn(s -> s.startsWith("CREATE TABLE \"t\"")).hasSize(1);
        assertThat(reported).filteredOn(s -> s.startsWith("DROP TABLE \"t\"")).hasSize(1);
    }

    @Test
    void aScriptNeedsAConnectionForATableWithoutADefinition() {
        assertThat(script(TransactionMode.PER_REVISION, RebuildTests::rebuilt))
                .contains("-- NEEDS A CONNECTION: it asks for a table's whole definition")
                .doesNotContain("CREATE TABLE");
    }

    @Test
    void aScriptContainsTheRebuildOfATableWithAGivenDefinition() {
        assertThat(script(TransactionMode.PER_REVISION, RebuildTests::rebuiltFromCopy))
                .containsSubsequence(
                        "PRAGMA foreign_keys=OFF;\nBEGIN IMMEDIATE;", "DROP TABLE \"t\";", "INSERT INTO", "COMMIT;");
        assertThat(script(TransactionMode.NONE, RebuildTests::rebuiltFromCopy))
                .containsSubsequence(
                        "PRAGMA foreign_keys=OFF;",
                        "CREATE TABLE \"t\"",
                        "BEGIN IMMEDIATE;",
                        "DROP TABLE \"t\";",
                        "COMMIT;",
                        "BEGIN IMMEDIATE;",
                        "INSERT INTO",
                        "COMMIT;");
    }

    private static void rebuilt(Operations op) {
        op.run(new dev.turnstone.operation.Operation.CreateTable(T));
        op.batchAlterTable("t", t -> t.dropColumn("gone").recreate(Recreate.ALWAYS));
    }

    private static void rebuiltFromCopy(Operations op) {
        op.run(new dev.turnstone.operation.Operation.CreateTable(T));
        op.batchAlterTable(
                "t", t -> t.dropColumn("gone").recreate(Recreate.ALWAYS).copyFrom(T));
    }

    private static String script(TransactionMode mode, Consumer<Operations> body) {
        return OfflineScript.upgrade(scripts(mode, body), table(""), "head").text();
    }

    private static Scripts scripts(TransactionMode mode, Consumer<Operations> body) {
        Migration migration = body::accept;
        return Scripts.of(List.of(new MigrationScript(
                Revision.of(ID, List.of(), "", "one revision"),
                migration,
                dialect -> new Downgrade.Defined(),
                mode,
                null,
                Format.TURNSTONE)));
    }

    private static VersionTable table(String schema) {
        return new VersionTable(Dialects.named("sqlite"), schema, VersionTable.DEFAULT_NAME);
    }
}
