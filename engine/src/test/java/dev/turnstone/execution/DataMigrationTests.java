package dev.turnstone.execution;

import static dev.turnstone.schema.ColumnType.integer;
import static dev.turnstone.schema.ColumnType.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.execution.offline.OfflineScript;
import dev.turnstone.history.VersionTable;
import dev.turnstone.operation.ColumnChange;
import dev.turnstone.operation.Migration;
import dev.turnstone.operation.OneRevision;
import dev.turnstone.operation.Operations;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.Scripts;
import dev.turnstone.source.TransactionMode;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Migrations that change data with JDBC, with parameters and with rows. */
class DataMigrationTests {

    private static void run(DatabaseForTests database, Consumer<Operations> body) throws SQLException {
        run(database, TransactionMode.PER_REVISION, body);
    }

    private static void run(DatabaseForTests database, TransactionMode mode, Consumer<Operations> body)
            throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            OneRevision.run(connection, mode, body);
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    private static void people(Operations op) {
        op.createTable("people", Column.of("id", integer()), Column.of("name", text()), PrimaryKey.of("id"));
        op.bulkInsert("people", List.of("id", "name"), List.of(Arrays.asList(1, "Ada L"), Arrays.asList(2, null)));
    }

    private static void split(Connection connection) throws SQLException {
        try (Statement reading = connection.createStatement();
                ResultSet rows = reading.executeQuery("SELECT id, name FROM people WHERE name IS NOT NULL");
                PreparedStatement writing = connection.prepareStatement("UPDATE people SET first = ? WHERE id = ?")) {
            while (rows.next()) {
                writing.setString(1, rows.getString(2).split(" ", -1)[0]);
                writing.setInt(2, rows.getInt(1));
                writing.executeUpdate();
            }
        }
    }

    @EachDialect
    void theConnectionSeesTheStatementsRecordedBefore(DatabaseForTests database) throws SQLException {
        for (TransactionMode mode : List.of(TransactionMode.PER_REVISION, TransactionMode.NONE)) {
            run(database, mode, op -> {
                people(op);
                op.addColumn("people", Column.of("first", text()));
                op.withConnection(DataMigrationTests::split);
                assertThat(op.columns("people")).containsExactly("id", "name", "first");
                op.execute("UPDATE people SET first = ? WHERE first IS NULL", "it's ?");
            });

            assertThat(database.strings("SELECT first FROM people ORDER BY id")).containsExactly("Ada", "it's ?");
            database.execute("DROP TABLE people");
        }
    }

    @EachDialect
    void aLaterRebuildKeepsTheData(DatabaseForTests database) throws SQLException {
        run(database, op -> {
            people(op);
            op.addColumn("people", Column.of("first", text()));
            op.withConnection(DataMigrationTests::split);
            op.alterColumn("people", "first", ColumnChange.nothing().notNull("'none'"));
        });

        assertThat(database.strings("SELECT first FROM people ORDER BY id")).containsExactly("Ada", "none");
    }

    @EachDialect
    void aFailureOnTheConnectionRollsTheRevisionBack(DatabaseForTests database) {
        assertThatThrownBy(() -> run(database, op -> {
                    people(op);
                    op.withConnection(connection -> {
                        try (Statement statement = connection.createStatement()) {
                            statement.executeUpdate("UPDATE nowhere SET a = 1");
                        }
                    });
                }))
                .isInstanceOf(MigrationCodeException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("The revision was rolled back");

        assertThat(database.tables()).isEmpty();
    }

    @EachDialect
    void rejectsCallsThatEndTheTransaction(DatabaseForTests database) {
        List<Operations.ConnectionWork> endings = List.of(
                Connection::commit,
                Connection::rollback,
                Connection::close,
                Connection::setSavepoint,
                connection -> connection.setAutoCommit(true),
                connection -> connection.abort(Runnable::run));
        for (Operations.ConnectionWork ending : endings) {
            assertThatThrownBy(() -> run(database, op -> {
                        people(op);
                        op.withConnection(ending);
                    }))
                    .isInstanceOf(MigrationCodeException.class)
                    .hasMessageContaining("because its transaction also contains the version row");
            assertThat(database.tables()).isEmpty();
        }
    }

    @EachDialect
    void allowsSavepointsInSql(DatabaseForTests database) throws SQLException {
        run(database, op -> {
            people(op);
            op.withConnection(connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.executeUpdate("SAVEPOINT before");
                    statement.executeUpdate("DELETE FROM people");
                    statement.executeUpdate("ROLLBACK TO before");
                }
            });
        });

        assertThat(database.strings("SELECT count(*) FROM people")).containsExactly("2");
    }

    @EachDialect
    void aScriptHasNoConnection(DatabaseForTests database) {
        Migration migration = op -> op.withConnection(DataMigrationTests::split);
        Scripts scripts = Scripts.of(List.of(new MigrationScript(
                Revision.of(RevisionId.of("a1"), List.of(), "", "one revision"),
                migration,
                dialect -> new Downgrade.Defined(),
                TransactionMode.PER_REVISION,
                null,
                Format.TURNSTONE)));
        OfflineScript script = OfflineScript.upgrade(
                scripts, new VersionTable(Dialects.named(database.dialect()), "", VersionTable.DEFAULT_NAME), "head");

        assertThatThrownBy(script::requireComplete)
                .isInstanceOf(NeedsConnectionException.class)
                .hasMessageContaining("it asks for the connection, and a script is written without one");
    }
}
