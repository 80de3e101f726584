package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.sqlite.SqliteCatalog.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The entries of the last look, so that those of the next one which are equal are the same instances: what is looked up by
 * them later has its hash already. Not thread-safe.
 */
final class KnownEntries {

    private List<Entry> last = List.of();

    /** The same entries, old instances where there are equal ones. */
    List<Entry> asKnown(List<Entry> read) {
        List<Entry> same = new ArrayList<>(read.size());
        int place = 0;
        @Nullable Map<Entry, Integer> places = null;
        for (Entry entry : read) {
            // SQLite answers in an order that one change moves at one place.
            if (place < last.size() && last.get(place).equals(entry)) {
                same.add(last.get(place++));
                continue;
            }
            places = places == null ? places() : places;
            Integer known = places.get(entry);
            same.add(known == null ? entry : last.get(known));
            place = known == null ? place : known + 1;
        }
        last = same;
        return same;
    }

    private Map<Entry, Integer> places() {
        Map<Entry, Integer> places = new HashMap<>();
        for (int i = 0; i < last.size(); i++) {
            places.put(last.get(i), i);
        }
        return places;
    }
}
