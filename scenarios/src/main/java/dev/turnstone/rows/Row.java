package dev.turnstone.rows;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row to insert. Columns without a value get their defaults. Mutable. */
final class Row {

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    Row() {}

    Row(Row other) {
        values.putAll(other.values);
    }

    void put(String column, @Nullable Object value) {
        values.put(column, value);
    }

    void leaveToDefault(String column) {
        values.remove(column);
    }

    boolean gives(String column) {
        return values.containsKey(column);
    }

    @Nullable
    Object get(String column) {
        return values.get(column);
    }

    Collection<String> columns() {
        return values.keySet();
    }

    Map<String, @Nullable Object> values() {
        return values;
    }
}
