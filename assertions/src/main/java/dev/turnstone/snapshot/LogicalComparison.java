package dev.turnstone.snapshot;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.SchemaObject;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.View;
import dev.turnstone.snapshot.LogicalDifference.Kind;
import dev.turnstone.snapshot.LogicalRules.Except;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Compares the meaning of two schemas for an application, across dialects.
 *
 * <p>{@code docs/cross-dialect.md} lists the equivalences.
 */
public final class LogicalComparison {

    private final SchemaSnapshot left;
    private final SchemaSnapshot right;
    private final LogicalRules rules;
    private final ExpressionEquivalence expressions;
    private final List<LogicalDifference> found = new ArrayList<>();

    private LogicalComparison(SchemaSnapshot left, SchemaSnapshot right, LogicalRules rules, ExpressionReader reader) {
        this.left = left;
        this.right = right;
        this.rules = rules;
        this.expressions = ExpressionEquivalence.between(left, right, reader);
    }

    /**
     * Compares two schemas.
     *
     * @param left one schema; the names of objects in both schemas are taken from it
     * @param right the other schema
     * @param rules the strictness and the exceptions
     */
    public static LogicalDiff between(SchemaSnapshot left, SchemaSnapshot right, LogicalRules rules) {
        return between(left, right, rules, ExpressionReader.NONE);
    }

    /**
     * Compares two schemas, and their expressions in a database's canonical form.
     *
     * @param left one schema; the names of objects in both schemas are taken from it
     * @param right the other schema
     * @param rules the strictness and the exceptions
     * @param reader reads a database with the schema of PostgreSQL; called once, and only if one of the schemas is
     *     of PostgreSQL
     */
    public static LogicalDiff between(
            SchemaSnapshot left, SchemaSnapshot right, LogicalRules rules, ExpressionReader reader) {
        return new LogicalComparison(left, right, rules, reader).diff();
    }

    private LogicalDiff diff() {
        tables();
        views();
        othersOfBoth();
        othersMissing(left, right);
        othersMissing(right, left);
        found.sort(Comparator.comparing(LogicalDifference::object).thenComparing(LogicalDifference::message));
        List<LogicalDifference> differences = new ArrayList<>();
        List<LogicalDiff.Excepted> excepted = new ArrayList<>();
        Set<Except> used = new HashSet<>();
        for (LogicalDifference difference : found) {
            Optional<Except> by = rules.exceptions().stream()
                    .filter(e -> e.covers(difference.object()))
                    .findFirst();
            if (by.isPresent()) {
                used.add(by.get());
                excepted.add(new LogicalDiff.Excepted(difference, by.get()));
            } else {
                differences.add(difference);
            }
        }
        List<Except> unused =
                rules.exceptions().stream().filter(e -> !used.contains(e)).toList();
        return new LogicalDiff(differences, excepted, unused);
    }

    LogicalRules rules() {
        return rules;
    }

    ExpressionEquivalence expressions() {
        return expressions;
    }

    SchemaSnapshot left() {
        return left;
    }

    SchemaSnapshot right() {
        return right;
    }

    static String title(SchemaSnapshot snapshot) {
        return Dialects.find(snapshot.dialect()).map(Dialect::title).orElse(snapshot.dialect());
    }

    /** Returns whether the snapshot's dialect has a capability; false for a dialect that is not registered. */
    static boolean is(SchemaSnapshot snapshot, Predicate<Dialect> capability) {
        return Dialects.find(snapshot.dialect()).filter(capability).isPresent();
    }

    /** Returns whether the snapshot's dialect has not a capability; false for a dialect that is not registered. */
    static boolean lacks(SchemaSnapshot snapshot, Predicate<Dialect> capability) {
        return is(snapshot, capability.negate());
    }

    /** Records that only {@code has} contains the object. */
    void missing(ObjectId id, SchemaSnapshot has, SchemaSnapshot hasNot, String hint) {
        found.add(new LogicalDifference(
                Kind.MISSING, id, id + " is on " + title(has) + " and not on " + title(hasNot) + hint));
    }

    void noCounterpart(ObjectId id, SchemaSnapshot has, SchemaSnapshot hasNot, String what) {
        found.add(new LogicalDifference(
                Kind.NO_COUNTERPART,
                id,
                id + ": " + what + " of " + title(has) + " has no counterpart on " + title(hasNot)));
    }

    void differs(ObjectId id, String what, String onLeft, String onRight) {
        found.add(new LogicalDifference(
                Kind.DIFFERS,
                id,
                id + ": " + what + " " + onLeft + " on " + title(left) + ", " + onRight + " on " + title(right)));
    }

    private void tables() {
        for (Table table : left.schema().tables()) {
            Optional<Table> other = same(table, right);
            if (other.isPresent()) {
                new TableComparison(this, table, other.get()).compare();
            } else {
                tableMissing(table, left, right);
            }
        }
        for (Table table : right.schema().tables()) {
            if (same(table, left).isEmpty()) {
                tableMissing(table, right, left);
            }
        }
    }

    static Optional<Table> same(Table table, SchemaSnapshot in) {
        return in.schema().tables().stream()
                .filter(t ->
                        t.name().equalsIgnoreCase(table.name()) && t.schema().equals(table.schema()))
                .findFirst();
    }

    private void tableMissing(Table table, SchemaSnapshot has, SchemaSnapshot hasNot) {
        boolean sameDialect = has.dialect().equals(hasNot.dialect());
        if (!sameDialect && table.options().containsKey("partition of")) {
            noCounterpart(table.id(), has, hasNot, "a partition");
        } else if (!sameDialect && table.options().containsKey("virtual")) {
            noCounterpart(table.id(), has, hasNot, "a virtual table");
        } else {
            missing(table.id(), has, hasNot, "");
        }
    }

    private void views() {
        for (View view : left.schema().views()) {
            Optional<View> other = same(view, right);
            if (other.isPresent()) {
                compare(view, other.get());
            } else {
                viewMissing(view, left, right);
            }
        }
        for (View view : right.schema().views()) {
            if (same(view, left).isEmpty()) {
                viewMissing(view, right, left);
            }
        }
    }

    private static Optional<View> same(View view, SchemaSnapshot in) {
        return in.schema().views().stream()
                .filter(v ->
                        v.name().equalsIgnoreCase(view.name()) && v.schema().equals(view.schema()))
                .findFirst();
    }

    private void viewMissing(View view, SchemaSnapshot has, SchemaSnapshot hasNot) {
        if (view.materialized() && lacks(hasNot, Dialect::hasMaterializedViews)) {
            noCounterpart(view.id(), has, hasNot, "a materialized view");
        } else {
            missing(view.id(), has, hasNot, "");
        }
    }

    private void compare(View view, View other) {
        if (!rules.isLenient() && !ExpressionMeaning.of(view.query()).equals(ExpressionMeaning.of(other.query()))) {
            differs(view.id(), "its query is", oneLine(view.query()), oneLine(other.query()));
        }
    }

    static String oneLine(String sql) {
        return "(" + sql.strip().replaceAll("\\s+", " ") + ")";
    }

    /** Compares objects other than tables and views, such as sequences, enums and functions. */
    private void othersOfBoth() {
        Map<ObjectId, SchemaObject> there = right.schema().objects();
        for (SchemaObject object : left.schema().others()) {
            SchemaObject other = there.get(object.id());
            if (other != null && !other.attributes().equals(object.attributes()) && !isImplied(object, left)) {
                differs(object.id(), "it is", object.toString(), other.toString());
            }
        }
    }

    private void othersMissing(SchemaSnapshot has, SchemaSnapshot hasNot) {
        Set<ObjectId> there = hasNot.schema().objects().keySet();
        for (SchemaObject object : has.schema().others()) {
            if (there.contains(object.id()) || isImplied(object, has)) {
                continue;
            }
            if (lacks(hasNot, dialect -> dialect.has(object.id().kind()))) {
                noCounterpart(object.id(), has, hasNot, "such an object");
            } else {
                missing(object.id(), has, hasNot, "");
            }
        }
    }

    /** Returns whether another comparison covers the object. */
    private static boolean isImplied(SchemaObject object, SchemaSnapshot in) {
        ObjectId parent = object.parent();
        return switch (object.id().kind()) {
            // The sequence of a serial column. The identity of the column is compared.
            case SEQUENCE -> parent != null && parent.kind() == ObjectKind.COLUMN;
            // The allowed values of the columns are compared.
            case ENUM ->
                in.schema().tables().stream()
                        .flatMap(t -> t.columns().stream())
                        .anyMatch(c -> c.type().toString().equals(object.id().name()));
            case COLUMN -> true;
            default -> parent != null && in.schema().others().stream().anyMatch(o -> o.id().equals(parent));
        };
    }
}
