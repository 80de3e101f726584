package dev.turnstone.dialect.postgresql.catalog;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A SELECT that returns one row for each object: its kind, schema and name, the kind and name of its parent, and its
 * facts.
 *
 * <p>The parts of the catalog query have different facts, and a UNION needs equal columns. Therefore the facts are one
 * text column, {@code key=value} for each fact that is not null. A fact of NULL means the default. A key that begins
 * with an asterisk has a list whose order has no meaning.
 */
final class ObjectSelect {

    /** No definition contains it by accident. */
    private static final Pattern SEPARATOR = Pattern.compile("\u0001\u001e\u0001", Pattern.LITERAL);

    private static final String SEPARATOR_SQL = "chr(1) || chr(30) || chr(1)";

    private final String kind;
    private final String schema;
    private final String name;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private String parentKind = "NULL";
    private String parentName = "NULL";
    private ObjectGroup group = ObjectGroup.BESIDE;
    private String groupOid = "";
    private String from = "";

    private ObjectSelect(String kind, String schema, String name) {
        this.kind = kind;
        this.schema = schema;
        this.name = name;
    }

    /**
     * Creates a SELECT from SQL expressions.
     *
     * @param kind the label of the {@link dev.turnstone.schema.ObjectKind}
     * @param schema the schema, empty for the schema that is read
     */
    static ObjectSelect of(String kind, String schema, String name) {
        return new ObjectSelect(kind, schema, name);
    }

    /** Sets the expressions for the parent of an object that is no direct member of its schema. */
    ObjectSelect parent(String kindOfParent, String nameOfParent) {
        parentKind = kindOfParent;
        parentName = nameOfParent;
        return this;
    }

    /** Sets the group of a kind that exists once. The default is {@link ObjectGroup#BESIDE}. */
    ObjectSelect group(ObjectGroup single) {
        return group(single, "");
    }

    /**
     * Sets the group to which the objects belong.
     *
     * @param oid the expression for the OID that identifies the group
     */
    ObjectSelect group(ObjectGroup ofObjects, String oid) {
        group = ofObjects;
        groupOid = oid;
        return this;
    }

    /**
     * Adds a fact.
     *
     * @param expression the SQL expression for its value; the SELECT leaves the fact out if it is {@code NULL}
     */
    ObjectSelect fact(String key, String expression) {
        if (!expression.equals("NULL")) {
            facts.put(key, expression);
        }
        return this;
    }

    /** Adds a fact that is {@code yes} if a condition is true, and null otherwise. */
    ObjectSelect flag(String key, String condition) {
        return fact(key, "CASE WHEN " + condition + " THEN 'yes' END");
    }

    /** Adds the name of the owner, unless it is the default owner. Both are expressions for the OID of a role. */
    ObjectSelect owner(String owner, String defaultOwner) {
        return fact(
                ".owner",
                "CASE WHEN " + owner + " <> " + defaultOwner + " THEN pg_get_userbyid(" + owner + ")::text END");
    }

    /** Adds facts that several SELECTs share. */
    ObjectSelect and(Consumer<ObjectSelect> shared) {
        shared.accept(this);
        return this;
    }

    /** Sets the text after FROM, including the WHERE clause. */
    ObjectSelect from(String relations) {
        from = relations;
        return this;
    }

    /** Returns the text of the SELECT. */
    String sql(CatalogQuery.Rows rows) {
        StringBuilder sql = new StringBuilder("SELECT ")
                .append(String.join(", ", kind, schema, name, parentKind, parentName))
                .append(",\nconcat_ws(")
                .append(SEPARATOR_SQL);
        if (rows != CatalogQuery.Rows.ALL) {
            append(sql, ObjectGroup.FACT, group.keySql(groupOid));
        }
        facts.forEach((key, expression) -> append(sql, key, expression));
        sql.append(")\nFROM ").append(from);
        if (rows == CatalogQuery.Rows.PICKED) {
            sql.append(group.pickedCondition(groupOid));
        }
        return sql.append('\n').toString();
    }

    private static void append(StringBuilder sql, String key, String expression) {
        sql.append(",\n'").append(key).append("=' || (").append(expression).append(')');
    }

    /** Parses the text column of facts. */
    static Map<String, String> parseFacts(String text) {
        Map<String, String> facts = new HashMap<>();
        if (text.isEmpty()) {
            return facts;
        }
        for (String fact : SEPARATOR.split(text, -1)) {
            int equals = fact.indexOf('=');
            facts.put(fact.substring(0, equals), fact.substring(equals + 1));
        }
        return facts;
    }
}
