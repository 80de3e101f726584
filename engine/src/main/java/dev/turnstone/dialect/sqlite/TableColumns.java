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

/** The columns of one table, to recognise them in expressions and keys whatever letters they are written in. */
final class TableColumns {

    static final Set<String> ROW_ID_NAMES = Set.of("rowid", "oid", "_rowid_");
    private static final String DEFAULT_COLLATION = "binary";

    /** From the folded name to the name as declared, in the table's order. */
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

    /** The name as the table declares it; the name itself where there is no such column. */
    String declared(String name) {
        return declared.getOrDefault(Identifier.folded(name), name);
    }

    List<String> declared(List<String> names) {
        return names.stream().map(this::declared).toList();
    }

    Set<String> foldedNames() {
        return declared.keySet();
    }

    /** Spells expressions over these columns. */
    CanonicalSql canonicalSql(String table) {
        Set<String> names = new HashSet<>(declared.keySet());
        names.addAll(ROW_ID_NAMES);
        names.add(Identifier.folded(table));
        return CanonicalSql.knowing(names);
    }

    /** The columns that an expression mentions, in the table's order. */
    List<String> mentionedIn(List<Token> expression, CanonicalSql canonical) {
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

    /** The keys of an index or of a constraint. */
    List<Index.Key> keys(List<Token> list, CanonicalSql canonical) {
        List<Index.Key> keys = new ArrayList<>();
        for (List<Token> part : Tokens.parts(list)) {
            keys.add(key(part, canonical));
        }
        return keys;
    }

    private Index.Key key(List<Token> tokens, CanonicalSql canonical) {
        List<Token> rest = tokens;
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
        String suffix = (collation == null || collation.equals(own) ? "" : " collate " + Identifier.spelled(collation))
                + direction
                + nulls;
        return new Index.Key(column, column == null ? canonical.of(rest) : null, suffix.strip());
    }

    private @Nullable String columnMeantBy(List<Token> tokens) {
        return tokens.size() == 1 && tokens.get(0).canBeName()
                ? declared.get(Identifier.folded(tokens.get(0).unquoted()))
                : null;
    }

    private static boolean endsWith(List<Token> tokens, String... words) {
        // One token alone is what is sorted by, even where it reads like a direction.
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
