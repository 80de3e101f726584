package dev.turnstone.revision;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Histories of ten thousand revisions in shapes for which a naive algorithm is quadratic or overflows the stack. */
class LargeHistoryTests {

    private static final int SIZE = 10_000;

    private enum Shape {
        LINE {
            @Override
            List<Integer> parents(int revision) {
                return revision == 0 ? List.of() : List.of(revision - 1);
            }
        },
        INDEPENDENT {
            @Override
            List<Integer> parents(int revision) {
                return List.of();
            }
        },
        FAN {
            @Override
            List<Integer> parents(int revision) {
                return revision == 0 ? List.of() : List.of(0);
            }
        },
        LADDER {
            @Override
            List<Integer> parents(int revision) {
                return revision < 2 ? List.of() : List.of(revision - 1, revision - 2);
            }
        };

        abstract List<Integer> parents(int revision);
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void loadsAndPlans(Shape shape) {
        List<Revision> revisions = revisions(shape, SIZE);
        long start = System.nanoTime();

        plan(revisions);

        System.out.printf("%s of %d revisions: %d ms%n", shape, SIZE, (System.nanoTime() - start) / 1_000_000);
    }

    /** Measures allocated memory instead of time: eight times the revisions may need about eight times the memory. */
    @ParameterizedTest
    @EnumSource(Shape.class)
    void noStepIsQuadratic(Shape shape) {
        List<Revision> few = revisions(shape, SIZE / 8);
        List<Revision> many = revisions(shape, SIZE);
        plan(few); // initializes what is created once

        assertThat((double) allocatedBy(() -> plan(many)) / allocatedBy(() -> plan(few)))
                .as("a quadratic step needs up to 64 times as much")
                .isLessThan(24);
    }

    private static List<Revision> revisions(Shape shape, int size) {
        List<Revision> revisions = new ArrayList<>();
        for (int each = 0; each < size; each++) {
            revisions.add(Revision.of(
                    id(each),
                    shape.parents(each).stream().map(LargeHistoryTests::id).toList(),
                    "",
                    ""));
        }
        return revisions;
    }

    private static void plan(List<Revision> revisions) {
        RevisionGraph graph = RevisionGraph.of(revisions);
        List<Step> up = graph.upgradePath(Set.of(), Target.HEADS);
        List<Step> down = graph.downgradePath(graph.realHeads(), Target.BASE);
        List<Revision> history = graph.history("", "", Set.of());

        assertThat(up.size()).isEqualTo(revisions.size());
        assertThat(up.get(up.size() - 1).after()).isEqualTo(graph.realHeads());
        assertThat(down.size()).isEqualTo(revisions.size());
        assertThat(history.size()).isEqualTo(revisions.size());
    }

    private static long allocatedBy(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static RevisionId id(int each) {
        return RevisionId.of(Integer.toHexString(each * 0x9E3779B1));
    }
}
