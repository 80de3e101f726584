package dev.turnstone.database;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of every connection to an SQLite test database.
 *
 * @param foreignKeys whether foreign keys are enforced
 * @param journal the journal mode, such as {@code wal}; null for SQLite's default
 * @param extension a loadable extension, or null
 */
public record SqliteSettings(
        boolean foreignKeys,
        @Nullable String journal,
        @Nullable Path extension) {

    /** Foreign keys enforced, and SQLite's defaults otherwise. */
    public static final SqliteSettings DEFAULT = new SqliteSettings(true, null, null);

    Optional<String> journalMode() {
        return Optional.ofNullable(journal);
    }
}
