package dev.turnstone.rows;

import dev.turnstone.rows.RowDifference.Kind;
import dev.turnstone.schema.ObjectId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of one table at two moments, by the columns that it has in both.
 *
 * <p>Rows are matched by the primary key if the table has it at both moments; otherwise equal rows are matched.
 */
public final class RowComparison {

    private static final int SHOWN = 3;
    private static final int LONGEST = 60;

    private final TableImage before;
    private final TableImage after;
    private final Collection<String> inBetween;
    private final List<String> common;
    private final List<String> key;
    private final List<RowDifference> differences = new ArrayList<>();

    private RowComparison(TableImage before, TableImage after, Collection<String> inBetween) {
        this.before = before;
        this.after = after;
        this.inBetween = inBetween;
        common = before.columns().stream().filter(after.columns()::contains).toList();
        key = common.containsAll(before.key()) ? before.key() : List.of();
    }

    /**
     * Compares the rows.
     *
     * @param before the rows at the first moment
     * @param after the rows at the second moment, or null if the table was dropped
     * @param inBetween the columns that the table had between the two moments: a different value in another column is
     *     lost, not changed
     * @return at most one difference of each kind
     */
    public static List<RowDifference> of(TableImage before, @Nullable TableImage after, Collection<String> inBetween) {
        if (after == null) {
            return before.rows().isEmpty()
                    ? List.of()
                    : List.of(new RowDifference(
                            before.table(),
                            Kind.LOST,
                            "The table is gone with " + count(before.rows().size(), "row") + "."));
        }
        RowComparison comparison = new RowComparison(before, after, inBetween);
        comparison.compare();
        return comparison.differences;
    }

    /** The values before and after, by column, of the columns whose values changed. */
    private record Change(@Nullable String was, @Nullable String is) {}

    private void compare() {
        List<Map<String, @Nullable String>> old = rows(before);
        List<Map<String, @Nullable String>> now = rows(after);
        takeOutEqual(old, now);
        Map<String, List<Change>> changes = new LinkedHashMap<>();
        pairByKey(old, now, changes);
        if (old.size() == now.size() || key.isEmpty()) {
            pairByLikeness(old, now, changes);
        }
        List<String> lost = new ArrayList<>();
        if (!old.isEmpty()) {
            lost.add(count(old.size(), "row") + " of " + before.rows().size() + ": " + shown(old));
        }
        List<String> changed = new ArrayList<>();
        changes.forEach((column, all) -> (isLost(column, all) ? lost : changed).add(inWords(column, all)));
        if (!before.rows().isEmpty()) {
            before.columns().stream()
                    .filter(column -> !common.contains(column))
                    .forEach(column -> lost.add("column " + column + " is not there any more"));
        }
        add(Kind.LOST, lost);
        add(Kind.CHANGED, changed);
        if (!now.isEmpty()) {
            add(Kind.ADDED, List.of(count(now.size(), "row") + ": " + shown(now)));
        }
    }

    private void add(Kind kind, List<String> details) {
        if (!details.isEmpty()) {
            differences.add(new RowDifference(before.table(), kind, String.join("\n  ", details)));
        }
    }

    private List<Map<String, @Nullable String>> rows(TableImage image) {
        List<Map<String, @Nullable String>> rows = new ArrayList<>();
        for (List<@Nullable String> values : image.rows()) {
            Map<String, @Nullable String> row = new LinkedHashMap<>();
            common.forEach(column -> row.put(column, values.get(image.columns().indexOf(column))));
            rows.add(row);
        }
        return rows;
    }

    private static void takeOutEqual(List<Map<String, @Nullable String>> old, List<Map<String, @Nullable String>> now) {
        Map<Map<String, @Nullable String>, Integer> counts = new HashMap<>();
        now.forEach(row -> counts.merge(row, 1, Integer::sum));
        Map<Map<String, @Nullable String>, Integer> equal = new HashMap<>();
        old.removeIf(row -> {
            Integer left = counts.get(row);
            if (left == null || left == 0) {
                return false;
            }
            counts.put(row, left - 1);
            equal.merge(row, 1, Integer::sum);
            return true;
        });
        now.removeIf(row -> {
            Integer left = equal.get(row);
            if (left == null || left == 0) {
                return false;
            }
            equal.put(row, left - 1);
            return true;
        });
    }

    private void pairByKey(
            List<Map<String, @Nullable String>> old,
            List<Map<String, @Nullable String>> now,
            Map<String, List<Change>> changes) {
        if (key.isEmpty()) {
            return;
        }
        Map<List<@Nullable String>, Map<String, @Nullable String>> byKey = new HashMap<>();
        now.forEach(row -> byKey.put(keyOf(row), row));
        old.removeIf(row -> {
            Map<String, @Nullable String> same = byKey.remove(keyOf(row));
            if (same == null) {
                return false;
            }
            note(row, same, changes);
            now.remove(same);
            return true;
        });
    }

    private List<@Nullable String> keyOf(Map<String, @Nullable String> row) {
        List<@Nullable String> values = new ArrayList<>();
        key.forEach(column -> values.add(row.get(column)));
        return values;
    }

    /** Matches each remaining row with the most similar one. */
    private void pairByLikeness(
            List<Map<String, @Nullable String>> old,
            List<Map<String, @Nullable String>> now,
            Map<String, List<Change>> changes) {
        for (Map<String, @Nullable String> row : List.copyOf(old)) {
            Map<String, @Nullable String> likest = null;
            long most = -1;
            for (Map<String, @Nullable String> candidate : now) {
                long alike = common.stream()
                        .filter(column -> Objects.equals(row.get(column), candidate.get(column)))
                        .count();
                if (alike > most) {
                    most = alike;
                    likest = candidate;
                }
            }
            if (likest != null) {
                note(row, likest, changes);
                old.remove(row);
                now.remove(likest);
            }
        }
    }

    private void note(
            Map<String, @Nullable String> row, Map<String, @Nullable String> same, Map<String, List<Change>> changes) {
        for (String column : common) {
            if (!Objects.equals(row.get(column), same.get(column))) {
                changes.computeIfAbsent(column, c -> new ArrayList<>())
                        .add(new Change(row.get(column), same.get(column)));
            }
        }
    }

    /** Returns whether the values are lost: they are NULL, or all equal in a column that was recreated. */
    private boolean isLost(String column, List<Change> changes) {
        int place = after.columns().indexOf(column);
        return changes.stream().allMatch(change -> change.is() == null)
                || (!inBetween.contains(column)
                        && after.rows().stream()
                                        .map(row -> String.valueOf(row.get(place)))
                                        .distinct()
                                        .count()
                                == 1);
    }

    private static String inWords(String column, List<Change> changes) {
        return "column " + column + " of " + count(changes.size(), "row") + ": "
                + changes.stream()
                        .limit(SHOWN)
                        .map(change -> cut(change.was()) + " is now " + cut(change.is()))
                        .collect(Collectors.joining("; "))
                + (changes.size() > SHOWN ? "; …" : "");
    }

    private static String shown(List<Map<String, @Nullable String>> rows) {
        return rows.stream()
                        .limit(SHOWN)
                        .map(row -> row.entrySet().stream()
                                .map(entry -> entry.getKey() + " " + cut(entry.getValue()))
                                .collect(Collectors.joining(", ", "(", ")")))
                        .collect(Collectors.joining(", "))
                + (rows.size() > SHOWN ? ", …" : "");
    }

    private static String cut(@Nullable String value) {
        if (value == null) {
            return "NULL";
        }
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** The rows of a table at two moments. */
    public static List<RowDifference> ofAll(
            Map<ObjectId, TableImage> before, Map<ObjectId, TableImage> between, Map<ObjectId, TableImage> after) {
        List<RowDifference> all = new ArrayList<>();
        before.forEach((id, image) -> {
            if (!image.equals(after.get(id))) {
                TableImage middle = between.get(id);
                all.addAll(of(image, after.get(id), middle == null ? List.of() : middle.columns()));
            }
        });
        return all;
    }
}
