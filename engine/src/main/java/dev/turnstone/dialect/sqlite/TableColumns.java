package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.sqlite.TableText.ColumnText;
import dev.turnstone.schema.Index;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns of one table. Finds them in expressions and keys, ignoring letter case. */
final class TableColumns {

    static final Set<String> ROW_ID_NAMES = Set.of("rowid", "oid", "_rowid_");
    private static final String DEFAULT_COLLATION = "binary";

    /** From the folded name to the declared name, in the table's order. */
    private final Map<String, String> declared = new LinkedHashMap<>();

    private final Map<String, String> collations = new HashMap<>();

    static TableColumns of(List<ColumnText> columns) {
        TableColumns all = new TableColumns();
        columns.forEach(column -> {
            String folded = Identifier.folded(column.name());
            all.declared.put(folded, column.name());
            if (column.collation() != null) {
                all.collations.put(folded, column.collation());
            }
        });
        return all;
    }

    /** Returns the name as the table declares it, or the name itself if there is no such column. */
    String declared(String name) {
        return declared.getOrDefault(Identifier.folded(name), name);
    }

    List<String> declared(List<String> names) {
        return names.stream().map(this::declared).toList();
    }

    Set<String> foldedNames() {
        return declared.keySet();
    }

    /** Returns a formatter for expressions over these columns. */
    CanonicalSql canonicalSql(String table) {
        Set<String> names = new HashSet<>(declared.keySet());
        names.addAll(ROW_ID_NAMES);
        names.add(Identifier.folded(table));
        return CanonicalSql.knowing(names);
    }

    /** Returns the columns that an expression mentions, in the table's order. */
    List<String> mentionedIn(List<SqlToken> expression, CanonicalSql canonical) {
        Set<String> mentioned = new HashSet<>();
        for (int i = 0; i < expression.size(); i++) {
            boolean call = i + 1 < expression.size() && expression.get(i + 1).is("(");
            boolean collation = i > 0 && expression.get(i - 1).is("collate");
            if (!call && !collation && canonical.isName(expression, i)) {
                mentioned.add(Identifier.folded(expression.get(i).unquoted()));
            }
        }
        return declared.entrySet().stream()
                .filter(column -> mentioned.contains(column.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Returns the keys of an index or of a constraint. */
    List<Index.Key> keys(List<SqlToken> list, CanonicalSql canonical) {
        List<Index.Key> keys = new ArrayList<>();
        for (List<SqlToken> part : TokenReader.parts(list)) {
            keys.add(key(part, canonical));
        }
        return keys;
    }

    private Index.Key key(List<SqlToken> tokens, CanonicalSql canonical) {
        List<SqlToken> rest = tokens;
        String nulls = "";
        if (endsWith(rest, "nulls", "first") || endsWith(rest, "nulls", "last")) {
            nulls = " nulls " + Identifier.folded(rest.get(rest.size() - 1).text());
            rest = rest.subList(0, rest.size() - 2);
        }
        String direction = "";
        if (endsWith(rest, "desc")) {
            direction = " desc";
            rest = rest.subList(0, rest.size() - 1);
        } else if (endsWith(rest, "asc")) {
            rest = rest.subList(0, rest.size() - 1);
        }
        String collation = null;
        if (rest.size() >= 3 && rest.get(rest.size() - 2).is("collate")) {
            collation = Identifier.folded(rest.get(rest.size() - 1).unquoted());
            rest = rest.subList(0, rest.size() - 2);
        }
        rest = CanonicalSql.withoutOuterParentheses(rest);
        String column = columnMeantBy(rest);
        String own = column == null ? null : collations.getOrDefault(Identifier.folded(column), DEFAULT_COLLATION);
        String suffix =
                (collation == null || collation.equals(own) ? "" : " collate " + Identifier.quotedIfNeeded(collation))
                        + direction
                        + nulls;
        return new Index.Key(column, column == null ? canonical.of(rest) : null, suffix.strip());
    }

    private @Nullable String columnMeantBy(List<SqlToken> tokens) {
        return tokens.size() == 1 && tokens.get(0).canBeName()
                ? declared.get(Identifier.folded(tokens.get(0).unquoted()))
                : null;
    }

    private static boolean endsWith(List<SqlToken> tokens, String... words) {
        // A single token is the key's expression, even if it looks like a direction.
        if (tokens.size() <= words.length) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (!tokens.get(tokens.size() - words.length + i).is(words[i])) {
                return false;
            }
        }
        return true;
    }
}
