package dev.turnstone.snapshot;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.TableExpression;
import dev.turnstone.dialect.TableExpression.Role;
import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.Table;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether expressions of two tables with the same name have the same meaning. It compares their canonical forms
 * on PostgreSQL if PostgreSQL can parse both, and otherwise the expressions with equivalent words of the dialects
 * replaced.
 */
final class ExpressionEquivalence {

    private static final Pattern GENERATION = Pattern.compile(
            "always (?:as )?\\((.*)\\)(?: (?:stored|virtual))?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*+'");

    /**
     * Literals of times that PostgreSQL replaces by the current time, and blob literals, which it parses as bit
     * strings.
     */
    private static final Pattern READ_OTHERWISE =
            Pattern.compile("'\\s*(?:now|today|tomorrow|yesterday)\\s*'|\\bx'", Pattern.CASE_INSENSITIVE);

    private static final Pattern CONCATENATION = Pattern.compile("\\|\\||->>?");
    private static final Pattern ARITHMETIC = Pattern.compile("[-+*/%&|]|<<|>>");

    private final Map<TableExpression, String> read;

    private ExpressionEquivalence(Map<TableExpression, String> read) {
        this.read = read;
    }

    /**
     * Reads the canonical forms of the expressions of all tables that both schemas contain, with one call of the
     * reader.
     */
    static ExpressionEquivalence between(SchemaSnapshot left, SchemaSnapshot right, ExpressionReader reader) {
        boolean leftReads = LogicalComparison.is(left, Dialect::canonicalizesExpressions);
        SchemaSnapshot reads = leftReads ? left : right;
        SchemaSnapshot other = leftReads ? right : left;
        Set<TableExpression> requested = new LinkedHashSet<>();
        if (LogicalComparison.is(reads, Dialect::canonicalizesExpressions)
                && LogicalComparison.lacks(other, Dialect::canonicalizesExpressions)) {
            for (Table table : reads.schema().tables()) {
                LogicalComparison.same(table, other).ifPresent(same -> {
                    collect(table, table, requested);
                    collect(same, table, requested);
                });
            }
        }
        return new ExpressionEquivalence(requested.isEmpty() ? Map.of() : reader.canonical(requested));
    }

    private static void collect(Table from, Table as, Set<TableExpression> requested) {
        for (CheckConstraint check : from.checks()) {
            add(of(as, Role.CONDITION, null, check.expression()), requested);
        }
        for (Index index : from.indexes()) {
            if (index.where() != null) {
                add(of(as, Role.CONDITION, null, index.where()), requested);
            }
            for (Index.Key key : index.keys()) {
                if (key.expression() != null) {
                    add(of(as, Role.KEY, null, key.expression()), requested);
                }
            }
        }
        for (Column column : from.columns()) {
            Column other = TableComparison.same(column, as);
            String generation = generation(column.generated());
            if (other != null && generation != null) {
                add(of(as, Role.GENERATION, other.name(), generation), requested);
            } else if (other != null && column.defaultExpression() != null) {
                add(of(as, Role.DEFAULT, other.name(), column.defaultExpression()), requested);
            }
        }
    }

    private static void add(TableExpression expression, Set<TableExpression> requested) {
        if (isParsedAlike(expression.text())) {
            requested.add(expression);
        }
    }

    /**
     * Returns whether both dialects parse a text in the same way. PostgreSQL evaluates an addition before a
     * concatenation, SQLite after it.
     */
    private static boolean isParsedAlike(String text) {
        if (READ_OTHERWISE.matcher(text).find()) {
            return false;
        }
        Matcher concatenation = CONCATENATION.matcher(LITERAL.matcher(text).replaceAll("''"));
        return !concatenation.find()
                || !ARITHMETIC.matcher(concatenation.replaceAll(" ")).find();
    }

    private static TableExpression of(Table table, Role role, @Nullable String column, String text) {
        return new TableExpression(table.schema(), table.name(), role, column, text);
    }

    /** Returns the expression of a generation clause, or null. */
    static @Nullable String generation(@Nullable String clause) {
        Matcher matcher = GENERATION.matcher(clause == null ? "" : clause);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /** Returns whether two conditions, of checks or indexes, have the same meaning. */
    boolean sameCondition(Table left, String onLeft, Table right, String onRight) {
        return same(left, right, Role.CONDITION, null, null, onLeft, onRight);
    }

    /** Returns whether two keys of indexes have the same meaning. */
    boolean sameKey(Table left, String onLeft, Table right, String onRight) {
        return same(left, right, Role.KEY, null, null, onLeft, onRight);
    }

    /** Returns whether the expressions of two generated columns have the same meaning. */
    boolean sameGeneration(
            Table left, Column leftColumn, String onLeft, Table right, Column rightColumn, String onRight) {
        return same(left, right, Role.GENERATION, leftColumn.name(), rightColumn.name(), onLeft, onRight);
    }

    /**
     * Returns whether PostgreSQL gives two defaults the same canonical form. Other equivalences depend on the type.
     */
    boolean readAsOneDefault(
            Table left,
            Column leftColumn,
            @Nullable String onLeft,
            Table right,
            Column rightColumn,
            @Nullable String onRight) {
        return onLeft != null
                && onRight != null
                && Boolean.TRUE.equals(
                        asRead(left, right, Role.DEFAULT, leftColumn.name(), rightColumn.name(), onLeft, onRight));
    }

    private boolean same(
            Table left,
            Table right,
            Role role,
            @Nullable String leftColumn,
            @Nullable String rightColumn,
            String onLeft,
            String onRight) {
        Boolean asRead = asRead(left, right, role, leftColumn, rightColumn, onLeft, onRight);
        return asRead != null ? asRead : ExpressionMeaning.of(onLeft).equals(ExpressionMeaning.of(onRight));
    }

    /**
     * Compares the canonical forms on PostgreSQL; null if it cannot parse both. The names of either side may be used.
     */
    private @Nullable Boolean asRead(
            Table left,
            Table right,
            Role role,
            @Nullable String leftColumn,
            @Nullable String rightColumn,
            String onLeft,
            String onRight) {
        Boolean asOnLeft = asRead(left, role, leftColumn, onLeft, onRight);
        return asOnLeft != null ? asOnLeft : asRead(right, role, rightColumn, onLeft, onRight);
    }

    private @Nullable Boolean asRead(Table as, Role role, @Nullable String column, String onLeft, String onRight) {
        String one = read.get(of(as, role, column, onLeft));
        String other = read.get(of(as, role, column, onRight));
        return (one == null || other == null)
                ? null
                : Boolean.valueOf(ExpressionMeaning.inCommonWords(one).equals(ExpressionMeaning.inCommonWords(other)));
    }
}
