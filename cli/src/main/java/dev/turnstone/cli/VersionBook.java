package dev.turnstone.cli;

import dev.turnstone.source.Format;

/** Where other tools note what they have applied to a database, unless they are told otherwise. */
final class VersionBook {

    private VersionBook() {}

    /** A sentence for a person: which table tells the versions that a database has. */
    static String of(Format format) {
        return switch (format) {
            case DBMATE -> "Its table schema_migrations lists the versions that it has.";
            case GOOSE -> "Its table goose_db_version lists the versions that it has (version_id).";
            case GOLANG_MIGRATE ->
                "Its table schema_migrations holds the last version, without leading zeros; 'dirty' must be"
                        + " false (if it is sqlx that runs these files: _sqlx_migrations).";
            case SQLX -> "Its table _sqlx_migrations lists the versions that it has, without leading zeros.";
            case DIESEL -> "Its table __diesel_schema_migrations lists the versions that it has, without dashes.";
            case FLYWAY -> "Its table flyway_schema_history lists the versions that it has, with dots for '_'.";
            case LIQUIBASE -> "Its table databasechangelog lists the changesets that it has (author and id).";
            case SQL_MIGRATE -> "Its table gorp_migrations lists the files that it has (id).";
            case PAIRS, TURNSTONE -> "The table of the tool that ran the files lists the versions that it has.";
        };
    }
}
