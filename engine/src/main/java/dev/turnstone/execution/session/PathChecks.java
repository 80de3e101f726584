package dev.turnstone.execution.session;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Scope;
import dev.turnstone.execution.EditedRevision;
import dev.turnstone.execution.EditedRevisionException;
import dev.turnstone.execution.IrreversibleRevisionException;
import dev.turnstone.execution.MissingDowngradeException;
import dev.turnstone.execution.NonEmptySchemaException;
import dev.turnstone.execution.RunOptions;
import dev.turnstone.execution.step.RevisionChecksums;
import dev.turnstone.execution.step.VersionRowChange;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.RevisionId;
import dev.turnstone.revision.RowChange;
import dev.turnstone.revision.Step;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.SchemaObject;
import dev.turnstone.source.Downgrade;
import dev.turnstone.source.Format;
import dev.turnstone.source.MigrationScript;
import dev.turnstone.source.Scripts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The checks of a path before any of its steps runs.
 *
 * @param connection the connection of the run
 * @param versionTable the version table of the database
 * @param checksums the checksums of applied revisions
 * @param options how steps run
 */
public record PathChecks(
        Connection connection, VersionTable versionTable, RevisionChecksums checksums, RunOptions options) {

    /** The kinds of objects that an administrator may create in a schema that otherwise counts as empty. */
    private static final Set<ObjectKind> IGNORED_IN_EMPTY_SCHEMA =
            EnumSet.of(ObjectKind.SCHEMA, ObjectKind.EXTENSION, ObjectKind.COMMENT, ObjectKind.GRANT, ObjectKind.OWNER);

    /**
     * Checks that each step of a path has a downgrade.
     *
     * @param path the downgrades, in order
     * @throws IrreversibleRevisionException if one of the revisions is irreversible
     * @throws MissingDowngradeException if one of the revisions has no downgrade
     */
    public static void requireDowngrades(List<Step> path, Scripts scripts, Dialect dialect) {
        for (Step step : path) {
            MigrationScript script = scripts.script(step.revision().id());
            Downgrade downgrade = script.downgrade(dialect.name());
            if (downgrade instanceof Downgrade.Irreversible irreversible) {
                throw new IrreversibleRevisionException(script.revision(), irreversible.reason());
            }
            if (downgrade instanceof Downgrade.Missing && script.format() == Format.TURNSTONE) {
                throw new MissingDowngradeException(script.revision(), dialect.title());
            }
        }
    }

    /**
     * Checks that no applied revision was edited, if the options require this.
     *
     * @param seconds after which the read of the version table is cancelled; 0 for no limit
     */
    void requireUnedited(int seconds) throws SQLException {
        if (options.editedRevisions() == RunOptions.EditedRevisions.REFUSED) {
            List<EditedRevision> edited = checksums.edited(
                    connection, versionTable.read(connection, seconds).orElse(Set.of()));
            if (!edited.isEmpty()) {
                throw new EditedRevisionException(edited);
            }
        }
    }

    /**
     * Checks that a schema without a version table contains no objects. If it contains some, the version table is read
     * again, because on SQLite another start may have created it and the objects meanwhile.
     *
     * @return the version rows that another start wrote; empty if there is no version table
     */
    Optional<Set<RevisionId>> requireEmptySchema(Scope scope) throws SQLException {
        List<ObjectId> found = versionTable.dialect().read(connection, scope).objects().values().stream()
                .filter(object -> object.parent() == null
                        && !IGNORED_IN_EMPTY_SCHEMA.contains(object.id().kind()))
                .map(SchemaObject::id)
                .toList();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Optional<Set<RevisionId>> read = versionTable.read(connection);
        if (read.isEmpty()) {
            throw new NonEmptySchemaException(scope.schema(), versionTable.name(), found);
        }
        return read;
    }

    /**
     * Checks that the ids of a path fit into the version table.
     *
     * @throws dev.turnstone.history.RevisionIdTooLongException if an id does not fit
     */
    void requireWidth(List<Step> path, boolean tableExists) throws SQLException {
        List<RowChange> changes =
                path.stream().flatMap(step -> step.rowChanges().stream()).toList();
        versionTable.checkWidth(connection, VersionRowChange.writtenIds(changes), tableExists);
    }
}
