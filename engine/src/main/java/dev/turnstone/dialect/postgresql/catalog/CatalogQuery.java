package dev.turnstone.dialect.postgresql.catalog;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.postgresql.render.PostgresClauses;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds the two queries that read a scope: the kinds of object that are present, and all objects of these kinds. The
 * second query is a single statement, which has a single snapshot at every isolation level.
 *
 * <p>Each part is a SELECT with these columns: kind, schema, name, the parent's kind, the parent's name, and an array
 * of alternating keys and values. A value of NULL means the default. A key that begins with an asterisk has a list
 * whose order has no meaning. {@link FactList} encodes the array as one text.
 *
 * <p>Text in braces is replaced before the query is sent. A {@code since} expression becomes NULL on a server older
 * than its version. A {@code when} expression becomes NULL, and a {@code with} clause is removed, if the database has
 * no object of the kind that it names.
 */
public final class CatalogQuery {

    /** The schema of the objects that record changes. Snapshots leave it out. */
    public static final String WATCH_SCHEMA = "turnstone_watch";

    private static final Map<String, ObjectKind> KINDS =
            Arrays.stream(ObjectKind.values()).collect(Collectors.toMap(ObjectKind::label, Function.identity()));

    private final int serverVersion;
    private final Scope scope;
    private final Rows kind;

    /** The rows that a query for objects returns. */
    public enum Rows {
        /** All objects. */
        ALL,
        /** All objects, each with its {@link ObjectGroup}. */
        GROUPED,
        /** The objects of the groups that are the query's parameters; see {@link ObjectGroup#picking}. */
        PICKED
    }

    /**
     * Creates the queries for all objects of a scope.
     *
     * @param serverVersion the major version, such as 15
     */
    public CatalogQuery(int serverVersion, Scope scope) {
        this(serverVersion, scope, Rows.ALL);
    }

    public CatalogQuery(int serverVersion, Scope scope, Rows kind) {
        this.serverVersion = serverVersion;
        this.scope = scope;
        this.kind = kind;
    }

    /** Returns the query for the entries of {@link PresentObjectKinds}, one row for each. */
    String presence() {
        return inScope(RelationParts.NAMESPACES + PresentObjectKinds.SQL, Set.of());
    }

    /**
     * Returns the query for all objects and, again, for the entries of {@link PresentObjectKinds}: another session can create an
     * object of a new kind between the two queries.
     *
     * @param present the rows of {@link #presence()}
     */
    public String objects(Set<String> present) {
        String parts = parts().filter(part -> part.canHaveRows(present))
                .map(part -> FactList.asText(inScope(grouped(part), present)))
                .collect(Collectors.joining("\nUNION ALL\n"));
        if (kind == Rows.PICKED) {
            return inScope(
                    ObjectGroup.picking(RelationParts.NAMESPACES) + ", "
                            + ObjectGroup.onlyPicked(RelationParts.RELATIONS) + parts,
                    present);
        }
        String presentAgain = "SELECT NULL::text, seen.what, NULL::text, NULL::text, NULL::text, NULL::text FROM ("
                + inScope(PresentObjectKinds.SQL, present) + ") seen(what)\n";
        return inScope(RelationParts.NAMESPACES + ", " + RelationParts.RELATIONS, present)
                + presentAgain
                + (parts.isEmpty() ? "" : "UNION ALL\n" + parts);
    }

    /** Returns the query for the objects of the server. They are few, and always read as a whole. */
    String server() {
        return ServerParts.since(serverVersion).stream()
                .map(part -> FactList.asText(inScope(part.sql(), Set.of())))
                .collect(Collectors.joining("\nUNION ALL\n"));
    }

    /** Returns the query for all objects of every kind. */
    String everything() {
        Set<String> present = parts().flatMap(part -> part.only().stream()).collect(Collectors.toSet());
        present.addAll(PresentObjectKinds.IN_THE_DATABASE);
        return objects(present);
    }

    private String grouped(CatalogPart part) {
        return switch (kind) {
            case ALL -> part.sql();
            case GROUPED -> ObjectGroup.of(part).noted(part.sql());
            case PICKED -> ObjectGroup.of(part).onlyPickedOf(part.sql());
        };
    }

    private Stream<CatalogPart> parts() {
        boolean wholeDatabase = scope.extent() == Scope.Extent.DATABASE;
        return Stream.of(
                        RelationParts.ALL,
                        ConstraintParts.ALL,
                        IndexParts.ALL,
                        TypeParts.ALL,
                        RoutineParts.ALL,
                        TriggerParts.ALL,
                        OperatorParts.ALL,
                        AccessParts.ALL,
                        wholeDatabase ? DatabaseParts.ALL : List.<CatalogPart>of())
                .flatMap(List::stream);
    }

    private String inScope(String sql, Set<String> present) {
        boolean wholeDatabase = scope.extent() == Scope.Extent.DATABASE;
        String referenced = kind == Rows.PICKED ? "FALSE" : ConstraintParts.REFERENCED_TABLE_IS_READ;
        String whole = sinceVersions(fragments(sql.replace("{referenced table is read}", referenced), present));
        return withoutAbsentKinds(whole, present)
                .replace("{namespaces in scope}", namespaces(wholeDatabase))
                .replace("{whole database}", wholeDatabase ? "TRUE" : "FALSE")
                .replace("{schema}", PostgresClauses.literal(scope.schema()));
    }

    /** Returns the condition on {@code pg_namespace n} that selects the schemas in scope. */
    public static String namespaces(boolean wholeDatabase) {
        return wholeDatabase
                ? "n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', '" + WATCH_SCHEMA + "')"
                : "n.nspname = {schema}";
    }

    private static final Pattern FRAGMENT = Pattern.compile(
            "\\{(not in extension|extensions|switched|privileges|comment|column comment|sequence) ([^{}]*)}");
    private static final Pattern ONLY = Pattern.compile("\\{(when|with) ([a-z-]+): ([^{}]*)}");
    private static final Pattern SINCE = Pattern.compile("\\{since (\\d+): ([^{}]*)}");

    /** Expands the fragments that several parts share. */
    private String fragments(String sql, Set<String> present) {
        // The languages that every new database has belong to an extension.
        boolean extended = present.isEmpty()
                || scope.extent() == Scope.Extent.DATABASE
                || present.contains(PresentObjectKinds.EXTENSION_MEMBERS);
        boolean commented = present.contains(PresentObjectKinds.COMMENTS);
        return FRAGMENT.matcher(sql).replaceAll(match -> {
            String[] words = match.group(2).split(" ", -1);
            String fragment =
                    switch (match.group(1)) {
                        case "not in extension" -> extended ? NOT_IN_EXTENSION.formatted(words[0], words[1]) : "TRUE";
                        case "comment" ->
                            commented || words[0].equals("pg_namespace")
                                    ? COMMENT.formatted(words[0], words[1])
                                    : "NULL";
                        case "column comment" ->
                            commented ? "col_description(" + words[0] + ", " + words[1] + ")" : "NULL";
                        case "extensions" ->
                            present.contains(PresentObjectKinds.HELD_BY_EXTENSIONS)
                                    ? EXTENSIONS.formatted(words[0], words[1])
                                    : "NULL";
                        case "switched" ->
                            present.contains(PresentObjectKinds.SWITCHED_TRIGGERS) ? SWITCHED.formatted(words[0]) : "NULL";
                        case "privileges" ->
                            PRIVILEGES
                                    .replace("{type}", words[0])
                                    .replace("{acl}", words[1])
                                    .replace("{owner}", words[2]);
                        default ->
                            RelationParts.SEQUENCE_OPTIONS
                                    .replace("{s}", words[0])
                                    .replace("{prefix}", words.length > 1 ? words[1] + " " : "");
                    };
            return java.util.regex.Matcher.quoteReplacement(fragment);
        });
    }

    /**
     * Removes the expressions and joins that only absent kinds of object need: each catalog makes the plan longer to
     * start.
     */
    private String withoutAbsentKinds(String sql, Set<String> present) {
        return ONLY.matcher(sql).replaceAll(match -> {
            String otherwise = match.group(1).equals("when") ? "NULL" : "";
            return java.util.regex.Matcher.quoteReplacement(
                    isPresent(match.group(2), present) ? match.group(3) : otherwise);
        });
    }

    private boolean isPresent(String what, Set<String> present) {
        return switch (what) {
            case "inherited-tables" -> present.contains(PresentObjectKinds.INHERITED_TABLES);
            case "partitioned-tables" -> present.contains(PresentObjectKinds.PARTITIONED_TABLES);
            case "not-null-constraints" -> serverVersion >= 18;
            case "identities" -> present.contains(PresentObjectKinds.IDENTITIES);
            case "foreign-tables" -> present.contains(PresentObjectKinds.FOREIGN_TABLES);
            default -> throw new IllegalStateException("Unknown condition in a catalog query: " + what);
        };
    }

    private String sinceVersions(String sql) {
        return SINCE.matcher(sql)
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(
                        serverVersion >= Integer.parseInt(match.group(1)) ? match.group(2) : "NULL"));
    }

    private static final String NOT_IN_EXTENSION = """
            NOT EXISTS (SELECT FROM pg_depend e
                         WHERE e.classid = '%s'::regclass AND e.objid = %s AND e.deptype = 'e')""";

    /** The privileges, the default privileges and the owner; {@link Privileges} compares them. */
    private static final String PRIVILEGES = """
            CASE WHEN {acl} IS NOT NULL THEN array_to_string({acl}, chr(31)) || chr(30)
                 || array_to_string(acldefault('{type}', {owner}), chr(31)) || chr(30) || pg_get_userbyid({owner}) END""";

    /** The extensions on which an object was declared to depend. */
    private static final String EXTENSIONS = """
            (SELECT string_agg(e.extname, ', ' ORDER BY e.extname)
               FROM pg_depend x JOIN pg_extension e ON e.oid = x.refobjid
              WHERE x.classid = '%s'::regclass AND x.objid = %s AND x.refclassid = 'pg_extension'::regclass
                AND x.deptype = 'x')""";

    /** The triggers that enforce a constraint. The user can disable them like other triggers. */
    private static final String SWITCHED = """
            (SELECT string_agg(DISTINCT CASE g.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' ELSE 'always' END
                                        || ' on ' || c.relname, ', ')
               FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
              WHERE g.tgconstraint = %s AND g.tgisinternal AND g.tgenabled <> 'O')""";

    private static final String COMMENT = """
            (SELECT description FROM pg_description
              WHERE objoid = %2$s AND classoid = '%1$s'::regclass AND objsubid = 0)""";

    static Set<String> present(ResultSet result) throws SQLException {
        Set<String> present = new HashSet<>();
        while (result.next()) {
            present.add(result.getString(1));
        }
        return present;
    }

    /**
     * Reads the rows of {@link #objects}.
     *
     * @throws ConcurrentChangeException if an object of a kind has appeared that was absent from {@code present}
     */
    public static List<CatalogRow> rows(ResultSet result, Set<String> present) throws SQLException {
        List<CatalogRow> rows = new ArrayList<>();
        while (result.next()) {
            String kind = result.getString(1);
            String schema = result.getString(2);
            if (kind != null) {
                rows.add(new CatalogRow(
                        kind(kind),
                        schema,
                        result.getString(3),
                        parent(result.getString(4), schema, result.getString(5)),
                        facts(result.getString(6))));
            } else if (!present.contains(schema)) {
                throw new ConcurrentChangeException("'" + schema + "' appeared during the read");
            }
        }
        return rows;
    }

    private static ObjectKind kind(String label) {
        ObjectKind kind = KINDS.get(label);
        if (kind == null) {
            throw new IllegalStateException(
                    "The catalog query returned the kind '" + label + "', which the schema model does not define.");
        }
        return kind;
    }

    private static @Nullable ObjectId parent(@Nullable String kind, String schema, @Nullable String name) {
        if (kind != null && name != null) {
            return ObjectId.of(kind(kind), schema, name);
        }
        return schema.isEmpty() ? null : ObjectId.of(ObjectKind.SCHEMA, schema);
    }

    private static Map<String, String> facts(String text) {
        Map<String, String> facts = new HashMap<>();
        FactList.parse(text).forEach((key, value) -> {
            if (key.startsWith("*")) {
                putSorted(facts, key.substring(1), value);
            } else {
                facts.put(key, value);
            }
        });
        return facts;
    }

    private static void putSorted(Map<String, String> facts, String key, String list) {
        if (!list.isEmpty()) {
            facts.put(
                    key,
                    Arrays.stream(list.split(CatalogRow.SEPARATOR, -1)).sorted().collect(Collectors.joining(", ")));
        }
    }
}
