package dev.turnstone.source;

/** Placeholder. */
public final class Locations {
    private Locations() {}

    /** Placeholder. */
    public static RevisionSource parse(String location) {
        return SqlFileSource.of(java.nio.file.Path.of(location));
    }
}
