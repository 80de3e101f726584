package dev.turnstone.format;

import java.util.Optional;
import java.util.regex.Pattern;

/** SQL constructs that only one dialect supports. */
final class DialectTraits {

    private static final Pattern POSTGRESQL = Pattern.compile(
            "::\\s*[a-z_]|\\$\\w*\\$|\\b(BIG|SMALL)?SERIAL\\b|\\bTIMESTAMPTZ\\b|\\bJSONB\\b|\\bBYTEA\\b"
                    + "|\\bCREATE\\s+(TYPE|EXTENSION|DOMAIN|SEQUENCE|SCHEMA|MATERIALIZED\\s+VIEW|POLICY)\\b"
                    + "|\\bCONCURRENTLY\\b|\\bALTER\\s+COLUMN\\b|\\bADD\\s+CONSTRAINT\\b|\\bUSING\\s+(gin|gist|btree|brin|hash)\\b"
                    + "|\\bGENERATED\\s+(ALWAYS|BY\\s+DEFAULT)\\s+AS\\s+IDENTITY\\b|\\bplpgsql\\b|\\bnow\\s*\\(\\s*\\)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SQLITE = Pattern.compile(
            "\\bAUTOINCREMENT\\b|\\bPRAGMA\\b|\\bWITHOUT\\s+ROWID\\b|\\bsqlite_\\w+|\\bdatetime\\s*\\(|\\bstrftime\\s*\\("
                    + "|\\bUSING\\s+fts[345]\\b|\\)\\s*STRICT\\b|\\bIFNULL\\s*\\(|\\bINSERT\\s+OR\\s+(IGNORE|REPLACE)\\b",
            Pattern.CASE_INSENSITIVE);

    private DialectTraits() {}

    /** Returns the only dialect whose constructs the SQL contains; empty if it contains none, or those of both. */
    static Optional<String> of(String sql) {
        boolean postgresql = POSTGRESQL.matcher(sql).find();
        boolean sqlite = SQLITE.matcher(sql).find();
        if (postgresql == sqlite) {
            return Optional.empty();
        }
        return Optional.of(postgresql ? "postgresql" : "sqlite");
    }
}
