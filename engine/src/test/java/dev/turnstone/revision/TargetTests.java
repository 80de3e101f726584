package dev.turnstone.revision;

import static dev.turnstone.revision.GraphText.graph;
import static dev.turnstone.revision.GraphText.ids;
import static dev.turnstone.revision.GraphText.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTests {

    private static final RevisionGraph FORKED =
            graph("aaaa1 <- bbbb1[left] <- bbbb2; aaaa1 <- cccc1[right] <- cccc2 <- cccc3; dddd1{cccc3}");

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "bbbb2         | bbbb2",
                "dd            | dddd1",
                "left          | bbbb1",
                "righ          | cccc1",
                "heads         | bbbb2 dddd1",
                "left@head     | bbbb2",
                "right@heads   | cccc3",
                "right@cccc2   | cccc2",
                "cccc2@head    | cccc3",
                "aaaa1@heads   | bbbb2 cccc3",
                "left@aaaa     | aaaa1",
                "current       | cccc2",
                "right@current | cccc2",
                "left@-1       | bbbb1",
            })
    void resolvesTo(String target, String expected) {
        assertThat(names(FORKED.resolve(target, ids("cccc2")))).isEqualTo(expected);
    }

    @Test
    void baseNamesNoRevision() {
        assertThat(FORKED.resolve("base", Set.of())).isEmpty();
        assertThat(FORKED.resolveOne("left@base", Set.of())).isEmpty();
    }

    @ParameterizedTest(name = "upgrade {0} from cccc1 ends at {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "+1           | cccc2",
                "right@+2     | cccc3",
                "left@+1      | bbbb1 cccc1",
                "cccc2+1      | cccc3",
                "left@head-1  | bbbb1 cccc1",
                "aaaa1        | cccc1",
                "base         | cccc1",
                "right@head-2 | cccc1",
                "right@aaaa1+2 | cccc2",
            })
    void stepsAreCounted(String target, String rows) {
        var path = FORKED.upgradePath(ids("cccc1"), Target.parse(target));

        assertThat(path.isEmpty() ? ids("cccc1") : path.get(path.size() - 1).after())
                .isEqualTo(ids(rows));
    }

    @Test
    void prefersAnIdOfAnotherToolToTheSyntax() {
        RevisionGraph graph = graph("2022-04-26-153628 <- 2022-04-27-080000[dates] <- author:3 <- x@y");

        assertThat(names(graph.resolve("2022-04-26-153628", Set.of()))).isEqualTo("2022-04-26-153628");
        assertThat(names(graph.resolve("2022-04-27", Set.of()))).isEqualTo("2022-04-27-080000");
        assertThat(names(graph.resolve("dates@2022-04-26-153628", Set.of()))).isEqualTo("2022-04-26-153628");
        assertThat(names(graph.resolve("x@y", Set.of()))).isEqualTo("x@y");
        assertThat(graph.upgradePath(Set.of(), Target.parse("2022-04-26-153628+1")))
                .hasSize(2);
        assertThat(graph.upgradePath(Set.of(), Target.parse("author:3-1"))).hasSize(2);
        assertThat(names(graph.history("2022-04-27-080000:author:3", Set.of())))
                .isEqualTo("author:3 2022-04-27-080000");
        assertThat(names(graph.history("author:3:", Set.of()))).isEqualTo("x@y author:3");
    }

    @Test
    void rejectsHeadIfThereAreSeveralHeads() {
        assertThatExceptionOfType(MultipleHeadsException.class)
                .isThrownBy(() -> FORKED.upgradePath(Set.of(), Target.HEAD))
                .withMessage("""
                        Cannot upgrade to 'head': there are 3 heads.
                          bbbb2  make bbbb2
                          cccc3  make cccc3
                          dddd1  make dddd1
                        Create a merge revision with all of them as parents, or name one as the target: by its id, as \
                        'label@head', or 'heads' for all.""");
        assertThatExceptionOfType(MultipleHeadsException.class)
                .isThrownBy(() -> FORKED.stampPath(Set.of(), List.of(Target.parse("aaaa1@head"))))
                .withMessageStartingWith("Cannot stamp 'aaaa1@head': there are 2 heads.")
                .withMessageContaining("with both as parents");
    }

    @Test
    void reportsTheCandidatesOfAnAmbiguousPrefix() {
        assertThatExceptionOfType(AmbiguousRevisionException.class)
                .isThrownBy(() -> FORKED.resolve("bbbb", Set.of()))
                .withMessage("'bbbb' is the prefix of 2 names:\n  bbbb1  make bbbb1\n  bbbb2  make bbbb2\n"
                        + "Add characters until only one of them matches.");
    }

    @Test
    void rejectsARevisionThatIsNotOnTheBranch() {
        assertThatExceptionOfType(NotOnBranchException.class)
                .isThrownBy(() -> FORKED.resolve("left@cccc3", Set.of()))
                .withMessageStartingWith("Revision 'cccc3' is not on branch 'left'");
    }

    @Test
    void rejectsANumberOfStepsInPlaceOfARevision() {
        assertThatExceptionOfType(UnknownRevisionException.class)
                .isThrownBy(() -> FORKED.resolve("+1", Set.of()))
                .withMessageContaining("a number of steps is not allowed here");
    }

    @Test
    void rejectsTheBaseOfAnUnknownBranch() {
        assertThatExceptionOfType(UnknownRevisionException.class)
                .isThrownBy(() -> FORKED.resolve("lefd@base", Set.of()))
                .withMessageContaining("Closest match: 'left'");
    }

    @ParameterizedTest
    @CsvSource({"''", "'  '", "left@"})
    void rejectsAnEmptyTarget(String text) {
        assertThatExceptionOfType(InvalidTargetException.class)
                .isThrownBy(() -> FORKED.resolve(text, Set.of()))
                .withMessageContaining("is not a target. Write an id, a label");
    }
}
