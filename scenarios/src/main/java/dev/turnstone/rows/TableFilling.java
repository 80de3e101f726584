package dev.turnstone.rows;

import dev.turnstone.rows.Violation.Kind;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Finds rows that the database accepts, for one table. Not thread-safe. */
final class TableFilling {

    /** The attempts until the first row is accepted; later rows get fewer attempts. */
    private static final int FIRST_TRIES = 400;

    private static final int LATER_TRIES = 40;

    /** The attempts for a row that is refused for the same reason with all values. */
    private static final int BLIND_TRIES = 60;

    private final Table table;
    private final Map<String, ColumnChoice> choices = new LinkedHashMap<>();
    private final List<ForeignKey> keys;
    private final References references;
    private final Insertion insertion;
    private final TypeSamples types;
    private final Random random;
    private final IntSupplier numbers;
    private final boolean promising;

    /** The values with which a check finally passed, by column. */
    private final Map<String, @Nullable Object> proven = new HashMap<>();

    private @Nullable Violation lastViolation;
    private int inserted;

    /** @param promising whether a key may refer to a row that is inserted later */
    TableFilling(
            Table table,
            List<ColumnChoice> columns,
            References references,
            Insertion insertion,
            TypeSamples types,
            Random random,
            IntSupplier numbers,
            boolean promising) {
        this.table = table;
        columns.forEach(choice -> choices.put(choice.column().name(), choice));
        // A wider key determines the columns that it shares with a narrower one.
        keys = table.foreignKeys().stream()
                .filter(key -> choices.keySet().containsAll(key.columns()))
                .sorted(Comparator.comparing(key -> -key.columns().size()))
                .toList();
        this.references = references;
        this.insertion = insertion;
        this.types = types;
        this.random = random;
        this.numbers = numbers;
        this.promising = promising;
    }

    /** Inserts rows of a style; returns how many the database accepted. */
    int fill(Style style) throws SQLException {
        int first = numbers.getAsInt();
        List<Row> rows = new ArrayList<>();
        boolean refersToItself = keys.stream()
                .anyMatch(key -> references.target(key).filter(table::equals).isPresent());
        if (!refersToItself && !promising) {
            for (int i = 0; i < style.rows(); i++) {
                rows.add(proposal(style, i, first));
            }
            if (rows.size() > 1 && insertion.insertTogether(rows)) {
                inserted += rows.size();
                return inserted;
            }
        }
        for (int i = 0; i < style.rows(); i++) {
            insertRepairing(rows.isEmpty() ? proposal(style, i, first) : rows.get(i), Set.of());
        }
        return inserted;
    }

    /** Inserts rows with given values and generated values for other columns; returns how many the database accepted. */
    int fillWith(List<Map<String, @Nullable Object>> given, Style style) throws SQLException {
        int first = numbers.getAsInt();
        for (Map<String, @Nullable Object> values : given) {
            Row row = proposal(style == Style.VARIED ? Style.PLAIN : style, 0, first);
            values.forEach((column, value) -> {
                if (choices.containsKey(column)) {
                    row.put(column, value);
                }
            });
            insertRepairing(row, values.keySet());
        }
        return inserted;
    }

    /** Returns why the last row was finally refused; null if all were accepted. */
    @Nullable
    Violation lastViolation() {
        return lastViolation;
    }

    private Row proposal(Style style, int variant, int first) throws SQLException {
        int number = style == Style.EQUAL ? Style.EQUAL.firstNumber() : numbers.getAsInt();
        int kind = style == Style.SPARSE ? 1 : style == Style.VARIED ? variant : 0;
        Row row = new Row();
        for (ColumnChoice choice : choices.values()) {
            if (!choice.counted()) {
                propose(row, choice, kind, number, first);
            } else if (style == Style.EQUAL) {
                row.put(choice.column().name(), choice.common(number));
            }
        }
        for (ForeignKey key : keys) {
            refer(row, key, variant, kind == 1);
        }
        return row;
    }

    private static void propose(Row row, ColumnChoice choice, int variant, int number, int first) {
        String name = choice.column().name();
        boolean hasDefault = choice.column().defaultExpression() != null;
        switch (variant) {
            case 1 -> {
                if (choice.column().nullable()) {
                    row.put(name, null);
                } else if (!hasDefault) {
                    row.put(name, choice.common(number));
                }
            }
            case 2 -> row.put(name, choice.edge(0, number));
            case 3 -> row.put(name, choice.edge(1, number));
            case 4 -> {
                if (!hasDefault) {
                    row.put(name, choice.common(choice.key() ? number : first + 1));
                }
            }
            default -> row.put(name, choice.common(number));
        }
    }

    /** Sets a key's columns to the values of a referenced row. */
    private void refer(Row row, ForeignKey key, int which, boolean absent) throws SQLException {
        boolean nullable =
                key.columns().stream().anyMatch(c -> choice(c).column().nullable());
        if (absent && nullable) {
            key.columns().stream().filter(c -> choice(c).column().nullable()).forEach(c -> row.put(c, null));
            return;
        }
        List<Map<String, @Nullable Object>> possible = new ArrayList<>(references.possibilities(key));
        Set<String> decided = decidedByWiderKeys(key);
        possible.removeIf(
                values -> decided.stream().anyMatch(c -> !java.util.Objects.equals(values.get(c), row.get(c))));
        if (!possible.isEmpty()) {
            possible.get(Math.floorMod(which, possible.size())).forEach(row::put);
            return;
        }
        Table target = references.target(key).orElse(null);
        if (nullable) {
            key.columns().stream().filter(c -> choice(c).column().nullable()).forEach(c -> row.put(c, null));
        } else if (target != null && target.equals(table)) {
            referToItself(row, key);
        } else if (target != null && promising) {
            references.promise(key, target, types, numbers.getAsInt()).forEach(row::put);
        }
    }

    private Set<String> decidedByWiderKeys(ForeignKey key) {
        Set<String> decided = new LinkedHashSet<>();
        for (ForeignKey wider : keys) {
            if (wider.equals(key)) {
                break;
            }
            decided.addAll(wider.columns());
        }
        decided.retainAll(key.columns());
        return decided;
    }

    private void referToItself(Row row, ForeignKey key) {
        List<String> own = key.referencedColumns().isEmpty() && table.primaryKey() != null
                ? table.primaryKey().columns()
                : key.referencedColumns();
        for (int i = 0; i < own.size(); i++) {
            ColumnChoice choice = choices.get(own.get(i));
            if (choice != null && !row.gives(own.get(i))) {
                row.put(own.get(i), choice.common(numbers.getAsInt()));
            }
            row.put(key.columns().get(i), row.get(own.get(i)));
        }
    }

    private ColumnChoice choice(String column) {
        return java.util.Objects.requireNonNull(choices.get(column));
    }

    private void insertRepairing(Row proposal, Set<String> given) throws SQLException {
        Row row = proposal;
        int tries = inserted == 0 ? FIRST_TRIES : LATER_TRIES;
        Set<String> involved = new LinkedHashSet<>();
        Violation violation = null;
        for (int attempt = 0; attempt < tries; attempt++) {
            SQLException refusal = insertion.insert(row);
            if (refusal == null) {
                inserted++;
                for (String column : involved) {
                    proven.put(column, row.get(column));
                }
                return;
            }
            violation = Violation.of(refusal, table);
            if (isHopeless(violation, attempt)) {
                break;
            }
            row = new Row(row);
            repair(row, violation, attempt, involved, given);
        }
        lastViolation = violation;
    }

    private static boolean isHopeless(Violation violation, int attempt) {
        return (violation.kind() == Kind.FOREIGN_KEY && attempt > 2 * LATER_TRIES)
                || (violation.columns().isEmpty() && attempt > BLIND_TRIES);
    }

    private void repair(Row row, Violation violation, int attempt, Set<String> involved, Set<String> given)
            throws SQLException {
        switch (violation.kind()) {
            case NOT_NULL -> {
                for (String column : violation.columns()) {
                    renew(row, column, attempt);
                }
            }
            case UNIQUE -> {
                List<String> columns = violation.columns().isEmpty() ? keyColumns() : violation.columns();
                for (String column : columns) {
                    if (!given.contains(column) || attempt > 2) {
                        renew(row, column, attempt);
                    }
                }
            }
            case FOREIGN_KEY -> {
                for (ForeignKey key : keys) {
                    refer(row, key, random.nextInt(LATER_TRIES), attempt % 3 == 2);
                }
            }
            case CHECK -> search(row, violation, attempt, involved);
            case EXCLUSION ->
                choices.keySet().forEach(column -> {
                    if (row.gives(column) && !isReferring(column)) {
                        row.put(column, choice(column).common(numbers.getAsInt()));
                    }
                });
            default -> blindly(row, attempt);
        }
    }

    private List<String> keyColumns() {
        return choices.values().stream()
                .filter(ColumnChoice::key)
                .map(choice -> choice.column().name())
                .toList();
    }

    private boolean isReferring(String column) {
        return keys.stream().anyMatch(key -> key.columns().contains(column));
    }

    /** Sets another value for a column: that of another referenced row, or of the next number. */
    private void renew(Row row, String column, int attempt) throws SQLException {
        ColumnChoice choice = choices.get(column);
        if (choice == null || (choice.counted() && !row.gives(column))) {
            return;
        }
        List<ForeignKey> through =
                keys.stream().filter(key -> key.columns().contains(column)).toList();
        if (through.isEmpty()) {
            row.put(column, choice.common(numbers.getAsInt()));
        } else {
            for (ForeignKey key : through) {
                refer(row, key, attempt + random.nextInt(LATER_TRIES), false);
            }
        }
    }

    /** Tries the values that may satisfy a check: in order for one column, at random for several. */
    private void search(Row row, Violation violation, int attempt, Set<String> involved) throws SQLException {
        List<String> columns =
                violation.columns().stream().filter(choices::containsKey).toList();
        if (columns.isEmpty()) {
            blindly(row, attempt);
            return;
        }
        boolean known = proven.keySet().containsAll(columns) && involved.isEmpty();
        involved.addAll(columns);
        if (known) {
            columns.forEach(column -> row.put(column, proven.get(column)));
            return;
        }
        if (involved.size() == 1) {
            ColumnChoice choice = choice(columns.get(0));
            List<Object> pool = choice.pool();
            if (attempt >= pool.size() && choice.column().nullable()) {
                row.put(columns.get(0), null);
            } else {
                row.put(columns.get(0), pool.get(attempt % pool.size()));
            }
            return;
        }
        for (String column : involved) {
            pick(row, column, attempt);
        }
    }

    private void pick(Row row, String column, int attempt) throws SQLException {
        ColumnChoice choice = choice(column);
        boolean nullable = choice.column().nullable();
        if (isReferring(column)) {
            for (ForeignKey key : keys) {
                if (key.columns().contains(column)) {
                    refer(row, key, random.nextInt(LATER_TRIES), nullable && random.nextInt(3) == 0);
                }
            }
        } else if (attempt == 0) {
            row.put(column, choice.common(numbers.getAsInt()));
        } else if (nullable && (attempt == 1 || random.nextInt(3) == 0)) {
            row.put(column, null);
        } else if (attempt == 2 && choice.column().defaultExpression() != null) {
            row.leaveToDefault(column);
        } else {
            row.put(column, choice.pool().get(random.nextInt(choice.pool().size())));
        }
    }

    /** Handles a refusal without a known constraint. */
    private void blindly(Row row, int attempt) throws SQLException {
        for (String column : choices.keySet()) {
            ColumnChoice choice = choice(column);
            if (!choice.counted()) {
                pick(row, column, choice.key() && attempt > 2 ? 0 : attempt);
            }
        }
    }
}
