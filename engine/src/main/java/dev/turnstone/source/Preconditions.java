package dev.turnstone.source;

import dev.turnstone.dialect.Dialects;
import dev.turnstone.operation.Location;
import java.util.List;

/**
 * The checks in the database before an upgrade, and the action if a check fails. Immutable and thread-safe.
 *
 * @param checks the checks, all of which must pass
 * @param onFail the action if a check does not pass
 * @param onError the action if the database refuses the query of a check
 * @param inScripts the handling in a script, which cannot run checks
 */
public record Preconditions(List<Check> checks, Otherwise onFail, Otherwise onError, InScripts inScripts) {

    public Preconditions {
        checks = List.copyOf(checks);
    }

    /** The action if a precondition does not hold. */
    public enum Otherwise {
        /** The run ends with an error. */
        HALT,
        /**
         * The revision counts as applied and its body does not run. The other tool would check again at its next run.
         */
        CONTINUE,
        /** The revision counts as applied, and its body does not run. */
        MARK_RAN,
        /** The body runs nevertheless. */
        WARN;

        /** Returns whether the body is skipped and the run continues. */
        public boolean passesOver() {
            return this == CONTINUE || this == MARK_RAN;
        }
    }

    /** The handling of preconditions in a script. */
    public enum InScripts {
        /** The script contains the body, as if the preconditions held. */
        IGNORE,
        /** The script cannot be written without a connection. */
        TEST,
        /** The script is refused. */
        FAIL
    }

    /**
     * One check.
     *
     * @param sql a query that returns one value, by dialect
     * @param expected the expected value as text
     * @param location the location of the check in its file
     */
    public record Check(ByDialect sql, String expected, Location location) {

        /** The query, by dialect. */
        @FunctionalInterface
        public interface ByDialect {
            /** Returns the query for the dialect of that name. */
            String on(String dialect);
        }

        /** Creates a check that a table or view exists, ignoring letter case. */
        public static Check exists(Kind kind, String name, String schema, Location location) {
            return new Check(
                    dialect -> Dialects.named(dialect).existsQuery(kind == Kind.VIEW, name, schema), "1", location);
        }
    }

    /** The kinds of object that a check can name. */
    public enum Kind {
        TABLE,
        VIEW
    }
}
