package dev.turnstone.revision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.revision.AlembicGoldens.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A defect of Alembic from which Turnstone deviates; the reasons are in docs/decisions/0002. */
enum AlembicFault {
    /** Alembic does not detect a cycle between a base and a head. */
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

    /** Alembic accepts two revisions with the same id and loses one of them. */
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

    /** Checks that Turnstone handles the case correctly. */
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
