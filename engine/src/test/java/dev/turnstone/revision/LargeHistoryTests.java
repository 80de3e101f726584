package dev.turnstone.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ten thousand revisions, in the shapes that make careless algorithms quadratic or overflow the stack. */
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
    @Timeout(20)
    void loadsAndPlansInWellUnderASecond(Shape shape) {
        List<Revision> revisions = new ArrayList<>();
        for (int each = 0; each < SIZE; each++) {
            revisions.add(Revision.of(
                    id(each),
                    shape.parents(each).stream().map(LargeHistoryTests::id).toList(),
                    "",
                    ""));
        }
        long start = System.nanoTime();
        RevisionGraph graph = RevisionGraph.of(revisions);
        List<Step> up = graph.upgradePath(Set.of(), Target.HEADS);
        List<Step> down = graph.downgradePath(graph.realHeads(), Target.BASE);
        List<Revision> history = graph.history("", "", Set.of());
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(up).hasSize(SIZE);
        assertThat(up.get(SIZE - 1).after()).isEqualTo(graph.realHeads());
        assertThat(down).hasSize(SIZE);
        assertThat(history).hasSize(SIZE);
        System.out.printf("%s of %d revisions: %d ms%n", shape, SIZE, took.toMillis());
        // Quadratic work takes minutes here; the rest of the room is for a busy machine.
        assertThat(took).isLessThan(Duration.ofSeconds(3));
    }

    private static RevisionId id(int each) {
        return RevisionId.of(Integer.toHexString(each * 0x9E3779B1));
    }
}
