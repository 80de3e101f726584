package dev.turnstone.dialect.postgresql.catalog;

import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Resolves the column numbers in constraints and indexes to column names. */
public final class ColumnNames {

    private static final Map<Integer, String> OF_EACH_TABLE =
            Map.of(-1, "ctid", -2, "xmin", -3, "cmin", -4, "xmax", -5, "cmax", -6, "tableoid");

    private final Map<ObjectId, Map<Integer, String>> names = new HashMap<>();

    public ColumnNames(List<CatalogRow> rows) {
        for (CatalogRow row : rows) {
            ObjectId table = row.parent();
            if (row.kind() == ObjectKind.COLUMN && table != null && row.is(".position")) {
                String name = row.fact(".column");
                names.computeIfAbsent(table, key -> new HashMap<>())
                        .put(row.number(".position"), name == null ? row.name() : name);
            }
        }
    }

    /** Returns the columns of a constraint, an index or a sequence, in order, without expressions. */
    List<String> of(CatalogRow row) {
        String numbers = row.fact(".numbers");
        ObjectId table = row.parent();
        return numbers == null || table == null
                ? row.list(".columns")
                : names(table, numbers, row.kind() == ObjectKind.CHECK);
    }

    /** Returns the referenced columns of a foreign key, in order. */
    List<String> referencedBy(CatalogRow row) {
        String table = row.fact(".referenced table");
        return table == null
                ? row.list(".referenced columns")
                : names(ObjectId.of(ObjectKind.TABLE, table), row.required(".referenced numbers"), false);
    }

    /** The columns of a check are sorted: the server's order follows the expression. */
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
