package dev.turnstone.scenario;

import dev.turnstone.database.Isolation;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialect;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tool, the dialect, the databases and the options of a scenario.
 *
 * @param tool the migration tool; it refuses to revert revisions that are excluded from downgrades
 * @param dialect the dialect to run on
 * @param databases creates the databases of the run
 * @param options the user's options
 * @param counterpart the context of the other dialect, for a scenario that compares two; otherwise null
 * @param whenMade receives each database before any statement runs in it
 * @param isolation the minimum isolation of databases; a history can need more
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

    /** Creates a context whose databases have the isolation that the history needs. */
    public ScenarioContext(
            MigrationTool tool,
            Dialect dialect,
            TestDatabases databases,
            ScenarioOptions options,
            @Nullable ScenarioContext counterpart,
            Consumer<TestDatabase> whenMade) {
        this(tool, dialect, databases, options, counterpart, whenMade, Isolation.SCHEMA);
    }

    /** Creates a context for one dialect, without a receiver of databases. */
    public ScenarioContext(MigrationTool tool, Dialect dialect, TestDatabases databases, ScenarioOptions options) {
        this(tool, dialect, databases, options, null, database -> {});
    }

    /** Returns this context with that of another dialect as its counterpart. */
    public ScenarioContext beside(ScenarioContext other) {
        return new ScenarioContext(tool, dialect, databases, options, other, whenMade, isolation);
    }
}
