package dev.turnstone.revision;

import static dev.turnstone.revision.GraphText.graph;
import static dev.turnstone.revision.GraphText.ids;
import static dev.turnstone.revision.GraphText.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RevisionGraphTests {

    @Test
    void ordersParentsAndDependenciesFirstAndThenById() {
        assertThat(names(graph("z <- c, b <- a; y{c} <- x").revisions())).isEqualTo("z b c a y x");
    }

    @Test
    void returnsHeadsAndBasesWithAndWithoutDependencies() {
        RevisionGraph graph = graph("a1 <- a2; b1{a2} <- b2");

        assertThat(graph.heads()).isEqualTo(ids("a2 b2"));
        assertThat(graph.realHeads()).isEqualTo(ids("b2"));
        assertThat(graph.bases()).isEqualTo(ids("a1 b1"));
        assertThat(graph.realBases()).isEqualTo(ids("a1"));
        assertThat(graph.dependenciesOf(RevisionId.of("b1"))).isEqualTo(ids("a2"));
    }

    @Test
    void returnsForksAndMerges() {
        RevisionGraph graph = graph("a <- b1, b2 <- c");

        assertThat(graph.branchPoints()).isEqualTo(ids("a"));
        assertThat(graph.mergePoints()).isEqualTo(ids("c"));
        assertThat(graph.childrenOf(RevisionId.of("a"))).isEqualTo(ids("b1 b2"));
    }

    @Test
    void labelCoversDescendantsAndItsLineBackToTheFork() {
        RevisionGraph graph = graph("a <- b <- c[l] <- d; a <- e");

        assertThat(graph.labelsOf(RevisionId.of("d"))).containsExactly("l");
        assertThat(graph.labelsOf(RevisionId.of("b"))).containsExactly("l");
        assertThat(graph.labelsOf(RevisionId.of("a"))).isEmpty();
        assertThat(graph.labelsOf(RevisionId.of("e"))).isEmpty();
    }

    @Test
    void ancestorsAndDescendantsIncludeDependencies() {
        RevisionGraph graph = graph("a1 <- a2; b1{a2} <- b2");

        assertThat(graph.ancestorsOf(ids("b1"))).isEqualTo(ids("a1 a2 b1"));
        assertThat(graph.descendantsOf(ids("a2"))).isEqualTo(ids("a2 b1 b2"));
        assertThat(graph.maximal(ids("a1 a2 b1"))).isEqualTo(ids("b1"));
        assertThat(graph.currentTips(ids("b1"))).isEqualTo(ids("a2 b1"));
    }

    @Test
    void maximalFollowsRevisionsThatAreNotInTheSet() {
        assertThat(graph("a <- b <- c").maximal(ids("a c"))).isEqualTo(ids("c"));
    }

    @Test
    void acceptsAnEmptyHistory() {
        RevisionGraph graph = RevisionGraph.of(List.of());

        assertThat(graph.revisions()).isEmpty();
        assertThat(graph.upgradePath(Set.of(), Target.HEAD)).isEmpty();
        assertThat(graph.downgradePath(Set.of(), Target.BASE)).isEmpty();
    }

    @Test
    void rejectsADuplicateId() {
        Revision first = Revision.of(RevisionId.of("a"), List.of(), "", "one.sql");
        Revision second = Revision.of(RevisionId.of("a"), List.of(), "", "two.sql");

        assertThatExceptionOfType(DuplicateRevisionException.class)
                .isThrownBy(() -> RevisionGraph.of(List.of(first, second)))
                .withMessage(
                        "Revision 'a' is defined 2 times:\n  one.sql\n  two.sql\nGive all but one of them another id.");
    }

    @Test
    void rejectsADuplicateLabel() {
        assertThatExceptionOfType(DuplicateLabelException.class)
                .isThrownBy(() -> graph("a[x]; b[x]"))
                .withMessage(
                        "Branch label 'x' of revision b (b.sql) is already a label of revision a (a.sql).\n"
                                + "Give one of them another label. A label also covers all descendants of its revision, so they do not repeat it.");
        assertThatExceptionOfType(DuplicateLabelException.class)
                .isThrownBy(() -> graph("a[b] <- b"))
                .withMessageContaining("is already the id of revision b (b.sql)");
    }

    @Test
    void missingParentNamesTheNearestMatch() {
        List<Revision> revisions = List.of(
                Revision.of(RevisionId.of("9c10aa71"), List.of(), "create customer", "CreateCustomer.java"),
                Revision.of(
                        RevisionId.of("b71c44de"), List.of(RevisionId.of("9c10aa7e")), "", "AddCustomerEmail.java"));

        assertThatExceptionOfType(UnknownParentException.class)
                .isThrownBy(() -> RevisionGraph.of(revisions))
                .withMessage("Revision b71c44de (AddCustomerEmail.java) names parent '9c10aa7e', which no revision"
                        + " defines.\nClosest match: '9c10aa71' (create customer).");
    }

    @Test
    void missingDependencyNamesTheNearestMatch() {
        assertThatExceptionOfType(UnknownDependencyException.class)
                .isThrownBy(() -> graph("a[billing]; b{biling}"))
                .withMessage("Revision b (b.sql) depends on 'biling', but no revision has that id or label.\n"
                        + "Closest match: 'billing' (make a).");
        assertThatExceptionOfType(UnknownDependencyException.class)
                .isThrownBy(() -> graph("b{zz}"))
                .withMessageContaining("Add the missing file, or correct the dependency");
    }

    @Test
    void reportsACycleAsAPath() {
        assertThatExceptionOfType(RevisionCycleException.class)
                .isThrownBy(() -> graph("z <- a <- b <- c <- d; c <- a"))
                .withMessage("""
                        Revisions 'a', 'c', 'b' need each other:
                          a (a.sql) follows c
                          c (c.sql) follows b
                          b (b.sql) follows a
                        None of these revisions can be applied. Remove one of these links.""");
    }

    @Test
    void reportsTheDependencyOfACycle() {
        assertThatExceptionOfType(RevisionCycleException.class)
                .isThrownBy(() -> graph("a{b} <- b"))
                .withMessageContaining("  a (a.sql) depends on b\n  b (b.sql) follows a\n");
    }

    @Test
    void reportsARevisionThatNeedsItselfAsACycle() {
        assertThatExceptionOfType(RevisionCycleException.class)
                .isThrownBy(() -> graph("a{a}"))
                .withMessageStartingWith("Revision a needs itself:\n  a (a.sql) depends on a\n");
    }

    @Test
    void unknownRevisionNamesTheNearestMatches() {
        RevisionGraph graph = graph("3f2a91c0 <- 3f2a91c1");

        assertThat(graph.find(RevisionId.of("nope"))).isEmpty();
        assertThatExceptionOfType(UnknownRevisionException.class)
                .isThrownBy(() -> graph.get(RevisionId.of("3f2a91cf")))
                .withMessage("No revision has the id or label '3f2a91cf', and it is not the prefix of an id.\n"
                        + "Closest matches: '3f2a91c0' (make 3f2a91c0), '3f2a91c1' (make 3f2a91c1).");
    }

    @Test
    void newRevisionFollowsAHeadUnlessSpliced() {
        RevisionGraph graph = graph("a <- b");

        assertThat(names(graph.resolveHeads("head"))).isEqualTo("b");
        assertThatExceptionOfType(NotAHeadException.class)
                .isThrownBy(() -> graph.resolveHeads("a"))
                .withMessage("Revision 'a' is not a head; it is followed by:\n  b  make b\n"
                        + "Name a head, or pass --splice to start a new branch here.");
    }
}
