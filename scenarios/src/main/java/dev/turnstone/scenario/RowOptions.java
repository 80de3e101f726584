package dev.turnstone.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * The user's options for rows.
 *
 * @param seed the seed of the random parts of generated rows
 * @param own seed rows, in the order in which they are inserted
 * @param assertions the assertions of the user's code
 */
public record RowOptions(long seed, List<OwnRows> own, List<DataAssertion> assertions) {

    /** The system property that sets the seed. */
    public static final String SEED = "turnstone.seed";

    /**
     * The default options. The seed is fixed, so that each build has the same rows, unless {@value #SEED} sets another
     * one.
     */
    public static final RowOptions DEFAULT = new RowOptions(Long.getLong(SEED, 1), List.of(), List.of());

    public RowOptions {
        own = List.copyOf(own);
        assertions = List.copyOf(assertions);
    }

    /** Returns these options with more seed rows. */
    public RowOptions with(OwnRows rows) {
        List<OwnRows> all = new ArrayList<>(own);
        all.add(rows);
        return new RowOptions(seed, all, assertions);
    }

    /** Returns these options with one more assertion. */
    public RowOptions with(DataAssertion assertion) {
        List<DataAssertion> all = new ArrayList<>(assertions);
        all.add(assertion);
        return new RowOptions(seed, own, all);
    }
}
