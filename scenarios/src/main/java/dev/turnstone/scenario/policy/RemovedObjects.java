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
 * Tells which changes take something away from an application that was written for the schema before: what it names is
 * gone, or what it writes is refused now. The tables of strong_migrations and squawk are the check-list; they look at
 * statements, and this at what has come of them.
 */
final class RemovedObjects {

    /** What an application names in its statements, or works by, and misses when it is gone. */
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

    /** What refuses rows. */
    private static final Set<ObjectKind> CONSTRAINTS = EnumSet.of(
            ObjectKind.PRIMARY_KEY, ObjectKind.UNIQUE, ObjectKind.CHECK, ObjectKind.EXCLUSION, ObjectKind.FOREIGN_KEY);

    private static final Pattern LENGTH = Pattern.compile("(.*?)(?:\\((\\d{1,9})\\))?", Pattern.CASE_INSENSITIVE);
    private static final Set<String> TEXTS = Set.of("varchar", "character varying", "text");

    private final ObservedChange change;

    RemovedObjects(ObservedChange change) {
        this.change = change;
    }

    /** The differences that take something away. */
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

    /** Without its default a column that is never NULL has to be named in every INSERT. */
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

    /** An application that does not know the columns leaves them at their defaults, which a row of its own has to pass. */
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

    /** A check does not list its columns; its expression names them. */
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

    /** Whether another one of its kind went: whether it refuses more than that one cannot be told. */
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
     * Whether all texts of one type fit into another. Of all other changes it is taken that they do not: a number that fits
     * may be one that the application cannot read.
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
