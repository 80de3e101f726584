package dev.turnstone.snapshot;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.Trigger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares the meaning of two tables with the same name. */
final class TableComparison {

    private final LogicalComparison all;
    private final Table left;
    private final Table right;

    TableComparison(LogicalComparison all, Table left, Table right) {
        this.all = all;
        this.left = left;
        this.right = right;
    }

    void compare() {
        for (Column column : left.columns()) {
            Column other = same(column, right);
            if (other == null) {
                all.missing(id(ObjectKind.COLUMN, left, column.name()), all.left(), all.right(), "");
            } else {
                new ColumnComparison(all, left, column, right, other).compare();
            }
        }
        for (Column column : right.columns()) {
            if (same(column, left) == null) {
                all.missing(id(ObjectKind.COLUMN, right, column.name()), all.right(), all.left(), "");
            }
        }
        if (all.rules().isStrict()) {
            columnOrder();
        }
        primaryKeys();
        foreignKeys();
        new UniquenessComparison(all, left, right).compare();
        if (!all.rules().isLenient()) {
            checks();
            triggers();
        }
        comments();
    }

    static @Nullable Column same(Column column, Table in) {
        return in.columns().stream()
                .filter(c -> c.name().equalsIgnoreCase(column.name()))
                .findFirst()
                .orElse(null);
    }

    static ObjectId id(ObjectKind kind, Table table, String name) {
        return ObjectId.of(kind, table.schema(), table.name() + "." + name);
    }

    static ObjectId id(ObjectKind kind, Table table, @Nullable String name, List<String> columns) {
        return id(kind, table, name == null ? "(" + String.join(", ", columns) + ")" : name);
    }

    private void columnOrder() {
        List<String> order = left.columns().stream().map(Column::name).toList();
        List<String> otherOrder = right.columns().stream().map(Column::name).toList();
        if (!folded(order).equals(folded(otherOrder))
                && new HashSet<>(folded(order)).equals(new HashSet<>(folded(otherOrder)))) {
            all.differs(
                    left.id(), "the order of its columns is", String.join(", ", order), String.join(", ", otherOrder));
        }
    }

    static List<String> folded(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    private void primaryKeys() {
        PrimaryKey key = left.primaryKey();
        PrimaryKey other = right.primaryKey();
        if (key != null && other != null) {
            if (!folded(key.columns()).equals(folded(other.columns()))) {
                all.differs(
                        id(ObjectKind.PRIMARY_KEY, left, key.name(), key.columns()),
                        "its columns are",
                        String.join(", ", key.columns()),
                        String.join(", ", other.columns()));
            }
        } else if (key != null) {
            all.missing(id(ObjectKind.PRIMARY_KEY, left, key.name(), key.columns()), all.left(), all.right(), "");
        } else if (other != null) {
            all.missing(id(ObjectKind.PRIMARY_KEY, right, other.name(), other.columns()), all.right(), all.left(), "");
        }
    }

    private void foreignKeys() {
        List<ForeignKey> rest = new ArrayList<>(right.foreignKeys());
        List<ForeignKey> unmatched = new ArrayList<>();
        for (ForeignKey key : left.foreignKeys()) {
            ForeignKey other = rest.stream()
                    .filter(k -> folded(k.columns()).equals(folded(key.columns())))
                    .min(Comparator.comparing(k -> !k.referencedTable().equalsIgnoreCase(key.referencedTable())))
                    .orElse(null);
            if (other == null) {
                unmatched.add(key);
            } else {
                rest.remove(other);
                compare(key, other);
            }
        }
        unmatched.forEach(key -> all.missing(foreignKey(left, key), all.left(), all.right(), on(key.columns())));
        rest.forEach(key -> all.missing(foreignKey(right, key), all.right(), all.left(), on(key.columns())));
    }

    static String on(List<String> columns) {
        return " (on " + String.join(", ", columns) + ")";
    }

    private static ObjectId foreignKey(Table table, ForeignKey key) {
        return id(ObjectKind.FOREIGN_KEY, table, key.name(), key.columns());
    }

    private void compare(ForeignKey key, ForeignKey other) {
        ObjectId id = foreignKey(left, key);
        String target = key.referencedTable() + " (" + String.join(", ", key.referencedColumns()) + ")";
        String otherTarget = other.referencedTable() + " (" + String.join(", ", other.referencedColumns()) + ")";
        if (!target.equalsIgnoreCase(otherTarget)) {
            all.differs(id, "it refers to", target, otherTarget);
        }
        for (String action : List.of("on delete", "on update")) {
            String does = key.options().getOrDefault(action, "no action");
            String otherDoes = other.options().getOrDefault(action, "no action");
            if (!does.equals(otherDoes)) {
                all.differs(id, action, does, otherDoes);
            }
        }
        boolean named = key.name() != null && other.name() != null;
        if (all.rules().isStrict() && named && !Objects.equals(key.name(), other.name())) {
            all.differs(id, "its name is", String.valueOf(key.name()), String.valueOf(other.name()));
        }
    }

    private void checks() {
        List<CheckConstraint> rest = new ArrayList<>(right.checks());
        for (CheckConstraint check : left.checks()) {
            CheckConstraint same = rest.stream()
                    .filter(c -> all.expressions().sameCondition(left, check.expression(), right, c.expression()))
                    .findFirst()
                    .orElse(null);
            CheckConstraint alike = same != null
                    ? same
                    : rest.stream()
                            .filter(c -> c.name() != null && c.name().equals(check.name()))
                            .findFirst()
                            .orElse(null);
            if (alike != null) {
                rest.remove(alike);
                if (same == null) {
                    all.differs(
                            check(left, check),
                            "its condition is",
                            LogicalComparison.oneLine(check.expression()),
                            LogicalComparison.oneLine(alike.expression()));
                }
            } else if (!isTypeOf(check, left, all.right(), right)) {
                all.missing(
                        check(left, check),
                        all.left(),
                        all.right(),
                        " " + LogicalComparison.oneLine(check.expression()));
            }
        }
        for (CheckConstraint check : rest) {
            if (!isTypeOf(check, right, all.left(), left)) {
                all.missing(
                        check(right, check),
                        all.right(),
                        all.left(),
                        " " + LogicalComparison.oneLine(check.expression()));
            }
        }
    }

    private static String meaning(CheckConstraint check) {
        return ExpressionMeaning.of(check.expression());
    }

    private static ObjectId check(Table table, CheckConstraint check) {
        return id(ObjectKind.CHECK, table, check.name(), check.columns());
    }

    /** Returns whether the type of the other table's column has the same effect as this check. */
    private static boolean isTypeOf(CheckConstraint check, Table table, SchemaSnapshot other, Table otherTable) {
        for (Column column : table.columns()) {
            Column counterpart = same(column, otherTable);
            if (counterpart == null) {
                continue;
            }
            TypeMeaning type =
                    TypeMeaning.of(other.dialect(), counterpart.type().toString(), other.schema());
            List<String> values = ExpressionMeaning.membership(check.expression(), column.name());
            if (values != null) {
                return !type.allowed().isEmpty()
                        || (type.is(TypeMeaning.Family.BOOLEAN)
                                && Set.of("0", "1").containsAll(values));
            }
            String meaning = meaning(check);
            String name = column.name().toLowerCase(Locale.ROOT);
            if (meaning.startsWith("json_valid " + name) || meaning.startsWith(name + " is null or json_valid")) {
                return type.is(TypeMeaning.Family.JSON);
            }
            if (meaning.equals("length " + name + " <= " + String.join("", type.arguments()))) {
                return true;
            }
        }
        return false;
    }

    private void triggers() {
        missingTriggers(left, all.left(), right, all.right());
        missingTriggers(right, all.right(), left, all.left());
        for (Trigger trigger : left.triggers()) {
            right.triggers().stream()
                    .filter(t -> t.name().equalsIgnoreCase(trigger.name()))
                    .filter(t -> !Objects.equals(
                            t.attributes().get("timing"), trigger.attributes().get("timing")))
                    .forEach(t -> all.differs(
                            id(ObjectKind.TRIGGER, left, trigger.name()),
                            "it runs",
                            String.valueOf(trigger.attributes().get("timing")),
                            String.valueOf(t.attributes().get("timing"))));
        }
    }

    private void missingTriggers(Table table, SchemaSnapshot has, Table otherTable, SchemaSnapshot hasNot) {
        for (Trigger trigger : table.triggers()) {
            if (otherTable.triggers().stream().noneMatch(t -> t.name().equalsIgnoreCase(trigger.name()))) {
                all.missing(id(ObjectKind.TRIGGER, table, trigger.name()), has, hasNot, "");
            }
        }
    }

    private void comments() {
        if (left.comment() != null && LogicalComparison.lacks(all.right(), Dialect::storesComments)) {
            all.noCounterpart(left.id(), all.left(), all.right(), "its comment");
        }
        if (right.comment() != null && LogicalComparison.lacks(all.left(), Dialect::storesComments)) {
            all.noCounterpart(right.id(), all.right(), all.left(), "its comment");
        }
    }
}
