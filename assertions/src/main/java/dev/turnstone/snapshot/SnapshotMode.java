package dev.turnstone.snapshot;

/** What happens where a snapshot file and a schema do not agree. */
public enum SnapshotMode {
    /** The file is compared; where there is none, it is written. */
    WRITE_MISSING,
    /** The file is compared; where there is none, that is a failure. Continuous integration works so. */
    COMPARE,
    /** The file is written. */
    UPDATE;

    /** The system property that says {@code update} or {@code compare}. */
    public static final String PROPERTY = "turnstone.snapshots";

    /**
     * The mode in which this JVM runs: {@link #UPDATE} or {@link #COMPARE} where the property {@link #PROPERTY} says so,
     * else {@link #COMPARE} where the environment has {@code CI=true}, else {@link #WRITE_MISSING}.
     *
     * @throws InvalidSnapshotModeException when the property says something else
     */
    public static SnapshotMode current() {
        return of(System.getProperty(PROPERTY, ""), "true".equalsIgnoreCase(System.getenv("CI")));
    }

    static SnapshotMode of(String property, boolean onCi) {
        return switch (property) {
            case "update" -> UPDATE;
            case "compare" -> COMPARE;
            case "" -> onCi ? COMPARE : WRITE_MISSING;
            default -> throw new InvalidSnapshotModeException(property);
        };
    }
}
