package dev.turnstone.format;

import dev.turnstone.source.Format;
import dev.turnstone.source.RevisionSource;
import dev.turnstone.source.SqlFileSource;
import java.nio.file.Path;
import java.util.Map;

/** Opens directories with migration files in any of the known formats. */
public final class MigrationFiles {

    private MigrationFiles() {}

    /**
     * Returns the source for a directory in a format.
     *
     * @param placeholders values for placeholders, by name; formats without placeholders ignore them
     * @return the source; {@link RevisionSource#load()} checks whether it exists
     */
    public static RevisionSource in(Path directory, Format format, Map<String, String> placeholders) {
        return switch (format) {
            case TURNSTONE -> SqlFileSource.of(directory);
            case DBMATE -> DbmateSource.of(directory);
            case GOOSE -> GooseSource.of(directory, placeholders);
            case GOLANG_MIGRATE -> GolangMigrateSource.of(directory);
            case SQLX -> SqlxSource.of(directory);
            case DIESEL -> DieselSource.of(directory);
            case FLYWAY -> FlywaySource.of(directory, placeholders);
            case LIQUIBASE -> LiquibaseSource.of(directory, placeholders);
            case SQL_MIGRATE -> SqlMigrateSource.of(directory);
            case PAIRS -> PairsSource.of(directory);
        };
    }
}
