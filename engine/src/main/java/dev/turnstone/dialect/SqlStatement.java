package dev.turnstone.dialect;

import dev.turnstone.operation.Location;
import org.jspecify.annotations.Nullable;

/**
 * One statement, ready to be sent.
 *
 * @param text the statement without its semicolon and without leading and trailing comments
 * @param location the location of its first character
 * @param traits how it interacts with transactions
 * @param copyData the lines for {@code COPY … FROM stdin}, or null for any other statement
 */
public record SqlStatement(
        String text,
        Location location,
        Traits traits,
        @Nullable String copyData) {

    /** Creates a statement without COPY data. */
    public SqlStatement(String text, Location location, Traits traits) {
        this(text, location, traits, null);
    }

    /** How a statement interacts with the transaction around it. */
    public enum Traits {
        /** It can run in any transaction. */
        ORDINARY,
        /** It begins a transaction. */
        BEGINS,
        /** It ends a transaction, by commit or rollback. */
        ENDS,
        /** The server rejects it in a transaction. */
        NEEDS_AUTOCOMMIT,
        /** Its author placed it outside of the revision's transaction. */
        OUTSIDE,
        /** It is part of a rebuild of a table, during which the database must not enforce foreign keys. */
        REBUILDS;

        /** Returns whether the statement can run in the transaction of a revision. */
        public boolean fitsTransaction() {
            return this == ORDINARY || this == REBUILDS;
        }
    }
}
