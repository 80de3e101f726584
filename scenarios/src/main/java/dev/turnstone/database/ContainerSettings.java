package dev.turnstone.database;

/**
 * Which container a PostgreSQL server runs in.
 *
 * @param image its image, for example {@code postgres:17}; any that behaves as the official one does
 * @param reuse whether it runs on after the process, for the next run; Testcontainers must allow that by
 *     {@code testcontainers.reuse.enable=true} in {@code ~/.testcontainers.properties}
 */
public record ContainerSettings(String image, boolean reuse) {

    /** Of the newest version that Turnstone is tested on. */
    public static final ContainerSettings DEFAULT = new ContainerSettings("postgres:18", false);
}
