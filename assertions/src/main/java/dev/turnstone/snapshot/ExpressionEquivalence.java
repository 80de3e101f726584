package dev.turnstone.snapshot;

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
 * Whether the expressions of two tables of one name mean the same: as PostgreSQL spells them where it can read both, else
 * by the words that the dialects have for the same.
 */
final class ExpressionEquivalence {

    private static final Pattern GENERATION = Pattern.compile(
            "always (?:as )?\\((.*)\\)(?: (?:stored|virtual))?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*+'");

    /** Moments that PostgreSQL replaces by the time at which it reads them, and blobs, which it reads as bits. */
    private static final Pattern READ_OTHERWISE =
            Pattern.compile("'\\s*(?:now|today|tomorrow|yesterday)\\s*'|\\bx'", Pattern.CASE_INSENSITIVE);

    private static final Pattern CONCATENATION = Pattern.compile("\\|\\||->>?");
    private static final Pattern ARITHMETIC = Pattern.compile("[-+*/%&|]|<<|>>");

    private final Map<TableExpression, String> read;

    private ExpressionEquivalence(Map<TableExpression, String> read) {
        this.read = read;
    }

    /** Asks once for all tables that both schemas have. */
    static ExpressionEquivalence between(SchemaSnapshot left, SchemaSnapshot right, ExpressionReader reader) {
        boolean leftIsSqlite = left.dialect().equals("sqlite");
        SchemaSnapshot sqlite = leftIsSqlite ? left : right;
        SchemaSnapshot postgresql = leftIsSqlite ? right : left;
        Set<TableExpression> asked = new LinkedHashSet<>();
        if (sqlite.dialect().equals("sqlite") && postgresql.dialect().equals("postgresql")) {
            for (Table table : postgresql.schema().tables()) {
                LogicalComparison.same(table, sqlite).ifPresent(other -> {
                    collect(table, table, asked);
                    collect(other, table, asked);
                });
            }
        }
        return new ExpressionEquivalence(asked.isEmpty() ? Map.of() : reader.canonical(asked));
    }

    private static void collect(Table from, Table as, Set<TableExpression> asked) {
        for (CheckConstraint check : from.checks()) {
            add(of(as, Role.CONDITION, null, check.expression()), asked);
        }
        for (Index index : from.indexes()) {
            if (index.where() != null) {
                add(of(as, Role.CONDITION, null, index.where()), asked);
            }
            for (Index.Key key : index.keys()) {
                if (key.expression() != null) {
                    add(of(as, Role.KEY, null, key.expression()), asked);
                }
            }
        }
        for (Column column : from.columns()) {
            Column other = TableComparison.same(column, as);
            String generation = generation(column.generated());
            if (other != null && generation != null) {
                add(of(as, Role.GENERATION, other.name(), generation), asked);
            } else if (other != null && column.defaultExpression() != null) {
                add(of(as, Role.DEFAULT, other.name(), column.defaultExpression()), asked);
            }
        }
    }

    private static void add(TableExpression expression, Set<TableExpression> asked) {
        if (isReadAlike(expression.text())) {
            asked.add(expression);
        }
    }

    /** PostgreSQL adds before it concatenates, and SQLite concatenates first. */
    private static boolean isReadAlike(String text) {
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

    /** The expression of a generated column's clause, or null. */
    static @Nullable String generation(@Nullable String clause) {
        Matcher matcher = GENERATION.matcher(clause == null ? "" : clause);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /** Whether two conditions of the tables, of a check or an index, mean the same. */
    boolean sameCondition(Table left, String onLeft, Table right, String onRight) {
        return same(left, right, Role.CONDITION, null, null, onLeft, onRight);
    }

    /** Whether two keys of indexes mean the same. */
    boolean sameKey(Table left, String onLeft, Table right, String onRight) {
        return same(left, right, Role.KEY, null, null, onLeft, onRight);
    }

    /** Whether two columns are computed alike. */
    boolean sameGeneration(
            Table left, Column leftColumn, String onLeft, Table right, Column rightColumn, String onRight) {
        return same(left, right, Role.GENERATION, leftColumn.name(), rightColumn.name(), onLeft, onRight);
    }

    /** Whether PostgreSQL reads two defaults as one; what else means the same is for the type to say. */
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

    /** What PostgreSQL says; null where it cannot read both. The names are those of either side. */
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
