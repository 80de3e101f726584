package dev.turnstone.scenario;

import dev.turnstone.database.Isolation;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.SqlStatement;
import java.util.List;

/**
 * All that a scenario needs: a tool with a history, a dialect, and where databases come from.
 *
 * @param tool migrates
 * @param dialect the dialect to run on
 * @param databases makes databases that belong to the run
 * @param options what the user decided
 */
public record ScenarioContext(MigrationTool tool, Dialect dialect, TestDatabases databases, ScenarioOptions options) {

    /** A new, empty database, with as much isolation as the history needs. */
    public TestDatabase newDatabase() {
        List<SqlStatement> statements = tool.statements(dialect);
        return databases.create(
                dialect,
                statements.stream().anyMatch(s -> ReachesBeyondSchema.test(s.text()))
                        ? Isolation.DATABASE
                        : Isolation.SCHEMA);
    }
}
