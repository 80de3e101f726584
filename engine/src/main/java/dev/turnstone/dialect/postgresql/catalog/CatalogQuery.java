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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds the two queries that read a scope: the kinds of object that are present, and all objects of these kinds. The
 * second query is a single statement, which has a single snapshot at every isolation level.
 *
 * <p>Each {@link CatalogPart} composes one SELECT. The query is their union, without the parts that can have no rows.
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
        /** The objects of the groups that are the query's parameters; see {@link ObjectGroup#pickedParameters}. */
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
        return "WITH " + RelationParts.namespaces(context(Set.of())) + PresentObjectKinds.SQL;
    }

    /**
     * Returns the query for all objects and, again, for the entries of {@link PresentObjectKinds}: another session can
     * create an object of a new kind between the two queries.
     *
     * @param present the rows of {@link #presence()}
     */
    public String objects(Set<String> present) {
        CatalogContext context = context(present);
        List<String> selects = new ArrayList<>();
        if (kind != Rows.PICKED) {
            selects.add("SELECT NULL::text, seen.what, NULL::text, NULL::text, NULL::text, NULL::text FROM ("
                    + PresentObjectKinds.SQL + ") seen(what)\n");
        }
        parts().filter(part -> part.canHaveRows(present))
                .forEach(part -> selects.add(part.select().apply(context).sql(kind)));
        return "WITH "
                + (kind == Rows.PICKED ? ObjectGroup.pickedParameters() + ",\n" : "")
                + RelationParts.namespaces(context)
                + ", "
                + RelationParts.relations(context)
                + String.join("\nUNION ALL\n", selects);
    }

    /** Returns the query for the objects of the server. They are few, and always read as a whole. */
    String server() {
        CatalogContext context = context(Set.of());
        return Stream.concat(
                        ServerParts.ALL.stream(),
                        serverVersion >= 15 ? Stream.of(ServerParts.SINCE_15) : Stream.empty())
                .map(part -> part.select().apply(context).sql(Rows.ALL))
                .collect(Collectors.joining("\nUNION ALL\n"));
    }

    /** Returns the query for all objects of every kind. */
    String everything() {
        Set<String> present = parts().flatMap(part -> part.only().stream()).collect(Collectors.toSet());
        present.addAll(PresentObjectKinds.IN_THE_DATABASE);
        return objects(present);
    }

    private CatalogContext context(Set<String> present) {
        return new CatalogContext(serverVersion, scope, present, kind);
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

    /** Returns the condition on {@code pg_namespace n} that selects the schemas in scope. */
    public static String namespaces(Scope scope) {
        return scope.extent() == Scope.Extent.DATABASE
                ? "n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', '" + WATCH_SCHEMA + "')"
                : "n.nspname = " + PostgresClauses.literal(scope.schema());
    }

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
     * @throws ReadRetry.ConcurrentChangeException if an object of a kind has appeared that was absent from {@code present}
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
                throw new ReadRetry.ConcurrentChangeException("'" + schema + "' appeared during the read");
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
        ObjectSelect.parseFacts(text).forEach((key, value) -> {
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
