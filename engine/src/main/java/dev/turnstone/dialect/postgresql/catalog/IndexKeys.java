package dev.turnstone.dialect.postgresql.catalog;

import dev.turnstone.schema.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses an index definition into its keys.
 *
 * <p>Only the complete definition shows which collation, operator class and direction differ from the default, and only
 * the definition of a single key shows where that key ends. This class combines both.
 */
final class IndexKeys {

    private static final Set<String> WORDS = Set.of("COLLATE", "DESC", "ASC", "NULLS", "FIRST", "LAST");
    private static final List<String> ORDERS = List.of("", "desc nulls last", "nulls first", "desc");
    private static final Pattern WORD_OR_QUOTED = Pattern.compile("\"(?:[^\"]|\"\")*+\"|[A-Z]+");

    private final String definition;
    private int position;

    private IndexKeys(String definition) {
        this.definition = definition;
    }

    /**
     * Parses the keys of any index.
     *
     * @param definition for example {@code CREATE INDEX i ON t USING btree (a DESC, lower(b))}
     * @param keys each key as the server formats it, with the prefix {@code c} for a column or {@code x} for an
     *     expression
     * @param columns the names of the keys that are columns, in order
     */
    static List<Index.Key> of(String definition, List<String> keys, List<String> columns) {
        return new IndexKeys(definition).keys(keys, columns);
    }

    /**
     * Returns the keys of an index on plain columns.
     *
     * @param columns the keys of an index that has only columns, each in the default collation and operator class
     * @param options for each key a number: 1 for descending, 2 for nulls first, 3 for both
     */
    static List<Index.Key> plain(List<String> columns, String options) {
        String[] option = options.split(" ", -1);
        if (option.length != columns.size()) {
            throw new ReadRetry.ConcurrentChangeException("an index lost a column; its columns are " + columns);
        }
        List<Index.Key> keys = new ArrayList<>();
        for (int i = 0; i < option.length; i++) {
            keys.add(new Index.Key(columns.get(i), null, ORDERS.get(Integer.parseInt(option[i]))));
        }
        return keys;
    }

    private List<Index.Key> keys(List<String> formatted, List<String> columns) {
        skipTo(" USING ");
        skipTo("(");
        List<Index.Key> keys = new ArrayList<>();
        int column = 0;
        for (String key : formatted) {
            String text = key.substring(1);
            if (!definition.startsWith(text, position)) {
                throw new IllegalStateException("Key " + text + " is not at " + position + " of: " + definition);
            }
            position += text.length();
            int end = endOfKey();
            String suffix = lowerCaseWords(definition.substring(position, end).strip());
            position = end + 2;
            keys.add(
                    key.charAt(0) == 'c'
                            ? new Index.Key(columns.get(column++), null, suffix)
                            : new Index.Key(null, withoutParentheses(text), suffix));
        }
        return keys;
    }

    /** The server puts every expression in parentheses, except a plain function call. */
    private static String withoutParentheses(String expression) {
        return expression.startsWith("(") ? expression.substring(1, expression.length() - 1) : expression;
    }

    private static String lowerCaseWords(String suffix) {
        Matcher words = WORD_OR_QUOTED.matcher(suffix);
        return words.replaceAll(word -> Matcher.quoteReplacement(
                WORDS.contains(word.group()) ? word.group().toLowerCase(Locale.ROOT) : word.group()));
    }

    private void skipTo(String text) {
        boolean quoted = false;
        for (; position < definition.length(); position++) {
            if (definition.charAt(position) == '"') {
                quoted = !quoted;
            } else if (!quoted && definition.startsWith(text, position)) {
                position += text.length();
                return;
            }
        }
        throw new IllegalStateException("No " + text + " in: " + definition);
    }

    /**
     * Returns the position of the comma or parenthesis that ends the key. The parameters of an operator class have
     * parentheses of their own.
     */
    private int endOfKey() {
        int depth = 0;
        char quote = 0;
        for (int i = position; i < definition.length(); i++) {
            char c = definition.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (depth == 0 && (c == ',' || c == ')')) {
                return i;
            } else if (c == ')') {
                depth--;
            }
        }
        throw new IllegalStateException("Unterminated key in: " + definition);
    }
}
