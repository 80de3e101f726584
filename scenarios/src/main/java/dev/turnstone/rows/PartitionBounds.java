package dev.turnstone.rows;

import dev.turnstone.schema.Column;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.Table;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the bounds of partitions, within which a row's key must be. */
final class PartitionBounds {

    private PartitionBounds() {}

    /** Returns the bounds for a column's values; empty if it is not part of a partition key. */
    static List<String> of(Table table, Column column, Schema schema) {
        String bound = table.options().get("partition of");
        if (bound != null) {
            Table parent = parentOf(bound, schema);
            return parent != null && isKey(parent, column)
                    ? Stream.concat(Stream.of(withoutName(bound)), below(table, schema))
                            .toList()
                    : List.of();
        }
        return isKey(table, column) ? below(table, schema).toList() : List.of();
    }

    private static Stream<String> below(Table table, Schema schema) {
        return schema.tables().stream()
                .map(partition -> partition.options().getOrDefault("partition of", ""))
                .filter(bound -> parentName(bound).equals(table.name()))
                .map(PartitionBounds::withoutName);
    }

    private static @org.jspecify.annotations.Nullable Table parentOf(String bound, Schema schema) {
        return schema.tables().stream()
                .filter(table -> table.name().equals(parentName(bound)))
                .findFirst()
                .orElse(null);
    }

    /** Returns the table of {@code events FOR VALUES …}, which can have a schema and quotes. */
    private static String parentName(String bound) {
        String name = bound.replaceFirst("(?s) (FOR VALUES|DEFAULT).*", "");
        return name.substring(name.lastIndexOf('.') + 1).replace("\"", "");
    }

    private static String withoutName(String bound) {
        return bound.replaceFirst("(?s)^.*?(?= FOR VALUES| DEFAULT)", "");
    }

    private static boolean isKey(Table partitioned, Column column) {
        String by = partitioned.options().getOrDefault("partition by", "");
        return !by.startsWith("HASH")
                && Pattern.compile("(?<!\\w)" + Pattern.quote(column.name()) + "(?!\\w)")
                        .matcher(by)
                        .find();
    }
}
