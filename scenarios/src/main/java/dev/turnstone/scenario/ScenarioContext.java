package dev.turnstone.scenario;

import dev.turnstone.database.Isolation;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialect;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that a scenario needs: a tool with a history, a dialect, and where databases come from.
 *
 * @param tool migrates; it does not go below revisions that are not to be taken back
 * @param dialect the dialect to run on
 * @param databases makes databases that belong to the run
 * @param options what the user decided
 * @param counterpart the same on the other dialect, for a scenario that compares two; null where there is none
 * @param whenMade is told of each database before anything runs in it
 * @param isolation how far databases are kept apart at least; more where the history needs it
 */
public record ScenarioContext(
        MigrationTool tool,
        Dialect dialect,
        TestDatabases databases,
        ScenarioOptions options,
        @Nullable ScenarioContext counterpart,
        Consumer<TestDatabase> whenMade,
        Isolation isolation) {

    public ScenarioContext {
        tool = options.selected().on(tool);
    }

    /** Databases as far apart as the history needs. */
    public ScenarioContext(
            MigrationTool tool,
            Dialect dialect,
            TestDatabases databases,
            ScenarioOptions options,
            @Nullable ScenarioContext counterpart,
            Consumer<TestDatabase> whenMade) {
        this(tool, dialect, databases, options, counterpart, whenMade, Isolation.SCHEMA);
    }

    /** One dialect by itself, that tells nobody of its databases. */
    public ScenarioContext(MigrationTool tool, Dialect dialect, TestDatabases databases, ScenarioOptions options) {
        this(tool, dialect, databases, options, null, database -> {});
    }

    /** This context with the other dialect beside it. */
    public ScenarioContext beside(ScenarioContext other) {
        return new ScenarioContext(tool, dialect, databases, options, other, whenMade, isolation);
    }
}
