package dev.turnstone.revision;

import static dev.turnstone.revision.GraphText.graph;
import static dev.turnstone.revision.GraphText.ids;
import static dev.turnstone.revision.GraphText.names;
import static dev.turnstone.revision.GraphText.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PathTests {

    private static final RevisionGraph FORK = graph("a <- b[l]; a <- c");

    private static List<String> up(RevisionGraph graph, String current, String target) {
        return steps(graph.upgradePath(ids(current), Target.parse(target)));
    }

    private static List<String> down(RevisionGraph graph, String current, String target) {
        return steps(graph.downgradePath(ids(current), Target.parse(target)));
    }

    private static List<StampStep> stamp(RevisionGraph graph, String current, String target) {
        return graph.stampPath(ids(current), List.of(Target.parse(target)));
    }

    @Test
    void upgradeMergesRows() {
        assertThat(up(graph("a <- b1, b2 <- c"), "", "head"))
                .containsExactly("+a: a", "+b1: b1", "+b2: b1 b2", "+c: c");
    }

    @Test
    void upgradeAppliesDependencies() {
        assertThat(up(graph("a1 <- a2; b1 <- b2{a2}"), "b1", "b2"))
                .containsExactly("+a1: a1 b1", "+a2: a2 b1", "+b2: b2");
    }

    @Test
    void rowChangesReplaceOneRowAndDeleteTheOthers() {
        Step merge = graph("a <- b1, b2 <- c").upgradeStep(ids("b1 b2"), RevisionId.of("c"));

        assertThat(merge.rowChanges())
                .containsExactly(
                        new RowChange.Delete(RevisionId.of("b1")),
                        new RowChange.Update(RevisionId.of("b2"), RevisionId.of("c")));
    }

    @Test
    void redundantParentIsNotAVersionRow() {
        RevisionGraph graph = graph("a <- b <- c; a <- c");

        assertThat(down(graph, "c", "b")).containsExactly("-c: b");
        assertThat(up(graph, "b", "c")).containsExactly("+c: c");
    }

    @Test
    void downgradeRevertsEveryBranchUnlessTheTargetNamesOne() {
        assertThat(down(FORK, "b c", "a")).containsExactly("-c: b", "-b: a");
        assertThat(down(FORK, "b c", "l@a")).containsExactly("-b: c");
        assertThat(down(FORK, "b c", "l@-1")).containsExactly("-b: c");
    }

    @Test
    void downgradeByStepsCountsFromTheFirstRowById() {
        assertThat(down(FORK, "b c", "-1")).containsExactly("-b: c");
    }

    @Test
    void downgradeRevertsDependentRevisions() {
        assertThat(down(graph("a1 <- a2; b1 <- b2{a2}"), "b2", "a1")).containsExactly("-b2: a2 b1", "-a2: a1 b1");
    }

    @Test
    void reportsUnknownRows() {
        assertThatExceptionOfType(UnknownVersionException.class)
                .isThrownBy(() -> up(FORK, "gone b", "heads"))
                .withMessage(
                        "The version table names 'gone', but no file defines it. It may be a revision of another branch.\n"
                                + "Check out the branch that contains the file. If the file was deleted, empty the version"
                                + " table and set it to the revision that the database is at: stamp --purge REVISION.");
    }

    @Test
    void reportsOverlappingRows() {
        assertThatExceptionOfType(OverlappingRevisionsException.class)
                .isThrownBy(() -> up(FORK, "a b", "heads"))
                .withMessage("The version table names 'b' and also 'a', which it already includes.\n"
                        + "Delete the row of 'a', or replace all rows with stamp --purge.");
    }

    @Test
    void targetMustBeApplied() {
        assertThatExceptionOfType(InvalidDestinationException.class)
                .isThrownBy(() -> down(graph("a <- b <- c"), "a", "b"))
                .withMessage("Cannot downgrade to 'b': it is not applied.\nApplied: 'a'.\n"
                        + "Name a revision that is applied, or 'base'.");
    }

    @Test
    void rejectsMoreStepsThanRevisions() {
        assertThatExceptionOfType(RelativeRevisionException.class)
                .isThrownBy(() -> up(graph("a <- b"), "a", "+9"))
                .withMessage("'+9' requires 9 steps up: there are fewer revisions above the applied ones.\n"
                        + "Name the revision instead; 'history' lists them.");
        assertThatExceptionOfType(RelativeRevisionException.class)
                .isThrownBy(() -> down(graph("a <- b"), "", "-1"))
                .withMessageContaining("1 step down: no revision is applied");
        assertThatExceptionOfType(WalkedTooFarException.class)
                .isThrownBy(() -> up(graph("a <- b"), "a", "a+9"))
                .withMessage("'a+9' goes past the last revision.\nUse a smaller number of steps, or name 'heads'.");
    }

    @Test
    void forksMakeStepsAmbiguous() {
        assertThatExceptionOfType(AmbiguousWalkException.class)
                .isThrownBy(() -> up(FORK, "a", "+1"))
                .withMessage("'+1' is ambiguous: from 'a', 2 revisions could be next.\n  b  make b\n  c  make c\n"
                        + "Name one of these revisions, or the branch as in 'label@+1'.");
        assertThatExceptionOfType(AmbiguousCurrentException.class)
                .isThrownBy(() -> up(FORK, "b c", "+1"))
                .withMessage("'+1' is ambiguous: 2 revisions are current.\n  b  make b\n  c  make c\n"
                        + "Name the branch as in 'label@+1', or count from a revision as in 'b+1'.");
    }

    @Test
    void rejectsAStepOutOfOrder() {
        RevisionGraph graph = graph("a <- b");

        assertThatExceptionOfType(StepOutOfOrderException.class)
                .isThrownBy(() -> graph.upgradeStep(Set.of(), RevisionId.of("b")))
                .withMessage("Cannot apply revision 'b': it needs 'a' first.\nNothing is applied.\n"
                        + "Upgrade or downgrade to the revision instead, which runs every step in between.");
        assertThatExceptionOfType(StepOutOfOrderException.class)
                .isThrownBy(() -> graph.downgradeStep(ids("b"), RevisionId.of("a")))
                .withMessageContaining("'b' must be reverted first.\nApplied: 'b'.");
    }

    @Test
    void stampChangesOnlyTheRowsOfTheBranch() {
        RevisionGraph graph = graph("a1 <- a2; b1 <- b2");

        assertThat(stamp(graph, "a2 b1", "b2")).singleElement().satisfies(move -> assertThat(move.after())
                .isEqualTo(ids("a2 b2")));
        assertThat(stamp(graph, "a2 b2", "base")).extracting(StampStep::after).containsExactly(ids("b2"), ids(""));
        assertThat(stamp(graph, "a2 b2", "b2")).isEmpty();
    }

    @Test
    void stampKeepsATargetThatIsAlreadyARow() {
        assertThat(stamp(graph("a1 <- a2; b1"), "a1 b1", "heads"))
                .singleElement()
                .satisfies(move -> assertThat(move.after()).isEqualTo(ids("a2 b1")));
    }

    @Test
    void alembicStampPathLosesATargetThatIsAlreadyARow() {
        assertThat(graph("a1 <- a2; b1").alembicStampPath(ids("a1 b1"), List.of(Target.HEADS)))
                .singleElement()
                .satisfies(move -> assertThat(move.after()).isEqualTo(ids("a2")));
    }

    @Test
    void rejectsARangeThatStartsBeforeTheFirstRevisionAndEndsAtASymbol() {
        RevisionGraph graph = graph("a <- b");

        assertThat(names(graph.history("-3:b", Set.of()))).isEqualTo("b a");
        assertThatExceptionOfType(UnknownRevisionException.class)
                .isThrownBy(() -> graph.history("-3:heads", Set.of()))
                .withMessage("The range -3:heads starts before the first revision, and steps cannot be counted"
                        + " from 'heads'. Write base:heads for the whole history, or the id of that head in place of"
                        + " 'heads'.");
        assertThatExceptionOfType(MultipleHeadsException.class).isThrownBy(() -> FORK.history("-3:heads", Set.of()));
    }

    @Test
    void historyIncludesBothEndsNewestFirst() {
        RevisionGraph graph = graph("a <- b <- c <- d");

        assertThat(names(graph.history("b:d", Set.of()))).isEqualTo("d c b");
        assertThat(names(graph.history(":", Set.of()))).isEqualTo("d c b a");
        assertThat(names(graph.history("current:", ids("c")))).isEqualTo("d c");
        assertThat(names(graph.history("-2:head", Set.of()))).isEqualTo("d c b");
        assertThat(names(graph.history("b:+1", Set.of()))).isEqualTo("c b");
    }

    @Test
    void rejectsARangeWhoseStartIsNotAnAncestorOfItsEnd() {
        assertThatExceptionOfType(RangeNotAncestorException.class)
                .isThrownBy(() -> graph("a <- b").history("b:a", Set.of()))
                .withMessage("The range 'b:a' is empty: 'b' is not an ancestor of 'a' on one branch.\n"
                        + "Write the older revision first, or choose an end that descends from it.");
        assertThatExceptionOfType(InvalidTargetException.class)
                .isThrownBy(() -> graph("a <- b").history("b", Set.of()))
                .withMessageContaining("a range is 'from:to'");
    }
}
