package dev.turnstone.cli;

import dev.turnstone.source.Format;

/** The tables in which other tools record applied versions by default. */
final class VersionBook {

    private VersionBook() {}

    /** Returns a sentence that names the table with the applied versions. */
    static String of(Format format) {
        return switch (format) {
            case DBMATE -> "Its table schema_migrations lists the applied versions.";
            case GOOSE -> "Its table goose_db_version lists the applied versions (version_id).";
            case GOLANG_MIGRATE ->
                "Its table schema_migrations holds the last version, without leading zeros; 'dirty' must be"
                        + " false (if it is sqlx that runs these files: _sqlx_migrations).";
            case SQLX -> "Its table _sqlx_migrations lists the applied versions, without leading zeros.";
            case DIESEL -> "Its table __diesel_schema_migrations lists the applied versions, without dashes.";
            case FLYWAY -> "Its table flyway_schema_history lists the applied versions, with dots for '_'.";
            case LIQUIBASE -> "Its table databasechangelog lists the applied changesets (author and id).";
            case SQL_MIGRATE -> "Its table gorp_migrations lists the applied files (id).";
            case PAIRS, TURNSTONE -> "The table of the tool that ran the files lists the applied versions.";
        };
    }
}
