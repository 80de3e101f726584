package dev.turnstone.snapshot;

import dev.turnstone.snapshot.TypeMeaning.Family;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Normalizes canonical expressions of two dialects to a common form. Both databases already normalized their
 * expressions; what remains are different words with the same meaning.
 */
final class ExpressionMeaning {

    private static final Pattern TOKEN = Pattern.compile(
            "'(?:[^']|'')*+'|\"(?:[^\"]|\"\")*+\"|\\d+(?:\\.\\d+)?|[\\p{L}_][\\p{L}\\p{N}_$]*|::|<>|!=|==|<=|>=|!?~~\\*?|\\|\\||->>?|\\S");
    private static final Pattern CAST =
            Pattern.compile("::(?:\"[^\"]+\"|[a-z_][a-z0-9_.]*(?: varying| precision| with(?:out)? time zone)?)"
                    + "(?:\\([\\d, ]+\\))?(?:\\[\\])?(?: with(?:out)? time zone)?");
    private static final Pattern TEXT_OR_REST = Pattern.compile("'(?:[^']|'')*+'|[^']+");
    private static final Map<String, String> WORDS = Map.of(
            "!=",
            "<>",
            "==",
            "=",
            "~~",
            "like",
            "true",
            "1",
            "false",
            "0",
            "char_length",
            "length",
            "substr",
            "substring");
    private static final Pattern NOW = Pattern.compile(
            "(current_timestamp|now\\(\\)|transaction_timestamp\\(\\)|localtimestamp|statement_timestamp\\(\\)"
                    + "|datetime\\('now'.*\\)|strftime\\((?>.*?'now').*\\)|unixepoch\\(.*\\)|\\(?now\\(\\) at time zone .*)");
    private static final Pattern TODAY = Pattern.compile("(current_date|date\\('now'\\)|now\\(\\)::date)");
    private static final Pattern RANDOM =
            Pattern.compile("^.*(gen_random_uuid|uuid_generate_v4|uuidv4|randomblob).*", Pattern.DOTALL);
    private static final Set<String> IGNORED = Set.of("(", ")", "as");

    private ExpressionMeaning() {}

    /** Returns an expression without casts, qualifiers and parentheses, which only one dialect may contain. */
    static String of(String expression) {
        List<String> tokens = tokens(withoutCasts(expression));
        List<String> out = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            if (i + 1 < tokens.size() && tokens.get(i + 1).equals(".")) {
                i++;
            } else if (startsMembership(tokens, i)) {
                if (token.equals("<>")) {
                    out.add("not");
                }
                out.add("in");
                i += 2;
                while (i + 1 < tokens.size() && List.of("(", "array", "[").contains(tokens.get(i + 1))) {
                    i++;
                }
            } else if (!IGNORED.contains(token) && !token.equals("]")) {
                out.add(WORDS.getOrDefault(token, token));
            }
        }
        return String.join(" ", out).replace("! like", "not like");
    }

    /**
     * Returns a canonical expression of PostgreSQL with synonyms replaced by one word. Parentheses and casts are kept.
     */
    static String inCommonWords(String canonical) {
        return tokens(canonical).stream()
                .map(token -> WORDS.getOrDefault(token, token))
                .collect(Collectors.joining(" "));
    }

    private static boolean startsMembership(List<String> tokens, int i) {
        if (i + 2 >= tokens.size()) {
            return false;
        }
        String both = tokens.get(i) + tokens.get(i + 1);
        return both.equals("=any") || both.equals("<>all");
    }

    private static String withoutCasts(String expression) {
        StringBuilder out = new StringBuilder();
        Matcher parts = TEXT_OR_REST.matcher(expression);
        while (parts.find()) {
            String part = parts.group();
            out.append(part.startsWith("'") ? part : part.toLowerCase(Locale.ROOT));
        }
        return CAST.matcher(out).replaceAll("");
    }

    private static List<String> tokens(String expression) {
        return TOKEN.matcher(expression)
                .results()
                .map(result -> result.group())
                .map(token -> token.startsWith("\"")
                        ? token.substring(1, token.length() - 1).replace("\"\"", "\"")
                        : token.startsWith("'") ? token : token.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Normalizes a default for a type. For example, {@code 1} and {@code true} are equal for a boolean. */
    static @Nullable String ofDefault(@Nullable String expression, TypeMeaning type) {
        if (expression == null) {
            return null;
        }
        String text = withoutCasts(expression).strip();
        while (text.startsWith("(") && text.endsWith(")") && text.indexOf(')') == text.length() - 1) {
            text = text.substring(1, text.length() - 1).strip();
        }
        if (NOW.matcher(text).matches()) {
            return "the time";
        }
        if (TODAY.matcher(text).matches()) {
            return "the day";
        }
        if (RANDOM.matcher(text).matches()) {
            return "a random value";
        }
        String value = text.startsWith("'") && text.endsWith("'") ? text.substring(1, text.length() - 1) : text;
        if (type.is(Family.BOOLEAN)) {
            if (Set.of("1", "true", "t", "yes", "on").contains(value.toLowerCase(Locale.ROOT))) {
                return "1";
            }
            if (Set.of("0", "false", "f", "no", "off").contains(value.toLowerCase(Locale.ROOT))) {
                return "0";
            }
        }
        if (type.is(Family.BINARY) && (text.startsWith("x'") || value.startsWith("\\x"))) {
            return "x" + value.replaceAll("[^0-9a-fA-F]", "").toLowerCase(Locale.ROOT);
        }
        if (value.matches("-?\\d+(\\.\\d+)?")) {
            return new BigDecimal(value).stripTrailingZeros().toPlainString();
        }
        return text.startsWith("'") ? text : of(text);
    }

    /** Returns the values that a check allows for one column, or null if the check has another form. */
    static @Nullable List<String> membership(String expression, String column) {
        String prefix = column.toLowerCase(Locale.ROOT) + " in ";
        String meaning = of(expression);
        if (!meaning.startsWith(prefix)) {
            return null;
        }
        List<String> values = new ArrayList<>();
        for (String each : tokens(meaning.substring(prefix.length()))) {
            if (!each.equals(",")) {
                values.add(
                        each.startsWith("'")
                                ? each.substring(1, each.length() - 1).replace("''", "'")
                                : each);
            }
        }
        return values;
    }
}
