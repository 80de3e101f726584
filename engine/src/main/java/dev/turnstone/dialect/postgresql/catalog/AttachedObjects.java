package dev.turnstone.dialect.postgresql.catalog;

import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.SchemaObject;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Derives the comment, owner and privileges of an object as schema objects of their own. */
final class AttachedObjects {

    /** Kinds whose comment is a component of the model's record. */
    private static final Set<ObjectKind> COMMENT_KEPT_BY_MODEL =
            EnumSet.of(ObjectKind.TABLE, ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW);

    private AttachedObjects() {}

    static Stream<SchemaObject> of(CatalogRow row, ObjectId on) {
        boolean commentKept = COMMENT_KEPT_BY_MODEL.contains(row.kind())
                || (row.kind() == ObjectKind.COLUMN
                        && row.parent() != null
                        && row.parent().kind() == ObjectKind.TABLE);
        String comment = commentKept ? null : row.fact(".comment");
        String owner = row.fact(".owner");
        SortedMap<String, String> grants = Privileges.of(row.fact(".grants"));
        return Stream.of(
                        comment == null
                                ? null
                                : attached(
                                        ObjectKind.COMMENT,
                                        on,
                                        Map.of("on", on.kind().label(), "text", comment)),
                        owner == null
                                ? null
                                : attached(
                                        ObjectKind.OWNER,
                                        on,
                                        Map.of("on", on.kind().label(), "role", owner)),
                        grants.isEmpty() ? null : attached(ObjectKind.GRANT, on, withKind(grants, on)))
                .flatMap(Stream::ofNullable);
    }

    private static SortedMap<String, String> withKind(SortedMap<String, String> grants, ObjectId on) {
        SortedMap<String, String> attributes = new TreeMap<>(grants);
        attributes.put("on", on.kind().label());
        return attributes;
    }

    private static SchemaObject attached(ObjectKind kind, ObjectId on, Map<String, String> attributes) {
        ObjectId id = new ObjectId(kind, on.schema(), on.name(), namespace(on.kind()));
        return SchemaObject.of(id, on, attributes);
    }

    /**
     * Distinguishes objects of different kinds that share a name. A table and an enum can share a name, and so can a
     * column, a trigger and a constraint of one table.
     */
    private static int namespace(ObjectKind kind) {
        return switch (kind) {
            case INDEX, SEQUENCE, TRIGGER -> 2;
            case ENUM, DOMAIN, TYPE, PRIMARY_KEY, UNIQUE, CHECK, EXCLUSION, FOREIGN_KEY -> 3;
            case STATISTICS, POLICY -> 4;
            case RULE, COLLATION -> 5;
            case CONVERSION -> 6;
            case TEXT_SEARCH_CONFIGURATION -> 7;
            case TEXT_SEARCH_DICTIONARY -> 8;
            case TEXT_SEARCH_PARSER -> 9;
            case TEXT_SEARCH_TEMPLATE -> 10;
            case SCHEMA -> 11;
            case EXTENSION -> 12;
            case EVENT_TRIGGER -> 13;
            case PUBLICATION -> 14;
            case FOREIGN_DATA_WRAPPER -> 15;
            case FOREIGN_SERVER -> 16;
            case LANGUAGE -> 17;
            case ACCESS_METHOD -> 18;
            case SUBSCRIPTION -> 19;
            case ROLE -> 20;
            case DATABASE -> 21;
            case TABLESPACE -> 22;
            default -> 1;
        };
    }
}
