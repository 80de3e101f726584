package dev.turnstone.source;

import java.util.Arrays;
import java.util.Optional;

/** The format of migration files. {@link #label()} is the name in options and reports. */
public enum Format {
    /** Turnstone's own format: SQL revision files and annotated classes. */
    TURNSTONE("turnstone"),
    /** Files with {@code -- migrate:up} and {@code -- migrate:down}. */
    DBMATE("dbmate"),
    /** Files with {@code -- +goose Up} and {@code -- +goose Down}. */
    GOOSE("goose"),
    /** Pairs {@code NNN_x.up.sql} and {@code NNN_x.down.sql}. */
    GOLANG_MIGRATE("golang-migrate"),
    /** The same pairs, or {@code NNN_x.sql} without a downgrade. */
    SQLX("sqlx"),
    /** A folder for each revision, with {@code up.sql} and {@code down.sql}. */
    DIESEL("diesel"),
    /** Files {@code V1__x.sql}, {@code U1__x.sql}, {@code R__x.sql}. */
    FLYWAY("flyway"),
    /** Files that begin with {@code --liquibase formatted sql}. */
    LIQUIBASE("liquibase"),
    /** Files with {@code -- +migrate Up} and {@code -- +migrate Down}. */
    SQL_MIGRATE("sql-migrate"),
    /** Pairs of files with other common names. */
    PAIRS("pairs");

    private final String label;

    Format(String label) {
        this.label = label;
    }

    /** Returns the name in options and reports. */
    public String label() {
        return label;
    }

    /** Returns the format of that label; empty if there is none. */
    public static Optional<Format> labelled(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label.equals(label))
                .findFirst();
    }
}
