package dev.turnstone.dialect.postgresql.catalog;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Removes the parts of a column default that the server adds and that only repeat the column's type. */
final class ColumnDefault {

    private static final Pattern CAST_LITERAL = Pattern.compile("^('(?:[^']|'')*+'|NULL)::(.+)", Pattern.DOTALL);
    private static final Pattern TYPE_ARGUMENTS = Pattern.compile("\\([\\d, -]+\\)");
    private static final Pattern NUMBER = Pattern.compile("'(-?\\d+(?:\\.\\d+)?)'");
    private static final Set<String> NUMBERS =
            Set.of("smallint", "integer", "bigint", "numeric", "real", "double precision");

    /**
     * The server types a negative number with the smallest of these types that holds it, whatever the column's type.
     */
    private static final Set<String> INTEGERS = Set.of("integer", "bigint");

    private ColumnDefault() {}

    /**
     * Returns a default in the form that an author writes: {@code 'new'} for {@code 'new'::character varying}, {@code
     * -1} for {@code '-1'::integer}, null for {@code NULL::integer}. A cast to a type other than the column's stays.
     */
    static @Nullable String of(@Nullable String expression, String columnType) {
        if (expression == null) {
            return null;
        }
        Matcher literal = CAST_LITERAL.matcher(expression);
        if (!literal.matches()) {
            return expression;
        }
        String value = literal.group(1);
        String cast = bare(literal.group(2));
        String column = bare(columnType);
        Matcher number = NUMBER.matcher(value);
        if (number.matches() && NUMBERS.contains(column) && (cast.equals(column) || INTEGERS.contains(cast))) {
            return number.group(1);
        }
        if (!cast.equals(column)) {
            return expression;
        }
        return value.equals("NULL") ? null : value;
    }

    private static String bare(String type) {
        String name = TYPE_ARGUMENTS.matcher(type).replaceAll("");
        return name.equals("character") ? "bpchar" : name.toLowerCase(Locale.ROOT);
    }
}
