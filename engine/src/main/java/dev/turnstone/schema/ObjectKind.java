package dev.turnstone.schema;

import java.util.Locale;

/**
 * The kinds of objects in a schema.
 *
 * <p>{@link #label()} is the form in findings and reports. It is a stable contract.
 */
public enum ObjectKind {
    SCHEMA,
    EXTENSION,
    ENUM,
    DOMAIN,
    TYPE,
    SEQUENCE,
    TABLE,
    COLUMN,
    DEFAULT,
    PRIMARY_KEY,
    UNIQUE,
    CHECK,
    EXCLUSION,
    FOREIGN_KEY,
    INDEX,
    STATISTICS,
    VIEW,
    MATERIALIZED_VIEW,
    FUNCTION,
    PROCEDURE,
    AGGREGATE,
    OPERATOR,
    OPERATOR_CLASS,
    OPERATOR_FAMILY,
    CAST,
    TRANSFORM,
    COLLATION,
    CONVERSION,
    TEXT_SEARCH_CONFIGURATION,
    TEXT_SEARCH_DICTIONARY,
    TEXT_SEARCH_PARSER,
    TEXT_SEARCH_TEMPLATE,
    TRIGGER,
    RULE,
    POLICY,
    COMMENT,
    GRANT,
    OWNER,
    SECURITY_LABEL,
    PUBLICATION,
    SUBSCRIPTION,
    EVENT_TRIGGER,
    FOREIGN_DATA_WRAPPER,
    FOREIGN_SERVER,
    LANGUAGE,
    ACCESS_METHOD,
    ROLE,
    DATABASE,
    TABLESPACE,
    ROW,
    LOCK,
    REVISION;

    /** Returns the kind in lower case with hyphens, for example {@code foreign-key}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
