package dev.turnstone.dialect.postgresql;

import dev.turnstone.dialect.Scope;
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
 * The two queries that read a scope: what there is at all, and all of that. The second is a single statement, which has
 * a single snapshot whatever the isolation level.
 *
 * <p>Each part is a SELECT of kind, schema, name, parent's kind, parent's name, and an array of alternating keys and
 * values, which {@link FactList} makes one text, and where a value of NULL says that the default holds; a key that begins with an asterisk has a list without an
 * order of its own. Words in braces are replaced before it is sent; what a server of this version does not have yet is
 * replaced by NULL, and so is {@code when} there are none of some objects; {@code with} them only, something is there.
 */
final class CatalogQuery {

    private static final Map<String, ObjectKind> KINDS =
            Arrays.stream(ObjectKind.values()).collect(Collectors.toMap(ObjectKind::label, Function.identity()));

    private final int serverVersion;
    private final Scope scope;
    private final Rows answer;

    /** What rows a query of objects answers. */
    enum Rows {
        /** All, as they are. */
        ALL,
        /** All, each with the {@link ObjectGroup} that it belongs to. */
        GROUPED,
        /** Those of some groups, which are the query's parameters; see {@link ObjectGroup#picking}. */
        PICKED
    }

    /** @param serverVersion the major version, such as 15 */
    CatalogQuery(int serverVersion, Scope scope) {
        this(serverVersion, scope, Rows.ALL);
    }

    CatalogQuery(int serverVersion, Scope scope, Rows answer) {
        this.serverVersion = serverVersion;
        this.scope = scope;
        this.answer = answer;
    }

    /** Asks what there is at all, one row for each; see {@link Presence}. */
    String presence() {
        return inScope(RelationParts.NAMESPACES + Presence.SQL, Set.of());
    }

    /**
     * Asks for all objects, and once more what there is: between two questions it can have become more.
     *
     * @param present what {@link #presence()} answered
     */
    String objects(Set<String> present) {
        String parts = parts().filter(part -> part.canHaveRows(present))
                .map(part -> FactList.asText(inScope(grouped(part), present)))
                .collect(Collectors.joining("\nUNION ALL\n"));
        if (answer == Rows.PICKED) {
            return inScope(
                    ObjectGroup.picking(RelationParts.NAMESPACES) + ", "
                            + ObjectGroup.onlyPicked(RelationParts.RELATIONS) + parts,
                    present);
        }
        String noticed = "SELECT NULL::text, seen.what, NULL::text, NULL::text, NULL::text, NULL::text FROM ("
                + inScope(Presence.SQL, present) + ") seen(what)\n";
        return inScope(RelationParts.NAMESPACES + ", " + RelationParts.RELATIONS, present)
                + noticed
                + (parts.isEmpty() ? "" : "UNION ALL\n" + parts);
    }

    /** Asks for what belongs to the server; it is little, and always asked for as a whole. */
    String server() {
        return ServerParts.since(serverVersion).stream()
                .map(part -> FactList.asText(inScope(part.sql(), Set.of())))
                .collect(Collectors.joining("\nUNION ALL\n"));
    }

    /** Asks for all objects of every kind. */
    String everything() {
        Set<String> present = parts().flatMap(part -> part.only().stream()).collect(Collectors.toSet());
        present.addAll(Presence.IN_THE_DATABASE);
        return objects(present);
    }

    private String grouped(CatalogPart part) {
        return switch (answer) {
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
        String referenced = answer == Rows.PICKED ? "FALSE" : ConstraintParts.REFERENCED_TABLE_IS_READ;
        String whole = sinceVersions(fragments(sql.replace("{referenced table is read}", referenced), present));
        return onlyWhatThereIs(whole, present)
                .replace("{namespaces in scope}", namespaces(wholeDatabase))
                .replace("{whole database}", wholeDatabase ? "TRUE" : "FALSE")
                .replace("{schema}", PostgresSpelling.literal(scope.schema()));
    }

    /** The condition on {@code pg_namespace n}. */
    static String namespaces(boolean wholeDatabase) {
        return wholeDatabase
                ? "n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', '" + ChangeWatch.SCHEMA + "')"
                : "n.nspname = {schema}";
    }

    private static final Pattern FRAGMENT = Pattern.compile(
            "\\{(not in extension|extensions|switched|privileges|comment|column comment|sequence) ([^{}]*)}");
    private static final Pattern ONLY = Pattern.compile("\\{(when|with) ([a-z-]+): ([^{}]*)}");
    private static final Pattern SINCE = Pattern.compile("\\{since (\\d+): ([^{}]*)}");

    /** Replaces what several parts say in the same words. */
    private String fragments(String sql, Set<String> present) {
        // A language that every database is born with is an extension's.
        boolean extended = present.isEmpty()
                || scope.extent() == Scope.Extent.DATABASE
                || present.contains(Presence.EXTENSION_MEMBERS);
        boolean commented = present.contains(Presence.COMMENTS);
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
                            present.contains(Presence.HELD_BY_EXTENSIONS)
                                    ? EXTENSIONS.formatted(words[0], words[1])
                                    : "NULL";
                        case "switched" ->
                            present.contains(Presence.SWITCHED_TRIGGERS) ? SWITCHED.formatted(words[0]) : "NULL";
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

    /** Leaves out what only objects have of which there are none: each catalog makes a plan longer to begin. */
    private String onlyWhatThereIs(String sql, Set<String> present) {
        return ONLY.matcher(sql).replaceAll(match -> {
            String otherwise = match.group(1).equals("when") ? "NULL" : "";
            return java.util.regex.Matcher.quoteReplacement(
                    thereAre(match.group(2), present) ? match.group(3) : otherwise);
        });
    }

    private boolean thereAre(String what, Set<String> present) {
        return switch (what) {
            case "heirs" -> present.contains(Presence.HEIRS);
            case "partitioned-tables" -> present.contains(Presence.PARTITIONED_TABLES);
            case "not-null-constraints" -> serverVersion >= 18;
            case "identities" -> present.contains(Presence.IDENTITIES);
            case "foreign-tables" -> present.contains(Presence.FOREIGN_TABLES);
            default -> throw new IllegalStateException("Nobody knows whether there are " + what);
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

    /** The privileges, those that everyone starts with, and whose object it is: {@link Privileges} compares them. */
    private static final String PRIVILEGES = """
            CASE WHEN {acl} IS NOT NULL THEN array_to_string({acl}, chr(31)) || chr(30)
                 || array_to_string(acldefault('{type}', {owner}), chr(31)) || chr(30) || pg_get_userbyid({owner}) END""";

    /** What goes with an extension because someone has said so. */
    private static final String EXTENSIONS = """
            (SELECT string_agg(e.extname, ', ' ORDER BY e.extname)
               FROM pg_depend x JOIN pg_extension e ON e.oid = x.refobjid
              WHERE x.classid = '%s'::regclass AND x.objid = %s AND x.refclassid = 'pg_extension'::regclass
                AND x.deptype = 'x')""";

    /** The triggers that enforce a constraint, which can be switched off with those of the user. */
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

    /** @throws VanishedMeanwhileException if there is something that was not there when it was asked what there is */
    static List<CatalogRow> rows(ResultSet result, Set<String> present) throws SQLException {
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
                throw new VanishedMeanwhileException("'" + schema + "' has come");
            }
        }
        return rows;
    }

    private static ObjectKind kind(String label) {
        ObjectKind kind = KINDS.get(label);
        if (kind == null) {
            throw new IllegalStateException("The catalog query answers a kind '" + label + "' that the model has not.");
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
