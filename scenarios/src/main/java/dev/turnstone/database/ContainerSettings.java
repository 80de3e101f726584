package dev.turnstone.database;

/**
 * The container in which a PostgreSQL server runs.
 *
 * @param image its image, for example {@code postgres:17}; it must behave like the official image
 * @param reuse whether the container keeps running after the process, for the next run; requires
 *     {@code testcontainers.reuse.enable=true} in {@code ~/.testcontainers.properties}
 */
public record ContainerSettings(String image, boolean reuse) {

    /** The default image, of the newest PostgreSQL version that Turnstone is tested on. */
    public static final ContainerSettings DEFAULT = new ContainerSettings("postgres:18", false);
}
