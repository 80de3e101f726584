package dev.turnstone.scenario.policy;

import dev.turnstone.scenario.ObservedChange;
import dev.turnstone.schema.Difference;
import dev.turnstone.schema.Difference.AttributeChange;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.SchemaObject;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the changes that break an application that was written for the previous schema: an object that the application
 * names is removed, or a row that it writes is now refused. The kinds of changes are those that strong_migrations and
 * squawk check. These tools analyse statements; this class analyses the resulting differences in the schema.
 */
final class RemovedObjects {

    /** The kinds of objects that an application names in its statements or depends on. */
    private static final Set<ObjectKind> USED = EnumSet.of(
            ObjectKind.SCHEMA,
            ObjectKind.EXTENSION,
            ObjectKind.ENUM,
            ObjectKind.DOMAIN,
            ObjectKind.TYPE,
            ObjectKind.SEQUENCE,
            ObjectKind.TABLE,
            ObjectKind.COLUMN,
            ObjectKind.VIEW,
            ObjectKind.MATERIALIZED_VIEW,
            ObjectKind.FUNCTION,
            ObjectKind.PROCEDURE,
            ObjectKind.AGGREGATE,
            ObjectKind.OPERATOR,
            ObjectKind.GRANT);

    /** The kinds of objects that can cause the database to refuse a row. */
    private static final Set<ObjectKind> CONSTRAINTS = EnumSet.of(
            ObjectKind.PRIMARY_KEY, ObjectKind.UNIQUE, ObjectKind.CHECK, ObjectKind.EXCLUSION, ObjectKind.FOREIGN_KEY);

    private static final Pattern LENGTH = Pattern.compile("(.*?)(?:\\((\\d{1,9})\\))?", Pattern.CASE_INSENSITIVE);
    private static final Set<String> TEXTS = Set.of("varchar", "character varying", "text");

    private final ObservedChange change;

    RemovedObjects(ObservedChange change) {
        this.change = change;
    }

    /** Returns the differences that break an application of the previous schema. */
    List<Difference> differences() {
        return change.differences().stream().filter(this::takesAway).toList();
    }

    private boolean takesAway(Difference difference) {
        SchemaObject object = difference.object();
        if (difference instanceof Difference.Removed) {
            return USED.contains(object.id().kind()) || isNeededDefault(object);
        }
        if (difference instanceof Difference.Added) {
            return isRequiredColumn(object)
                    || (refusesRows(object) && !isOfNewColumns(object) && !isInPlaceOfOne(object));
        }
        return difference instanceof Difference.Changed changed
                && changed.changes().stream().anyMatch(one -> narrows(changed.object(), one));
    }

    /** Returns whether an INSERT must name the column of a removed default, because the column is NOT NULL. */
    private boolean isNeededDefault(SchemaObject object) {
        return object.id().kind() == ObjectKind.DEFAULT
                && column(object.parent()).filter(RemovedObjects::mustBeGiven).isPresent();
    }

    private Optional<SchemaObject> column(@Nullable ObjectId id) {
        return id == null
                ? Optional.empty()
                : Optional.ofNullable(change.after().get(id));
    }

    private static boolean mustBeGiven(SchemaObject column) {
        Map<String, String> attributes = column.attributes();
        return "no".equals(attributes.get("nullable"))
                && !attributes.containsKey("identity")
                && !attributes.containsKey("generated");
    }

    private boolean isRequiredColumn(SchemaObject object) {
        ObjectId id = object.id();
        return id.kind() == ObjectKind.COLUMN
                && mustBeGiven(object)
                && !change.after().containsKey(ObjectId.of(ObjectKind.DEFAULT, id.schema(), id.name()));
    }

    private static boolean refusesRows(SchemaObject object) {
        return CONSTRAINTS.contains(object.id().kind())
                || (object.id().kind() == ObjectKind.INDEX
                        && "yes".equals(object.attributes().get("unique")));
    }

    /**
     * Returns whether a constraint covers new columns only. An application that does not know these columns leaves them
     * at their defaults, and a row with the defaults must satisfy the constraint.
     */
    private boolean isOfNewColumns(SchemaObject constraint) {
        List<String> columns = columns(constraint);
        ObjectId table = constraint.parent();
        return table != null
                && !columns.isEmpty()
                && columns.stream()
                        .map(column -> ObjectId.of(ObjectKind.COLUMN, table.schema(), table.name() + "." + column))
                        .allMatch(column -> change.after().containsKey(column) && !change.had(column));
    }

    private List<String> columns(SchemaObject constraint) {
        Map<String, String> attributes = constraint.attributes();
        String columns = attributes.getOrDefault("columns", attributes.get("keys"));
        return columns == null
                ? columnsNamedIn(constraint)
                : Arrays.stream(columns.split(", "))
                        .map(key -> key.split(" ", 2)[0])
                        .toList();
    }

    /** Returns the columns that the expression of a constraint names. A check constraint does not list its columns. */
    private List<String> columnsNamedIn(SchemaObject constraint) {
        ObjectId table = constraint.parent();
        String expression = constraint.attributes().getOrDefault("expression", "");
        return change.after().values().stream()
                .filter(object -> object.id().kind() == ObjectKind.COLUMN
                        && object.id().schema().equals(schema(table)))
                .filter(object -> object.parent() != null && object.parent().equals(table))
                .map(object -> object.id().name().substring(object.id().name().indexOf('.') + 1))
                .filter(column -> Pattern.compile("(?<![\\w$])" + Pattern.quote(column) + "(?![\\w$])")
                        .matcher(expression)
                        .find())
                .toList();
    }

    private static String schema(@Nullable ObjectId table) {
        return table == null ? "" : table.schema();
    }

    /**
     * Returns whether a constraint of the same kind was removed from the table. It is not known whether the new
     * constraint refuses more rows than the removed one.
     */
    private boolean isInPlaceOfOne(SchemaObject constraint) {
        return change.differences().stream()
                .filter(Difference.Removed.class::isInstance)
                .map(Difference::object)
                .anyMatch(gone -> gone.id().kind() == constraint.id().kind()
                        && gone.parent() != null
                        && gone.parent().equals(constraint.parent()));
    }

    private static boolean narrows(SchemaObject object, AttributeChange one) {
        return switch (object.id().kind()) {
            case COLUMN, DOMAIN ->
                switch (one.attribute()) {
                    case "type" -> !isWider(one.before(), one.after());
                    case "nullable" -> "no".equals(one.after());
                    case "generated" -> one.after() != null;
                    case "identity" -> one.after() == null || one.after().equals("always");
                    default -> false;
                };
            case ENUM ->
                one.attribute().equals("values") && !values(one.after()).containsAll(values(one.before()));
            case FUNCTION, PROCEDURE, AGGREGATE -> one.attribute().equals("returns");
            default -> false;
        };
    }

    private static List<String> values(@Nullable String list) {
        return list == null ? List.of() : Arrays.asList(list.split("(?<='), (?=')"));
    }

    /**
     * Returns whether all texts of one type fit into another type. All other type changes count as narrowing, because
     * the application may not be able to read a number of the new type even if the number fits.
     */
    private static boolean isWider(@Nullable String before, @Nullable String after) {
        if (before == null || after == null) {
            return false;
        }
        Matcher old = LENGTH.matcher(before);
        Matcher now = LENGTH.matcher(after);
        return old.matches()
                && now.matches()
                && TEXTS.contains(old.group(1).toLowerCase(Locale.ROOT))
                && TEXTS.contains(now.group(1).toLowerCase(Locale.ROOT))
                && (now.group(2) == null
                        || (old.group(2) != null && Integer.parseInt(old.group(2)) <= Integer.parseInt(now.group(2))));
    }
}
