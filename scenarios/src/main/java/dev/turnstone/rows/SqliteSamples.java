package dev.turnstone.rows;

import dev.turnstone.schema.Column;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Samples for SQLite by a column's declared type: by the type's meaning in other databases, else by the affinity rules
 * of SQLite's "Determination Of Column Affinity".
 */
final class SqliteSamples implements TypeSamples {

    private static final Pattern LENGTH = Pattern.compile("\\((\\d+)");

    private final boolean byName;

    /** @param byName whether a column's name determines its texts */
    SqliteSamples(boolean byName) {
        this.byName = byName;
    }

    @Override
    public Samples of(Column column) {
        String type = column.type().toString().toUpperCase(Locale.ROOT);
        if (type.contains("BOOL")) {
            return Samples.of(n -> (long) (n % 2), 1L, 0L);
        }
        if (type.contains("INT")) {
            return Samples.of(n -> (long) n, type.contains("BIG") ? Long.MAX_VALUE : (Object) 2_147_483_647L, -1L, 0L);
        }
        if (type.contains("UUID")) {
            return Samples.of(Texts::uuid);
        }
        if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
            Matcher length = LENGTH.matcher(type);
            return Texts.samples(byName ? column.name() : "", length.find() ? Integer.parseInt(length.group(1)) : 0);
        }
        if (type.contains("BLOB")) {
            return Samples.of(
                    n -> ("blob-" + n).getBytes(StandardCharsets.UTF_8), new byte[0], new byte[] {0, (byte) 0xff});
        }
        if (type.isEmpty() || type.equals("ANY")) {
            return Samples.of(n -> "text-" + n, Texts.UNICODE, 7L, 1.5);
        }
        if (type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB")) {
            return Samples.of(n -> n + 0.5, 1e30, -0.25, 0.0);
        }
        if (type.contains("JSON")) {
            return new Samples(
                    n -> "{\"n\": " + n + "}",
                    List.of("{\"list\": [1, null, \"ž 🐎\"], \"more\": {\"a\": true}}", "{}"),
                    List.of("[]", "[\"a\"]", "\"a\""));
        }
        if (type.contains("TIMESTAMP") || type.contains("DATETIME")) {
            return Samples.of(Texts::timestamp, "1970-01-01 00:00:00", "2038-01-19 03:14:08.999");
        }
        if (type.contains("DATE")) {
            return Samples.of(Texts::date, "1970-01-01", "2024-02-29");
        }
        if (type.contains("TIME")) {
            return Samples.of(n -> String.format(Locale.ROOT, "%02d:%02d:00", n / 60 % 24, n % 60), "00:00:00");
        }
        return Samples.of(n -> (long) n, 12.5, -1L, 0L);
    }

    @Override
    public List<String> checks(Column column) {
        return List.of();
    }

    @Override
    public List<Object> literal(Column column, Literal literal) {
        String type = column.type().toString().toUpperCase(Locale.ROOT);
        boolean textual = type.contains("CHAR") || type.contains("TEXT") || type.contains("CLOB");
        if (textual) {
            return literal.texts();
        }
        List<Object> values = new ArrayList<>();
        if (literal.isNumber()) {
            for (BigDecimal number : literal.numbers()) {
                values.add(number.scale() <= 0 ? (Object) number.longValue() : (Object) number.doubleValue());
            }
            if (type.isEmpty() || type.contains("BLOB")) {
                int size = new BigDecimal(literal.text()).intValue();
                if (size >= 0 && size <= 2_000) {
                    values.add(new byte[size]);
                }
            }
        } else {
            values.add(literal.text());
        }
        return values;
    }
}
