package dev.turnstone.dialect.postgresql.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Normalises the query of a view, which the server formats differently between versions.
 *
 * <p>If a query reads from only one relation, PostgreSQL before 16 qualifies the columns of a view with that relation
 * and later versions do not. Within a subquery all versions do.
 */
final class ViewQuery {

    private static final Pattern TOKEN = Pattern.compile(
            "\"(?:[^\"]|\"\")*+\"|[Ee]'(?:[^'\\\\]|\\\\.|'')*+'|'(?:[^']|'')*+'|[\\p{L}_][\\p{L}\\p{N}_$]*|\\d[\\w.]*|\\s+|::|.",
            Pattern.DOTALL);
    private static final Set<String> AFTER_FROM = Set.of(
            "tablesample", "where", "group", "having", "window", "order", "limit", "offset", "fetch", "for", ";");
    private static final Set<String> SEVERAL = Set.of(",", "join", "union", "intersect", "except", "rows");
    private static final Set<String> BEFORE_A_SCHEMA = Set.of("::", "collate");
    private static final Set<String> SUBQUERIES = Set.of("select", "with", "values");

    private final List<String> tokens;

    /** For each token, whether it is in a subquery. */
    private final List<Boolean> within = new ArrayList<>();

    /** For each token, the depth of parentheses. */
    private final List<Integer> depths = new ArrayList<>();

    private ViewQuery(String query) {
        tokens = TOKEN.matcher(query).results().map(token -> token.group()).toList();
        List<Boolean> open = new ArrayList<>();
        int subqueries = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).equals(")") && !open.isEmpty()) {
                subqueries -= open.remove(open.size() - 1) ? 1 : 0;
            }
            within.add(subqueries > 0);
            depths.add(open.size());
            if (tokens.get(i).equals("(")) {
                boolean subquery = SUBQUERIES.contains(word(next(i)));
                open.add(subquery);
                subqueries += subquery ? 1 : 0;
            }
        }
    }

    static String canonical(String query) {
        String stripped = query.strip();
        return new ViewQuery(stripped.endsWith(";") ? stripped.substring(0, stripped.length() - 1) : stripped).text();
    }

    private String text() {
        String only = onlyRelation();
        if (only == null) {
            return String.join("", tokens);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            if (isQualified(i, only)) {
                i++;
            } else {
                text.append(tokens.get(i));
            }
        }
        return text.toString();
    }

    /**
     * Returns whether a column qualified with {@code relation} begins here. A whole-row reference, and a name qualified
     * with a schema that has the relation's name, do not count.
     */
    private boolean isQualified(int i, String relation) {
        return tokens.get(i).equals(relation)
                && !within.get(i)
                && i + 2 < tokens.size()
                && tokens.get(i + 1).equals(".")
                && isName(tokens.get(i + 2))
                && !(i + 3 < tokens.size() && Set.of("(", ".").contains(tokens.get(i + 3)))
                && !BEFORE_A_SCHEMA.contains(word(previous(i)))
                && !previous(i).equals(".")
                && !isReadFrom(i);
    }

    private boolean isReadFrom(int i) {
        return depths.get(i) == 0 && Set.of("from", "only").contains(word(previous(i)));
    }

    /** Returns the name by which the query refers to the only relation that it reads from, or null. */
    private @Nullable String onlyRelation() {
        int from = -1;
        for (int i = 0; i < tokens.size(); i++) {
            if (depths.get(i) == 0 && word(i).equals("from")) {
                from = i;
                break;
            }
        }
        if (from < 0) {
            return null;
        }
        String name = null;
        for (int i = from + 1; i < tokens.size(); i++) {
            if (depths.get(i) > 0) {
                continue;
            }
            String word = word(i);
            if (SEVERAL.contains(word)) {
                return null;
            }
            if (AFTER_FROM.contains(word)) {
                return isSetOperation(i) ? null : name;
            }
            if (isName(tokens.get(i)) && !word.equals("only")) {
                name = tokens.get(i);
            }
        }
        return name;
    }

    private boolean isSetOperation(int from) {
        for (int i = from; i < tokens.size(); i++) {
            if (depths.get(i) == 0 && Set.of("union", "intersect", "except").contains(word(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isName(String token) {
        return token.startsWith("\"") || Character.isLetter(token.charAt(0)) || token.charAt(0) == '_';
    }

    private String word(int i) {
        return word(tokens.get(i));
    }

    private static String word(String token) {
        return token.toLowerCase(Locale.ROOT);
    }

    private String next(int i) {
        for (int j = i + 1; j < tokens.size(); j++) {
            if (!tokens.get(j).isBlank()) {
                return tokens.get(j);
            }
        }
        return "";
    }

    private String previous(int i) {
        for (int j = i - 1; j >= 0; j--) {
            if (!tokens.get(j).isBlank()) {
                return tokens.get(j);
            }
        }
        return "";
    }
}
