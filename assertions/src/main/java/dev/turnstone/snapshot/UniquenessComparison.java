package dev.turnstone.snapshot;

import dev.turnstone.schema.GeneratedName;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.UniqueConstraint;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares unique constraints and indexes. A unique constraint and a unique index over all rows are equivalent. */
final class UniquenessComparison {

    private final LogicalComparison all;
    private final Table left;
    private final Table right;

    UniquenessComparison(LogicalComparison all, Table left, Table right) {
        this.all = all;
        this.left = left;
        this.right = right;
    }

    /**
     * One constraint or index.
     *
     * @param name its name, or null if it has none
     * @param chosen whether an author chose the name
     * @param keys its keys, in words that both dialects share
     * @param where its condition in such words; empty for all rows
     * @param index the index, or null for a constraint
     * @param table its table
     * @param foreign the feature that only one dialect supports, or null
     */
    private record Access(
            ObjectId id,
            @Nullable String name,
            boolean chosen,
            boolean unique,
            List<String> keys,
            String where,
            @Nullable Index index,
            Table table,
            @Nullable String foreign) {

        boolean isNamedAs(Access other) {
            return name != null && other.name != null && name.equalsIgnoreCase(other.name);
        }
    }

    void compare() {
        List<Access> onLeft = new ArrayList<>(accesses(left));
        List<Access> onRight = new ArrayList<>(accesses(right));
        pair(onLeft, onRight, (a, b) -> a.isNamedAs(b) && meanTheSame(a, b));
        pairNamesakes(onLeft, onRight);
        if (!all.rules().isStrict()) {
            boolean lenient = all.rules().isLenient();
            pair(onLeft, onRight, (a, b) -> meanTheSame(a, b) && (lenient || !a.chosen || !b.chosen));
        }
        onLeft.forEach(access -> missing(access, all.left(), all.right(), accesses(right)));
        onRight.forEach(access -> missing(access, all.right(), all.left(), accesses(left)));
    }

    private boolean meanTheSame(Access access, Access other) {
        if (access.unique != other.unique || access.keys.size() != other.keys.size()) {
            return false;
        }
        if (access.index == null || other.index == null) {
            return access.keys.equals(other.keys) && access.where.equals(other.where);
        }
        for (int i = 0; i < access.keys.size(); i++) {
            Index.Key key = access.index.keys().get(i);
            Index.Key otherKey = other.index.keys().get(i);
            boolean same = (key.expression() == null || otherKey.expression() == null)
                    ? access.keys.get(i).equals(other.keys.get(i))
                    : isDescending(key) == isDescending(otherKey)
                            && all.expressions()
                                    .sameKey(access.table, key.expression(), other.table, otherKey.expression());
            if (!same) {
                return false;
            }
        }
        String where = access.index.where();
        String otherWhere = other.index.where();
        return (where == null || otherWhere == null)
                ? access.where.equals(other.where)
                : all.expressions().sameCondition(access.table, where, other.table, otherWhere);
    }

    private static boolean isDescending(Index.Key key) {
        return key.suffix().contains("desc");
    }

    private void pair(List<Access> onLeft, List<Access> onRight, BiPredicate<Access, Access> same) {
        for (Iterator<Access> each = onLeft.iterator(); each.hasNext(); ) {
            Access access = each.next();
            Optional<Access> other =
                    onRight.stream().filter(o -> same.test(access, o)).findFirst();
            if (other.isPresent()) {
                each.remove();
                onRight.remove(other.get());
                sameNameOfTwoKinds(access, other.get());
            }
        }
    }

    /** Both enforce uniqueness, but a later revision must drop them with different statements. */
    private void sameNameOfTwoKinds(Access access, Access other) {
        if (!access.isNamedAs(other) || access.id.kind() == other.id.kind()) {
            return;
        }
        if (access.id.kind() == ObjectKind.INDEX) {
            all.noCounterpart(access.id, all.left(), all.right(), "an index and not a constraint");
        } else {
            all.noCounterpart(other.id, all.right(), all.left(), "an index and not a constraint");
        }
    }

    private void pairNamesakes(List<Access> onLeft, List<Access> onRight) {
        for (Iterator<Access> each = onLeft.iterator(); each.hasNext(); ) {
            Access access = each.next();
            onRight.stream().filter(access::isNamedAs).findFirst().ifPresent(other -> {
                each.remove();
                onRight.remove(other);
                all.differs(access.id, "it is", described(access), described(other));
            });
        }
    }

    private static String described(Access access) {
        return (access.unique ? "unique (" : "(") + String.join(", ", access.keys) + ")"
                + (access.where.isEmpty() ? "" : " where " + access.where);
    }

    private void missing(Access access, SchemaSnapshot has, SchemaSnapshot hasNot, List<Access> others) {
        if (access.foreign != null && !has.dialect().equals(hasNot.dialect())) {
            all.noCounterpart(access.id, has, hasNot, access.foreign);
            return;
        }
        String hint = others.stream()
                .filter(other -> meanTheSame(access, other))
                .findFirst()
                .map(other -> ", where " + other.id + " does the same")
                .orElse("");
        all.missing(access.id, has, hasNot, TableComparison.on(access.keys) + hint);
    }

    private static List<Access> accesses(Table table) {
        return Stream.concat(
                        table.uniques().stream().map(unique -> of(table, unique)),
                        table.indexes().stream().map(index -> of(table, index)))
                .toList();
    }

    private static Access of(Table table, UniqueConstraint unique) {
        String name = unique.name();
        boolean chosen =
                name != null && !GeneratedName.matches(ObjectKind.UNIQUE, table.name(), unique.columns(), name);
        return new Access(
                TableComparison.id(ObjectKind.UNIQUE, table, name, unique.columns()),
                name,
                chosen,
                true,
                TableComparison.folded(unique.columns()),
                "",
                null,
                table,
                unique.options().containsKey("nulls not distinct") ? "nulls not distinct" : null);
    }

    private static Access of(Table table, Index index) {
        String method = index.options().get("method");
        boolean hasOperatorClass =
                index.keys().stream().anyMatch(key -> key.suffix().matches(".*\\w_ops\\b.*"));
        String foreign = method != null
                ? "an index by " + method
                : hasOperatorClass ? "an operator class" : index.options().containsKey("include") ? "INCLUDE" : null;
        return new Access(
                ObjectId.of(ObjectKind.INDEX, table.schema(), index.name()),
                index.name(),
                !index.generatedName(),
                index.unique(),
                index.keys().stream().map(UniquenessComparison::meaning).toList(),
                index.where() == null ? "" : ExpressionMeaning.of(index.where()),
                index,
                table,
                foreign);
    }

    private static String meaning(Index.Key key) {
        String base = key.expression() != null
                ? ExpressionMeaning.of(key.expression())
                : String.valueOf(key.column()).toLowerCase(Locale.ROOT);
        return isDescending(key) ? base + " desc" : base;
    }
}
