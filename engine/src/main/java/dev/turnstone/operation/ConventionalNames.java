package dev.turnstone.operation;

import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ConstraintNaming;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.TableElement;
import dev.turnstone.schema.UniqueConstraint;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gives constraints and indexes without a name the name of the convention, which is the same on every dialect. */
final class ConventionalNames {

    /** A literal, a quoted name or a word. */
    private static final Pattern WORD =
            Pattern.compile("'(?:[^']|'')*+'|\"((?:[^\"]|\"\")*+)\"|\\w+", Pattern.UNICODE_CHARACTER_CLASS);

    private final ConstraintNaming convention;

    /** In lower case, because names in SQLite are case-insensitive. */
    private final Set<String> taken = new HashSet<>();

    ConventionalNames(ConstraintNaming convention) {
        this.convention = convention;
    }

    /** Returns the table with names for all its constraints and indexes; a number makes equal names unique. */
    Table in(Table table) {
        Stream.of(
                        Stream.ofNullable(table.primaryKey()).map(PrimaryKey::name),
                        table.uniques().stream().map(UniqueConstraint::name),
                        table.checks().stream().map(CheckConstraint::name),
                        table.foreignKeys().stream().map(ForeignKey::name),
                        table.indexes().stream().map(Index::name))
                .flatMap(s -> s)
                .filter(name -> name != null && !name.isEmpty())
                .forEach(name -> taken.add(String.valueOf(name).toLowerCase(Locale.ROOT)));
        PrimaryKey key = table.primaryKey();
        return table.withPrimaryKey(key == null ? null : named(table.name(), key))
                .withUniques(each(table.uniques(), unique -> named(table.name(), unique)))
                .withChecks(each(table.checks(), check -> named(table.name(), withColumns(check, table.columns()))))
                .withForeignKeys(each(table.foreignKeys(), foreign -> named(table.name(), foreign)))
                .withIndexes(each(table.indexes(), index -> named(table.name(), index)));
    }

    private static <T> List<T> each(List<T> list, Function<T, T> change) {
        return list.stream().map(change).toList();
    }

    /** Returns a constraint of that table with a name. */
    TableElement named(String table, TableElement element) {
        if (element instanceof PrimaryKey key) {
            return named(table, key);
        }
        if (element instanceof UniqueConstraint unique) {
            return named(table, unique);
        }
        if (element instanceof CheckConstraint check) {
            return named(table, check);
        }
        return element instanceof ForeignKey key ? named(table, key) : element;
    }

    private PrimaryKey named(String table, PrimaryKey key) {
        return key.name() != null ? key : key.named(free(convention.primaryKey(table, key)));
    }

    private UniqueConstraint named(String table, UniqueConstraint unique) {
        return unique.name() != null
                ? unique
                : new UniqueConstraint(free(convention.unique(table, unique)), unique.columns(), unique.options());
    }

    private ForeignKey named(String table, ForeignKey key) {
        return key.name() != null
                ? key
                : new ForeignKey(
                        free(convention.foreignKey(table, key)),
                        key.columns(),
                        key.referencedTable(),
                        key.referencedColumns(),
                        key.options());
    }

    private CheckConstraint named(String table, CheckConstraint check) {
        return check.name() != null
                ? check
                : new CheckConstraint(
                        free(convention.check(table, check)), check.expression(), check.columns(), check.options());
    }

    /**
     * Returns an index of that table with a name.
     *
     * @throws IllegalArgumentException if the index has no name and one of its keys is an expression
     */
    Index named(String table, Index index) {
        if (!index.name().isEmpty()) {
            return index;
        }
        List<String> columns =
                index.keys().stream().map(key -> columnOf(table, key.column())).toList();
        return index.named(free(convention.index(table, columns)));
    }

    private static String columnOf(String table, @Nullable String column) {
        if (column == null) {
            throw new IllegalArgumentException(
                    "An index of table " + table + " on an expression needs a name: Index.on(…).named(\"ix_…\").");
        }
        return column;
    }

    /** Returns the check with the columns of the table whose names occur in its condition. */
    private static CheckConstraint withColumns(CheckConstraint check, List<Column> columns) {
        if (check.name() != null || !check.columns().isEmpty()) {
            return check;
        }
        Set<String> words = new HashSet<>();
        WORD.matcher(check.expression()).results().forEach(match -> {
            String word =
                    match.group(1) == null ? match.group() : match.group(1).replace("\"\"", "\"");
            words.add(word.toLowerCase(Locale.ROOT));
        });
        List<String> mentioned = columns.stream()
                .map(Column::name)
                .filter(name -> words.contains(name.toLowerCase(Locale.ROOT)))
                .toList();
        return new CheckConstraint(null, check.expression(), mentioned, check.options());
    }

    private String free(String wanted) {
        String name = wanted;
        for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = ConstraintNaming.shortened(wanted + "_" + i);
        }
        return name;
    }
}
