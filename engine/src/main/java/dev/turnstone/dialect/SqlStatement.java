package dev.turnstone.dialect;

import dev.turnstone.operation.Location;
import org.jspecify.annotations.Nullable;

/**
 * One statement, ready to be sent.
 *
 * @param text the statement without the semicolon that ends it and without comments around it
 * @param location where its first character stands
 * @param traits what sets it apart from a statement that any transaction can hold
 * @param copyData the lines that {@code COPY … FROM stdin} reads, or null for any other statement
 */
public record SqlStatement(
        String text,
        Location location,
        Traits traits,
        @Nullable String copyData) {

    /** A statement that reads nothing but itself. */
    public SqlStatement(String text, Location location, Traits traits) {
        this(text, location, traits, null);
    }

    /** What a statement means for the transaction around it. */
    public enum Traits {
        /** It can run in any transaction. */
        ORDINARY,
        /** It begins a transaction. */
        BEGINS,
        /** It ends a transaction, by commit or rollback. */
        ENDS,
        /** The server refuses to run it in a transaction. */
        NEEDS_AUTOCOMMIT,
        /** Its author put it outside of the revision's transaction. */
        OUTSIDE,
        /** It is part of a rebuild of a table, during which the database must not act on foreign keys. */
        REBUILDS;

        /** Whether the transaction of a revision can hold it. */
        public boolean fitsTransaction() {
            return this == ORDINARY || this == REBUILDS;
        }
    }
}
