package dev.turnstone.scenario.locks;

import dev.turnstone.scenario.FindingClass;
import dev.turnstone.scenario.locks.LockableRelations.Relation;
import java.util.List;

/**
 * Something that a step does to a table that others use at the same time.
 *
 * @param findingClass what it is
 * @param relation the table or materialized view
 * @param statement the statement that does it
 * @param observed what was seen, for a person
 * @param alternatives how to do the same without it, a sentence each
 */
record LockHazard(
        FindingClass findingClass, Relation relation, String statement, String observed, List<String> alternatives) {}
