package dev.turnstone.dialect.postgresql;

import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The columns behind the numbers by which constraints and indexes refer to them. */
final class ColumnNames {

    private static final Map<Integer, String> OF_EACH_TABLE =
            Map.of(-1, "ctid", -2, "xmin", -3, "cmin", -4, "xmax", -5, "cmax", -6, "tableoid");

    private final Map<ObjectId, Map<Integer, String>> names = new HashMap<>();

    ColumnNames(List<CatalogRow> rows) {
        for (CatalogRow row : rows) {
            ObjectId table = row.parent();
            if (row.kind() == ObjectKind.COLUMN && table != null && row.is(".position")) {
                String name = row.fact(".column");
                names.computeIfAbsent(table, key -> new HashMap<>())
                        .put(row.number(".position"), name == null ? row.name() : name);
            }
        }
    }

    /** The columns that a constraint, an index or a sequence is on, in order; expressions are left out. */
    List<String> of(CatalogRow row) {
        String numbers = row.fact(".numbers");
        ObjectId table = row.parent();
        return numbers == null || table == null
                ? row.list(".columns")
                : names(table, numbers, row.kind() == ObjectKind.CHECK);
    }

    /** The columns that a foreign key points to, in order. */
    List<String> referencedBy(CatalogRow row) {
        String table = row.fact(".referenced table");
        return table == null
                ? row.list(".referenced columns")
                : names(ObjectId.of(ObjectKind.TABLE, table), row.required(".referenced numbers"), false);
    }

    /** A check has no order: the server's follows the expression. */
    private List<String> names(ObjectId table, String numbers, boolean sorted) {
        if (numbers.isEmpty()) {
            return List.of();
        }
        Map<Integer, String> ofTable = names.getOrDefault(table, Map.of());
        Stream<Integer> each = Stream.of(numbers.split(" ")).map(Integer::valueOf);
        return (sorted ? each.sorted() : each)
                .map(number -> name(ofTable, number))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    private static @Nullable String name(Map<Integer, String> ofTable, Integer number) {
        return number < 0 ? OF_EACH_TABLE.get(number) : ofTable.get(number);
    }
}
