package dev.turnstone.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * What the user decided about rows.
 *
 * @param seed decides about what generated rows leave to chance
 * @param own rows of the user's own, in the order in which they are put in
 * @param assertions what the user's code looks at
 */
public record RowOptions(long seed, List<OwnRows> own, List<DataAssertion> assertions) {

    /** The system property that names the seed. */
    public static final String SEED = "turnstone.seed";

    /** Always the same rows, so that a build is the same each time, unless {@value #SEED} says otherwise. */
    public static final RowOptions DEFAULT = new RowOptions(Long.getLong(SEED, 1), List.of(), List.of());

    public RowOptions {
        own = List.copyOf(own);
        assertions = List.copyOf(assertions);
    }

    /** These options with more rows of the user's own. */
    public RowOptions with(OwnRows rows) {
        List<OwnRows> all = new ArrayList<>(own);
        all.add(rows);
        return new RowOptions(seed, all, assertions);
    }

    /** These options with one thing more that the user's code looks at. */
    public RowOptions with(DataAssertion assertion) {
        List<DataAssertion> all = new ArrayList<>(assertions);
        all.add(assertion);
        return new RowOptions(seed, own, all);
    }
}
