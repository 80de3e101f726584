package dev.turnstone.dialect.postgresql.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Encodes the facts about an object as one text that contains only the non-null facts.
 *
 * <p>The parts of the query write the facts as an array of keys and values. Without this encoding, the server would
 * send each key for each object.
 */
final class FactList {

    /** No definition contains it by accident. */
    private static final String SEPARATOR = "\u0001\u001e\u0001";

    private static final Pattern SEPARATORS = Pattern.compile(SEPARATOR, Pattern.LITERAL);
    private static final String ARRAY = "ARRAY[";

    private FactList() {}

    /** Returns a part of the query in which the first array, the array of facts, is written as one text. */
    static String asText(String part) {
        int start = part.indexOf(ARRAY);
        List<String> elements = new ArrayList<>();
        int end = elements(part, start + ARRAY.length(), elements);
        StringBuilder text = new StringBuilder(part.length() + 200)
                .append(part, 0, start)
                .append("concat_ws(chr(1) || chr(30) || chr(1)");
        for (int i = 0; i + 1 < elements.size(); i += 2) {
            String key = elements.get(i);
            String value = elements.get(i + 1);
            if (!value.equals("NULL")) {
                text.append(",\n")
                        .append(key, 0, key.length() - 1)
                        .append("=' || (")
                        .append(value)
                        .append(')');
            }
        }
        return text.append(')').append(part, end + 1, part.length()).toString();
    }

    /** Splits at the commas outside parentheses and quotes, and returns the end of the array. */
    private static int elements(String sql, int start, List<String> elements) {
        int depth = 0;
        boolean quoted = false;
        int from = start;
        for (int i = start; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted && (c == '(' || c == '[')) {
                depth++;
            } else if (!quoted && depth == 0 && (c == ',' || c == ']')) {
                elements.add(sql.substring(from, i).strip());
                from = i + 1;
                if (c == ']') {
                    return i;
                }
            } else if (!quoted && (c == ')' || c == ']')) {
                depth--;
            }
        }
        throw new IllegalStateException("Unterminated array of facts in: " + sql);
    }

    static Map<String, String> parse(String text) {
        Map<String, String> facts = new HashMap<>();
        if (text.isEmpty()) {
            return facts;
        }
        for (String fact : SEPARATORS.split(text, -1)) {
            int equals = fact.indexOf('=');
            facts.put(fact.substring(0, equals), fact.substring(equals + 1));
        }
        return facts;
    }
}
