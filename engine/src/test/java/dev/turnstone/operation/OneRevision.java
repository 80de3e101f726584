package dev.turnstone.operation;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.execution.StepListener;
import dev.turnstone.execution.session.MigrationSession;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.Direction;
import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.Scripts;
import dev.turnstone.source.TransactionMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/** Runs operations as one revision, without a version table. */
public final class OneRevision {

    private OneRevision() {}

    public static void run(Connection connection, Consumer<Operations> body) throws SQLException {
        run(connection, TransactionMode.PER_REVISION, body);
    }

    public static void run(Connection connection, TransactionMode mode, Consumer<Operations> body) throws SQLException {
        RevisionId id = RevisionId.of("one");
        Migration migration = body::accept;
        MigrationScript script = new MigrationScript(
                Revision.of(id, List.of(), "", "one revision"),
                migration,
                dialect -> new Downgrade.Defined(),
                mode,
                null,
                Format.TURNSTONE);
        Dialect dialect = Dialects.of(connection);
        new MigrationSession(
                        connection,
                        Scripts.of(List.of(script)),
                        new VersionTable(
                                dialect, dialect.currentScope(connection).schema(), VersionTable.DEFAULT_NAME),
                        dialect.currentScope(connection),
                        StepListener.NONE)
                .runBody(id, Direction.UPGRADE);
    }
}
