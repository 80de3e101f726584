package dev.turnstone.dialect;

import dev.turnstone.schema.ObjectKind;

/**
 * States in which respects a kind of database differs from others. The default of each capability is false.
 *
 * <p>Implementations are stateless and thread-safe.
 */
public interface DialectCapabilities {

    /** Returns whether a database is one file that the process opens, and not a part of a server. */
    default boolean storesDatabaseInFile() {
        return false;
    }

    /** Returns whether names that differ only in letter case are equal, even if they are quoted. */
    default boolean ignoresCaseOfNames() {
        return false;
    }

    /** Returns whether a name without quotes is converted to lower case. */
    default boolean foldsUnquotedNames() {
        return false;
    }

    /** Returns whether a column accepts values of any type, and its type is only a preference. */
    default boolean hasDynamicTypes() {
        return false;
    }

    /** Returns whether a column declared {@code INTEGER PRIMARY KEY} numbers the rows of its table. */
    default boolean hasRowIds() {
        return false;
    }

    /** Returns whether the result of a view can be stored. */
    default boolean hasMaterializedViews() {
        return false;
    }

    /** Returns whether a query of a table also reads its child tables, unless it says {@code ONLY}. */
    default boolean hasTableInheritance() {
        return false;
    }

    /** Returns whether {@code TRUNCATE … RESTART IDENTITY CASCADE} empties tables. */
    default boolean hasTruncate() {
        return false;
    }

    /** Returns whether the statement {@code SET CONSTRAINTS} defers the checks of deferrable constraints. */
    default boolean hasSetConstraints() {
        return false;
    }

    /** Returns whether a list of values can contain the word {@code DEFAULT}. */
    default boolean hasDefaultInValues() {
        return false;
    }

    /** Returns whether policies can hide rows from a role. */
    default boolean hasRowSecurity() {
        return false;
    }

    /** Returns whether the server has objects outside a database, such as roles, which statements can change. */
    default boolean hasServerWideObjects() {
        return false;
    }

    /** Returns whether objects have comments. */
    default boolean storesComments() {
        return false;
    }

    /** Returns whether {@link SchemaReader#canonical} returns canonical forms of expressions of every dialect. */
    default boolean canonicalizesExpressions() {
        return false;
    }

    /** Returns whether SQL can compute the MD5 digest of a row. */
    default boolean computesRowDigests() {
        return false;
    }

    /**
     * Returns whether the oldest supported version knows {@code INSERT OR REPLACE} and not {@code ON CONFLICT}.
     */
    default boolean replacesByInsertOrReplace() {
        return false;
    }

    /** Returns whether the database reads a parameter that is text as a value of the column's type. */
    default boolean readsParametersAsColumnType() {
        return false;
    }

    /** Returns whether a failed statement makes the rest of its transaction fail until a savepoint is restored. */
    default boolean abortsTransactionOnError() {
        return false;
    }

    /** Returns whether the counters of automatic numbers are rows of one table. */
    default boolean keepsCountersInTable() {
        return false;
    }

    /** Returns whether a rollback does not revert the values of sequences. */
    default boolean sequencesSurviveRollback() {
        return false;
    }

    /** Returns whether the lock of {@link MigrationLock#startLock} is separate from the locks of statements. */
    default boolean hasSeparateStartLock() {
        return false;
    }

    /** Returns whether a second session can observe the locks that a statement holds. */
    default boolean observesLocks() {
        return false;
    }

    /** Returns whether a session can observe what other sessions of the database run and wait for. */
    default boolean observesSessions() {
        return false;
    }

    /** Returns whether the database has objects of a kind. */
    default boolean has(ObjectKind kind) {
        return true;
    }
}
