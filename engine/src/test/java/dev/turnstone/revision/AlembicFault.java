package dev.turnstone.revision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.AlembicGoldens.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where Alembic is wrong and we differ on purpose; the reasons are in docs/decisions/0002. */
enum AlembicFault {
    /** A cycle between a base and a head is not noticed. */
    HIDDEN_CYCLE {
        @Override
        boolean isIn(Golden golden, JsonNode result) {
            return !result.has("error") && thrownByGraph(golden) instanceof RevisionCycleException;
        }

        @Override
        void check(Golden golden, JsonNode result) {
            assertThat(thrownByGraph(golden)).isExactlyInstanceOf(RevisionCycleException.class);
        }
    },

    /** Two revisions of one id are taken, and one of them is lost. */
    DUPLICATE_ID {
        @Override
        boolean isIn(Golden golden, JsonNode result) {
            List<String> ids = golden.json().get("graph").findValuesAsText("rev");
            return !result.has("error") && ids.size() > Set.copyOf(ids).size();
        }

        @Override
        void check(Golden golden, JsonNode result) {
            assertThat(thrownByGraph(golden)).isExactlyInstanceOf(DuplicateRevisionException.class);
        }
    },

    /** A stamp to all heads deletes a row that is a head, because another head replaces a row. */
    STAMP_LOSES_A_TARGET {
        @Override
        boolean isIn(Golden golden, JsonNode result) {
            return isStamp(result)
                    && "heads".equals(result.get("op").get("target").asText())
                    && !golden.graph()
                            .ancestorsOf(AlembicGoldens.ids(result.get("heads")))
                            .containsAll(golden.graph().realHeads());
        }

        @Override
        void check(Golden golden, JsonNode result) {
            assertThat(rowsAfter(golden, result)).isEqualTo(golden.graph().realHeads());
        }
    },

    /** A stamp leaves a row beside another that includes it: Alembic itself then refuses to upgrade. */
    STAMP_LEAVES_OVERLAP {
        @Override
        boolean isIn(Golden golden, JsonNode result) {
            Set<RevisionId> rows = isStamp(result) ? AlembicGoldens.ids(result.get("heads")) : Set.of();
            return !rows.isEmpty() && !golden.graph().maximal(rows).equals(rows);
        }

        @Override
        void check(Golden golden, JsonNode result) {
            assertThat(rowsAfter(golden, result))
                    .isEqualTo(golden.graph().maximal(AlembicGoldens.ids(result.get("heads"))));
        }
    },

    /** A history from further down than there are revisions fails for the words, but not for the id of the same head. */
    RANGE_BLAMES_THE_WORD {
        @Override
        boolean isIn(Golden golden, JsonNode result) {
            return result.get("op").get("cmd").asText().equals("history")
                    && result.get("op").path("lower").asText().matches("(.+@)?-\\d+")
                    && result.path("message").asText().matches("Can't locate revision identified by 'heads?'");
        }

        @Override
        void check(Golden golden, JsonNode result) {
            JsonNode op = result.get("op");
            RevisionGraph graph = golden.graph();
            String upper = op.get("target").asText();
            assertThat(graph.history(op.get("lower").asText(), upper, Set.of()))
                    .isEqualTo(graph.history("base", upper, Set.of()));
        }
    };

    abstract boolean isIn(Golden golden, JsonNode result);

    /** Checks that ours is right instead. */
    abstract void check(Golden golden, JsonNode result);

    static Optional<AlembicFault> of(Golden golden, JsonNode result) {
        return Arrays.stream(values())
                .filter(fault -> fault.isIn(golden, result))
                .findFirst();
    }

    private static Object thrownByGraph(Golden golden) {
        try {
            return golden.graph();
        } catch (TurnstoneException thrown) {
            return thrown;
        }
    }

    private static boolean isStamp(JsonNode result) {
        return result.get("op").get("cmd").asText().equals("stamp") && result.has("heads");
    }

    private static Set<RevisionId> rowsAfter(Golden golden, JsonNode result) {
        JsonNode op = result.get("op");
        Set<RevisionId> current = AlembicGoldens.ids(op.path("current"));
        List<StampStep> moves = golden.graph()
                .stampPath(current, List.of(Target.parse(op.get("target").asText())));
        return moves.isEmpty() ? current : moves.get(moves.size() - 1).after();
    }
}
