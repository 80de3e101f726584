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
}
