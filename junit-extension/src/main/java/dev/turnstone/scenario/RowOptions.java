package dev.turnstone.scenario;

/**
 * What the user decided about rows.
 *
 * @param seed decides about what generated rows leave to chance
 */
public record RowOptions(long seed) {

    /** The system property that names the seed. */
    public static final String SEED = "turnstone.seed";

    /** Always the same rows, so that a build is the same each time, unless {@value #SEED} says otherwise. */
    public static final RowOptions DEFAULT = new RowOptions(Long.getLong(SEED, 1));
}
