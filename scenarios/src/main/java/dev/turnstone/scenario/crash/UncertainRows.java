package dev.turnstone.scenario.crash;

import dev.turnstone.dialect.Scope;
import dev.turnstone.execution.DatabaseException;
import dev.turnstone.scenario.ScenarioContext;
import dev.turnstone.scenario.cursor.MigrationCursor;
import dev.turnstone.schema.Difference;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds tables whose rows differ in each run because they contain the time, random values, or numbers of a sequence
 * that a rollback does not reset. For these tables only the number of rows can be compared. Not thread-safe.
 *
 * <p>Another undisturbed run with advanced sequences finds these tables. It is made only if two runs differ.
 */
final class UncertainRows implements AutoCloseable {

    private static final String MOVE_ON = """
            SELECT nextval(format('%I.%I', schemaname, sequencename)::regclass)
              FROM pg_catalog.pg_sequences WHERE schemaname = ? OR ? AND schemaname !~ '^pg_'""";

    private final MigrationCursor witness;
    private int place = -1;
    private Set<ObjectId> tables = Set.of();

    UncertainRows(ScenarioContext context) {
        witness = new MigrationCursor(context);
    }

    /** Returns the differences without those that occur in each run. */
    List<Difference> without(List<Difference> differences, Crash.Undisturbed revision) {
        if (differences.stream().noneMatch(UncertainRows::isOfContent)) {
            return differences;
        }
        Set<ObjectId> uncertain = tables(revision);
        return differences.stream()
                .filter(d -> !isOfContent(d) || !uncertain.contains(d.object().id()))
                .toList();
    }

    private static boolean isOfContent(Difference difference) {
        return difference instanceof Difference.Changed changed
                && changed.object().id().kind() == ObjectKind.ROW
                && changed.changes().stream()
                        .allMatch(change -> change.attribute().equals("content"));
    }

    private Set<ObjectId> tables(Crash.Undisturbed revision) {
        if (place != revision.place()) {
            witness.moveTo(revision.place());
            moveSequencesOn();
            witness.up(revision.revision().id());
            Set<ObjectId> found = new HashSet<>();
            revision.after().differencesTo(witness.state()).stream()
                    .filter(UncertainRows::isOfContent)
                    .forEach(d -> found.add(d.object().id()));
            tables = found;
            place = revision.place();
        }
        return tables;
    }

    private void moveSequencesOn() {
        if (!witness.database().dialect().sequencesSurviveRollback()) {
            return;
        }
        Scope scope = witness.database().scope();
        try (Connection connection = witness.database().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(MOVE_ON)) {
            statement.setString(1, scope.schema());
            statement.setBoolean(2, scope.extent() == Scope.Extent.DATABASE);
            statement.executeQuery();
        } catch (SQLException e) {
            throw new DatabaseException("move the sequences of the test database on", e);
        }
    }

    @Override
    public void close() {
        witness.close();
    }
}
