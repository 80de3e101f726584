package dev.turnstone.source;

import dev.turnstone.operation.Location;
import java.util.List;
import java.util.Locale;

/**
 * What an upgrade asks of the database before it runs, and what becomes of it where the answer is another one. Immutable
 * and thread-safe.
 *
 * @param checks all have to hold
 * @param onFail what happens where one does not hold
 * @param onError what happens where the database refuses the question
 * @param inScripts what a script does, which cannot ask
 */
public record Preconditions(List<Check> checks, Otherwise onFail, Otherwise onError, InScripts inScripts) {

    public Preconditions {
        checks = List.copyOf(checks);
    }

    /** What happens where a precondition does not hold. */
    public enum Otherwise {
        /** The run ends. */
        HALT,
        /** The revision counts as applied and its body does not run; the other tool would ask again at its next run. */
        CONTINUE,
        /** The revision counts as applied, and its body does not run. */
        MARK_RAN,
        /** The body runs all the same. */
        WARN;

        /** Whether the body is left out and the run goes on. */
        public boolean passesOver() {
            return this == CONTINUE || this == MARK_RAN;
        }
    }

    /** What a script does, which cannot ask. */
    public enum InScripts {
        /** It holds the body, as if the preconditions held. */
        IGNORE,
        /** It cannot be written without a connection. */
        TEST,
        /** It is refused. */
        FAIL
    }

    /**
     * One question.
     *
     * @param sql a query that gives one value, by dialect
     * @param expected the value as text
     * @param location where it stands
     */
    public record Check(ByDialect sql, String expected, Location location) {

        /** The query for a dialect. */
        @FunctionalInterface
        public interface ByDialect {
            /** The query for the dialect of that name. */
            String on(String dialect);
        }

        /** Whether a table is there, or a view; without regard to case. */
        static Check exists(Kind kind, String name, String schema, Location location) {
            return new Check(
                    dialect -> dialect.equals("sqlite") ? kind.onSqlite(name) : kind.onPostgresql(name, schema),
                    "1",
                    location);
        }
    }

    /** What can be asked for by name. */
    enum Kind {
        TABLE("'r', 'p', 'f'"),
        VIEW("'v', 'm'");

        private final String relkinds;

        Kind(String relkinds) {
            this.relkinds = relkinds;
        }

        private String onSqlite(String name) {
            return "SELECT count(*) FROM sqlite_master WHERE type = '" + name().toLowerCase(Locale.ROOT)
                    + "' AND lower(name) = lower(" + literal(name) + ")";
        }

        private String onPostgresql(String name, String schema) {
            return "SELECT CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                    + " ON n.oid = c.relnamespace WHERE c.relkind IN (" + relkinds + ") AND n.nspname = "
                    + (schema.isEmpty() ? "current_schema()" : literal(schema)) + " AND lower(c.relname) = lower("
                    + literal(name) + ")) THEN 1 ELSE 0 END";
        }

        private static String literal(String text) {
            return "'" + text.replace("'", "''") + "'";
        }
    }
}
