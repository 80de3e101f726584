package dev.turnstone.junit;

import dev.turnstone.scenario.concurrent.ConcurrentStart;
import dev.turnstone.scenario.crash.Crash;
import dev.turnstone.scenario.locks.Locks;
import dev.turnstone.scenario.offline.Offline;
import dev.turnstone.scenario.policy.Policies;
import dev.turnstone.scenario.rerun.IdempotentRerun;
import dev.turnstone.scenario.roundtrip.CrossDialect;
import dev.turnstone.scenario.roundtrip.FreshInstall;
import dev.turnstone.scenario.roundtrip.StampThenNoop;
import dev.turnstone.scenario.roundtrip.UpDownUp;
import dev.turnstone.scenario.rows.RowsSurvive;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The scenarios as tests, for a class with {@link MigrationTest}.
 *
 * <p>Each makes a tree: the dialects, and below each its checks, which can be selected alone. The checks of one scenario
 * run on one thread, in the order of the history, because they share a database.
 */
@ExtendWith(MigrationTestExtension.class)
public interface MigrationScenarios {

    /**
     * Declares seed rows, and assertions on them by revision. Override it if you need them; the default declares nothing.
     * Scenarios that fill tables insert the seed rows, and the scenario {@code rows} runs the assertions.
     *
     * @param data collects the declarations; one object for each dialect and scenario
     */
    default void data(RevisionData data) {}

    /** An empty database reaches the head of the history. */
    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD)
    default Stream<DynamicNode> freshInstall(ScenarioTree tree) {
        return tree.of(new FreshInstall());
    }

    /** A stamped existing database has the same schema as a migrated one, and the next upgrade changes nothing. */
    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD)
    default Stream<DynamicNode> stampThenNoop(ScenarioTree tree) {
        return tree.of(new StampThenNoop());
    }

    /** Each revision can be reverted without a trace, and applied again. */
    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD)
    default Stream<DynamicNode> upDownUp(ScenarioTree tree) {
        return tree.of(new UpDownUp());
    }

    /** Upgrading a second time does nothing, and each body can run twice. */
    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD)
    default Stream<DynamicNode> idempotentRerun(ScenarioTree tree) {
        return tree.of(new IdempotentRerun());
    }

    /** Filled tables keep their rows when each revision is reverted and applied again. */
    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD)
    default Stream<DynamicNode> rows(ScenarioTree tree) {
        return tree.of(new RowsSurvive());
    }

    /** After a crash within a revision, the next upgrade reaches the same state as one without a crash. */
    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD)
    default Stream<DynamicNode> crash(ScenarioTree tree) {
        return tree.of(new Crash());
    }

    /** At the head, the schemas of both dialects are logically equal. */
    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD)
    default Stream<DynamicNode> crossDialect(ScenarioTree tree) {
        return tree.of(new CrossDialect());
    }

    /** An offline script has the same result as a run. Runs only if it is named. */
    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD)
    default Stream<DynamicNode> offline(ScenarioTree tree) {
        return tree.of(new Offline());
    }

    /** Several starts at once run each revision once, and none of them fails. Runs only if it is named. */
    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD)
    default Stream<DynamicNode> concurrentStart(ScenarioTree tree) {
        return tree.of(new ConcurrentStart());
    }

    /** Each revision follows the project's policies. Runs only if it is named. */
    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD)
    default Stream<DynamicNode> policies(ScenarioTree tree) {
        return tree.of(new Policies());
    }

    /** No revision blocks other sessions on a filled PostgreSQL table for long. Runs only if it is named. */
    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD)
    default Stream<DynamicNode> locks(ScenarioTree tree) {
        return tree.of(new Locks());
    }
}
