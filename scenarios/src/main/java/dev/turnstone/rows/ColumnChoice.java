package dev.turnstone.rows;

import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaObject;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.Trigger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The candidate values for one column.
 *
 * @param column the column
 * @param samples sample values; those from the column's constraints come first
 * @param pool all values to try if a constraint refuses the samples
 * @param key whether the column is part of a primary key or a unique constraint or index
 * @param counted whether the database generates its numbers
 */
record ColumnChoice(Column column, Samples samples, List<Object> pool, boolean key, boolean counted) {

    private static final Pattern PATTERN_MATCH = Pattern.compile(
            "~|\\b(like|ilike|glob|regexp|similar|substr|length|char_length|octet_length)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final int LARGEST_POOL = 60;

    /** Returns the choices for all columns of a table to which an INSERT may assign a value. */
    static List<ColumnChoice> of(Table table, Schema schema, TypeSamples types, boolean sqlite) {
        return table.columns().stream()
                .filter(column ->
                        column.generated() == null && !column.options().containsKey("hidden"))
                .map(column -> of(column, table, schema, types, sqlite))
                .toList();
    }

    private static ColumnChoice of(Column column, Table table, Schema schema, TypeSamples types, boolean sqlite) {
        List<Object> preferred = new ArrayList<>();
        LinkedHashSet<Object> more = new LinkedHashSet<>();
        List<String> expressions = new ArrayList<>(types.checks(column));
        table.checks().stream()
                .filter(check -> mentions(check, column))
                .map(CheckConstraint::expression)
                .forEach(expressions::add);
        for (String expression : expressions) {
            boolean exact = !PATTERN_MATCH.matcher(expression).find();
            for (Literal literal : Literal.in(expression)) {
                List<Object> values = types.literal(column, literal);
                more.addAll(values);
                if (exact && !literal.isNumber() && expressions.size() == 1 && !values.isEmpty()) {
                    preferred.add(values.get(0));
                }
            }
        }
        for (String bound : PartitionBounds.of(table, column, schema)) {
            for (Literal literal : Literal.in(bound)) {
                List<Object> values = types.literal(column, literal);
                more.addAll(values);
                values.stream().limit(1).forEach(preferred::add);
            }
        }
        table.triggers().forEach(trigger -> literals(trigger, schema)
                .forEach(literal -> more.addAll(types.literal(column, literal))));
        Samples own = types.of(column);
        Samples samples = own.preferring(preferred);
        List<Object> pool = new ArrayList<>(preferred);
        own.pool(1).stream().limit(1).forEach(pool::add);
        pool.addAll(more);
        pool.addAll(own.pool(2));
        return new ColumnChoice(
                column,
                samples,
                pool.stream().distinct().limit(LARGEST_POOL).toList(),
                isKey(column.name(), table),
                isCounted(column, table, sqlite));
    }

    private static boolean mentions(CheckConstraint check, Column column) {
        return check.columns().contains(column.name())
                || (check.columns().isEmpty()
                        && Pattern.compile("(?<!\\w)" + Pattern.quote(column.name()) + "(?!\\w)")
                                .matcher(check.expression())
                                .find());
    }

    /** Returns the literals in the body of a trigger, or of its function. */
    private static List<Literal> literals(Trigger trigger, Schema schema) {
        List<Literal> literals = new ArrayList<>();
        trigger.attributes().values().forEach(text -> literals.addAll(Literal.in(text)));
        String function = trigger.attributes().getOrDefault("function", "").replaceFirst("\\(.*", "");
        schema.others().stream()
                .filter(object -> object.id().kind() == ObjectKind.FUNCTION
                        && object.id().name().startsWith(function + "("))
                .map(SchemaObject::attributes)
                .forEach(attributes -> literals.addAll(Literal.in(attributes.getOrDefault("body", ""))));
        return literals;
    }

    private static boolean isKey(String column, Table table) {
        PrimaryKey primary = table.primaryKey();
        return (primary != null && primary.columns().contains(column))
                || table.uniques().stream().anyMatch(unique -> unique.columns().contains(column))
                || table.indexes().stream()
                        .filter(index -> index.unique())
                        .flatMap(index -> index.keys().stream())
                        .anyMatch(key -> column.equals(key.column()));
    }

    private static boolean isCounted(Column column, Table table, boolean sqlite) {
        if (sqlite) {
            return table.primaryKey() != null
                    && table.primaryKey().columns().equals(List.of(column.name()))
                    && column.type().toString().toUpperCase(Locale.ROOT).equals("INTEGER")
                    && !table.options().containsKey("without rowid");
        }
        return column.identity() != null
                || (column.defaultExpression() != null
                        && column.defaultExpression().contains("nextval("));
    }

    /** Returns this choice with the given texts first. */
    ColumnChoice hinted(List<String> texts) {
        return texts.isEmpty()
                ? this
                : new ColumnChoice(column, samples.preferring(List.copyOf(texts)), pool, key, counted);
    }

    /** Returns a common value. */
    Object common(int number) {
        return samples.common().apply(number);
    }

    /** Returns a boundary value, or a common one if the type has none or the column must be unique. */
    Object edge(int which, int number) {
        List<Object> edges = samples.edges();
        return key || which >= edges.size() ? common(number) : edges.get(which);
    }
}
