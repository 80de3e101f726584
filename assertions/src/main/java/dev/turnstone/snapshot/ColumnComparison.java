package dev.turnstone.snapshot;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Table;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares the meaning of two columns with the same name. */
final class ColumnComparison {

    private final LogicalComparison all;
    private final Table leftTable;
    private final Column left;
    private final Table rightTable;
    private final Column right;
    private final ObjectId id;
    private final TypeMeaning leftType;
    private final TypeMeaning rightType;

    ColumnComparison(LogicalComparison all, Table leftTable, Column left, Table rightTable, Column right) {
        this.all = all;
        this.leftTable = leftTable;
        this.left = left;
        this.rightTable = rightTable;
        this.right = right;
        this.id = TableComparison.id(ObjectKind.COLUMN, leftTable, left.name());
        this.leftType = TypeMeaning.of(
                all.left().dialect(), left.type().toString(), all.left().schema());
        this.rightType = TypeMeaning.of(
                all.right().dialect(), right.type().toString(), all.right().schema());
    }

    void compare() {
        types();
        nullability();
        if (!all.rules().isLenient()) {
            values();
            identity();
            defaults();
            generation();
            collation();
        }
    }

    private void types() {
        if (leftType.spelling().equalsIgnoreCase(rightType.spelling())) {
            return;
        }
        if (!leftType.hasCounterpart()) {
            all.noCounterpart(id, all.left(), all.right(), "the type " + named(leftType) + typeBeside(rightType));
            return;
        }
        if (!rightType.hasCounterpart()) {
            all.noCounterpart(id, all.right(), all.left(), "the type " + named(rightType) + typeBeside(leftType));
            return;
        }
        boolean fit = all.rules().isLenient() ? leftType.holdsLoosely(rightType) : leftType.meets(rightType);
        boolean strictly = !all.rules().isStrict() || width(leftType).equals(width(rightType));
        boolean lengths = all.rules().isLenient() || !leftType.contradictsLengthOf(rightType);
        if (!fit || !lengths || !strictly) {
            all.differs(id, "its type is", named(leftType), named(rightType));
        }
    }

    private static String typeBeside(TypeMeaning other) {
        return ", compared with " + named(other) + ",";
    }

    /** Returns the width of an integer, or whether a time has a zone, if the type states it. */
    private static String width(TypeMeaning type) {
        String spelling = type.spelling().toLowerCase(Locale.ROOT);
        if (type.is(TypeMeaning.Family.INTEGER)) {
            return spelling.contains("big") ? "64" : spelling.contains("small") ? "16" : "32";
        }
        boolean ofTime = type.families()
                .equals(EnumSet.of(TypeMeaning.Family.TIMESTAMP, TypeMeaning.Family.TIMESTAMP_WITH_ZONE));
        return (ofTime || type.is(TypeMeaning.Family.TIMESTAMP_WITH_ZONE)) && spelling.startsWith("timestamp")
                ? String.valueOf(spelling.contains("with time zone"))
                : "";
    }

    private static String named(TypeMeaning type) {
        return type.spelling().isEmpty() ? "none" : type.spelling();
    }

    private void nullability() {
        boolean onLeft = mayBeNull(leftTable, left);
        boolean onRight = mayBeNull(rightTable, right);
        if (onLeft != onRight) {
            all.differs(id, "it is", onLeft ? "nullable" : "not null", onRight ? "nullable" : "not null");
        }
    }

    private boolean mayBeNull(Table table, Column column) {
        PrimaryKey key = table.primaryKey();
        boolean inKey = key != null && key.columns().contains(column.name());
        // SQLite accepts NULL in most primary keys, which is almost never intended.
        return column.nullable() && (!inKey || (all.rules().isStrict() && !isRowId(table, column)));
    }

    private void values() {
        if (leftType.allowed().isEmpty() == rightType.allowed().isEmpty()) {
            if (!new HashSet<>(leftType.allowed()).equals(new HashSet<>(rightType.allowed()))) {
                all.differs(
                        id,
                        "it accepts",
                        leftType.allowed().toString(),
                        rightType.allowed().toString());
            }
            return;
        }
        boolean enumOnLeft = !leftType.allowed().isEmpty();
        List<String> wanted = enumOnLeft ? leftType.allowed() : rightType.allowed();
        List<String> checked = checkedValues(enumOnLeft ? rightTable : leftTable, enumOnLeft ? right : left);
        if (checked == null || !new HashSet<>(checked).equals(new HashSet<>(wanted))) {
            String other = checked == null ? "any value" : checked.toString();
            all.differs(
                    id, "it accepts", enumOnLeft ? wanted.toString() : other, enumOnLeft ? other : wanted.toString());
        }
    }

    private static @Nullable List<String> checkedValues(Table table, Column column) {
        return table.checks().stream()
                .map(check -> ExpressionMeaning.membership(check.expression(), column.name()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /**
     * SQLite generates the values of any primary key that consists of one INTEGER column, even if the author did not
     * request it.
     */
    private static boolean isRowId(Table table, Column column) {
        PrimaryKey key = table.primaryKey();
        return key != null
                && key.columns().equals(List.of(column.name()))
                && column.type().toString().equalsIgnoreCase("integer")
                && !table.options().containsKey("without rowid");
    }

    private enum Identity {
        YES,
        NO,
        MAYBE
    }

    private static Identity identity(String dialect, Table table, Column column) {
        String value = column.defaultExpression();
        if (column.identity() != null || (value != null && value.startsWith("nextval("))) {
            return Identity.YES;
        }
        PrimaryKey key = table.primaryKey();
        if (!Dialects.find(dialect).map(Dialect::hasRowIds).orElse(false) || key == null || !isRowId(table, column)) {
            return Identity.NO;
        }
        return key.options().containsKey("autoincrement") ? Identity.YES : Identity.MAYBE;
    }

    private void identity() {
        Identity onLeft = identity(all.left().dialect(), leftTable, left);
        Identity onRight = identity(all.right().dialect(), rightTable, right);
        if (onLeft != onRight && onLeft != Identity.MAYBE && onRight != Identity.MAYBE) {
            all.differs(
                    id,
                    "it is",
                    onLeft == Identity.YES ? "an identity column" : "not an identity column",
                    onRight == Identity.YES ? "an identity column" : "not an identity column");
        }
    }

    private void defaults() {
        TypeMeaning type = leftType.families().size() <= rightType.families().size() && leftType.hasCounterpart()
                ? leftType
                : rightType;
        String onLeft = withoutNextval(ExpressionMeaning.ofDefault(left.defaultExpression(), type));
        String onRight = withoutNextval(ExpressionMeaning.ofDefault(right.defaultExpression(), type));
        if (!Objects.equals(onLeft, onRight)
                && !all.expressions()
                        .readAsOneDefault(
                                leftTable,
                                left,
                                left.defaultExpression(),
                                rightTable,
                                right,
                                right.defaultExpression())) {
            all.differs(
                    ObjectId.of(ObjectKind.DEFAULT, id.schema(), id.name()),
                    "it is",
                    Objects.requireNonNullElse(left.defaultExpression(), "none"),
                    Objects.requireNonNullElse(right.defaultExpression(), "none"));
        }
    }

    private static @Nullable String withoutNextval(@Nullable String meaning) {
        return meaning != null && meaning.startsWith("nextval") ? null : meaning;
    }

    private void generation() {
        String onLeft = left.generated();
        String onRight = right.generated();
        if ((onLeft == null) != (onRight == null)
                || (onLeft != null && onRight != null && !isComputedAlike(onLeft, onRight))) {
            all.differs(
                    id,
                    "it is generated",
                    Objects.requireNonNullElse(onLeft, "not at all"),
                    Objects.requireNonNullElse(onRight, "not at all"));
        }
    }

    private boolean isComputedAlike(String onLeft, String onRight) {
        String ofLeft = ExpressionEquivalence.generation(onLeft);
        String ofRight = ExpressionEquivalence.generation(onRight);
        return (ofLeft == null || ofRight == null)
                ? source(onLeft).equals(source(onRight))
                : all.expressions().sameGeneration(leftTable, left, ofLeft, rightTable, right, ofRight);
    }

    private static String source(String clause) {
        return ExpressionMeaning.of(clause).replaceFirst(" (stored|virtual)$", "");
    }

    private void collation() {
        boolean ignoredOnLeft = ignoresCase(left, leftType);
        boolean ignoredOnRight = ignoresCase(right, rightType);
        if (ignoredOnLeft != ignoredOnRight && (ignoredOnLeft ? right : left).collation() == null) {
            all.differs(
                    id,
                    "letter case",
                    ignoredOnLeft ? "is ignored" : "counts",
                    ignoredOnRight ? "is ignored" : "counts");
        }
        if (Objects.equals(left.collation(), right.collation())) {
            return;
        }
        if (left.collation() != null && !ignoredOnLeft) {
            all.noCounterpart(id, all.left(), all.right(), "the collation " + left.collation());
        }
        if (right.collation() != null && !ignoredOnRight) {
            all.noCounterpart(id, all.right(), all.left(), "the collation " + right.collation());
        }
    }

    private static boolean ignoresCase(Column column, TypeMeaning type) {
        return "nocase".equals(column.collation()) || type.spelling().equals("citext");
    }
}
