package dev.turnstone.dialect.postgresql.catalog;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.postgresql.render.PostgresClauses;
import java.util.Set;

/**
 * The server, the scope and the present kinds of object for which a catalog query is composed. The methods return SQL
 * fragments that depend on them.
 *
 * <p>Each catalog makes the plan longer to start. Therefore a query leaves out the expressions and joins that only
 * absent kinds of object need.
 *
 * @param serverVersion the major version, such as 15
 * @param present the entries of {@link PresentObjectKinds} that are present; empty if they are not known yet
 * @param rows the rows that the query returns
 */
record CatalogContext(int serverVersion, Scope scope, Set<String> present, CatalogQuery.Rows rows) {

    /** Returns the name of the schema that is read, as a literal. */
    String schema() {
        return PostgresClauses.literal(scope.schema());
    }

    /** Returns the condition that the whole database is in scope. */
    String wholeDatabase() {
        return scope.extent() == Scope.Extent.DATABASE ? "TRUE" : "FALSE";
    }

    /** Returns an expression, or {@code NULL} if the server is older than a major version. */
    String since(int version, String expression) {
        return serverVersion >= version ? expression : "NULL";
    }

    /** Returns a clause, or nothing if the server is older than a major version. */
    String clauseSince(int version, String clause) {
        return serverVersion >= version ? clause : "";
    }

    /** Returns an expression, or {@code NULL} if an entry of {@link PresentObjectKinds} is absent. */
    String valueIf(String entry, String expression) {
        return present.contains(entry) ? expression : "NULL";
    }

    /** Returns a clause, or nothing if an entry of {@link PresentObjectKinds} is absent. */
    String clauseIf(String entry, String clause) {
        return present.contains(entry) ? clause : "";
    }

    /** Returns the condition that an object is no member of an extension. */
    String notInExtension(String catalog, String oid) {
        // The languages that every new database has belong to an extension.
        boolean needed = present.isEmpty()
                || scope.extent() == Scope.Extent.DATABASE
                || present.contains(PresentObjectKinds.EXTENSION_MEMBERS);
        return needed ? """
                NOT EXISTS (SELECT FROM pg_depend e
                             WHERE e.classid = '%s'::regclass AND e.objid = %s AND e.deptype = 'e')""".formatted(catalog, oid) : "TRUE";
    }

    /** Returns the comment on an object. */
    String comment(String catalog, String oid) {
        return present.contains(PresentObjectKinds.COMMENTS) || catalog.equals("pg_namespace")
                ? """
                (SELECT description FROM pg_description
                  WHERE objoid = %s AND classoid = '%s'::regclass AND objsubid = 0)""".formatted(oid, catalog)
                : "NULL";
    }

    /** Returns the comment on a column. */
    String columnComment(String relation, String number) {
        return valueIf(PresentObjectKinds.COMMENTS, "col_description(" + relation + ", " + number + ")");
    }

    /** Returns the extensions on which an object was declared to depend. */
    String extensions(String catalog, String oid) {
        return valueIf(PresentObjectKinds.HELD_BY_EXTENSIONS, """
                (SELECT string_agg(e.extname, ', ' ORDER BY e.extname)
                   FROM pg_depend x JOIN pg_extension e ON e.oid = x.refobjid
                  WHERE x.classid = '%s'::regclass AND x.objid = %s AND x.refclassid = 'pg_extension'::regclass
                    AND x.deptype = 'x')""".formatted(catalog, oid));
    }

    /** Returns the state of the triggers that enforce a constraint. The user can disable them like other triggers. */
    String nonDefaultTriggers(String constraint) {
        return valueIf(PresentObjectKinds.SWITCHED_TRIGGERS, """
                (SELECT string_agg(DISTINCT CASE g.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' ELSE 'always' END
                                            || ' on ' || c.relname, ', ')
                   FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
                  WHERE g.tgconstraint = %s AND g.tgisinternal AND g.tgenabled <> 'O')""".formatted(constraint));
    }
}
