package dev.turnstone.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Checks the invariants of a path, mostly without the code under test. */
final class PathChecks {

    private PathChecks() {}

    /** Checks that each step is possible, and that its rows are the maximal applied revisions. */
    static void check(RevisionGraph graph, Set<RevisionId> current, List<Step> steps) {
        Set<RevisionId> applied = new HashSet<>(graph.ancestorsOf(current));
        Set<RevisionId> rows = new TreeSet<>(current);
        for (Step step : steps) {
            RevisionId id = step.revision().id();
            assertThat(step.before()).as("rows before %s", id).isEqualTo(rows);
            if (step.direction() == Direction.UPGRADE) {
                assertThat(applied).as("applied before %s", id).containsAll(needs(graph, step.revision()));
                assertThat(applied.add(id)).as("%s is new", id).isTrue();
            } else {
                assertThat(applied.remove(id)).as("%s was applied", id).isTrue();
            }
            assertThat(step.after()).as("rows after %s", id).isEqualTo(maximal(graph, applied));
            assertThat(replay(rows, step.rowChanges()))
                    .as("row changes of %s", id)
                    .isEqualTo(step.after());
            rows = new TreeSet<>(step.after());
        }
    }

    /** Returns the applied revisions that are not an ancestor of another applied one. */
    static Set<RevisionId> maximal(RevisionGraph graph, Set<RevisionId> applied) {
        Set<RevisionId> maximal = new TreeSet<>(applied);
        for (RevisionId id : applied) {
            maximal.removeAll(needs(graph, graph.get(id)));
        }
        return maximal;
    }

    private static Set<RevisionId> needs(RevisionGraph graph, Revision revision) {
        Set<RevisionId> needs = new HashSet<>(revision.parents());
        needs.addAll(graph.dependenciesOf(revision.id()));
        return needs;
    }

    /** Applies row changes as a version table does, and rejects a change of a row that does not exist. */
    static Set<RevisionId> replay(Set<RevisionId> before, List<RowChange> changes) {
        Set<RevisionId> rows = new TreeSet<>(before);
        for (RowChange change : changes) {
            if (change instanceof RowChange.Insert insert) {
                assertThat(rows.add(insert.id())).as("%s", change).isTrue();
            } else if (change instanceof RowChange.Delete delete) {
                assertThat(rows.remove(delete.id())).as("%s", change).isTrue();
            } else if (change instanceof RowChange.Update update) {
                assertThat(rows.remove(update.from())).as("%s", change).isTrue();
                assertThat(rows.add(update.to())).as("%s", change).isTrue();
            }
        }
        return rows;
    }
}
