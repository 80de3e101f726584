package dev.turnstone.scenario.locks;

import dev.turnstone.scenario.FindingClass;
import dev.turnstone.scenario.locks.LockableRelations.Relation;
import java.util.List;

/**
 * An action of a step on a table that makes other sessions wait.
 *
 * @param findingClass the class of the finding for it
 * @param relation the table or materialized view
 * @param statement the statement that causes it
 * @param observed a description of the observation, for a message
 * @param alternatives ways to avoid it, one sentence each
 */
record LockHazard(
        FindingClass findingClass, Relation relation, String statement, String observed, List<String> alternatives) {}
