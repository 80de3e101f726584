package dev.turnstone.execution.offline;

import dev.turnstone.execution.offline.SqlWords.Word;
import dev.turnstone.schema.ForeignKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The constraints of one table, computed from the statements that created it. A constraint name that the server
 * generates, and a clause that is not understood, make the constraints unknown.
 */
final class ReplayedConstraints {

    private static final Set<String> KINDS = Set.of("PRIMARY", "UNIQUE", "CHECK", "REFERENCES", "FOREIGN", "EXCLUDE");
    private static final String GENERATED = "the generated names of its constraints are known only with a connection";

    final Set<String> names = new TreeSet<>();
    final List<ForeignKey> foreignKeys = new ArrayList<>();

    @Nullable
    String namesUnknown;

    @Nullable
    String foreignKeysUnknown;

    private final boolean serverNames;
    private final Function<Word, String> stored;

    /**
     * @param serverNames whether the server names constraints that the author does not name
     * @param stored returns a name in the form in which the server stores it
     */
    ReplayedConstraints(boolean serverNames, Function<Word, String> stored) {
        this.serverNames = serverNames;
        this.stored = stored;
    }

    /** Makes all constraints unknown. */
    void forget(String reason) {
        namesUnknown = namesUnknown == null ? reason : namesUnknown;
        foreignKeysUnknown = foreignKeysUnknown == null ? reason : foreignKeysUnknown;
    }

    /**
     * Adds the constraints of one element of CREATE TABLE, or of an ADD clause.
     *
     * @param column the column that the element declares, or null for a table constraint
     */
    void add(List<Word> element, @Nullable String column, String reason) {
        String name = null;
        int depth = 0;
        for (int i = 0; i < element.size(); i++) {
            Word word = element.get(i);
            depth += word.is("(") ? 1 : word.is(")") ? -1 : 0;
            if (depth > 0) {
                continue;
            }
            if (word.is("CONSTRAINT") && i + 1 < element.size()) {
                name = stored.apply(element.get(++i));
            } else if (word.is("NOT") || word.is("NULL") || word.is("DEFAULT") || word.is("GENERATED")) {
                // NOT NULL can have a name too, but does not count as a constraint here.
                name = null;
            } else if (word.is("LIKE") && i == 0) {
                forget(reason);
            } else if (KINDS.contains(upper(word))) {
                boolean own = !word.is("REFERENCES") || column != null;
                if (own && name != null) {
                    names.add(name);
                } else if (own && serverNames && namesUnknown == null) {
                    namesUnknown = GENERATED;
                }
                if (word.is("REFERENCES")) {
                    addForeignKey(name, element, i, column, reason);
                }
                name = word.is("FOREIGN") ? name : null;
            }
        }
    }

    private void addForeignKey(
            @Nullable String name, List<Word> element, int at, @Nullable String column, String reason) {
        List<String> from = column == null ? listBefore(element, at) : List.of(column);
        List<String> to = listAt(element, at + 2);
        boolean plain = at + 1 < element.size()
                && element.get(at + 1).isName()
                && (name != null || !serverNames)
                && !from.isEmpty()
                && !to.isEmpty();
        // The end of the clause or the next constraint of the column must follow the list.
        int after = at + 3 + 2 * to.size();
        TreeMap<String, String> options = new TreeMap<>();
        while (plain && after < element.size() && !element.get(after).is("CONSTRAINT")) {
            boolean action = element.get(after).is("ON") && after + 2 < element.size();
            if (!action) {
                plain = KINDS.contains(upper(element.get(after)));
                break;
            }
            boolean two =
                    element.get(after + 2).is("SET") || element.get(after + 2).is("NO");
            String words = upper(element.get(after + 2))
                    + (two && after + 3 < element.size() ? " " + upper(element.get(after + 3)) : "");
            if (!words.equals("NO ACTION")) {
                options.put("on " + lower(element.get(after + 1)), words.toLowerCase(Locale.ROOT));
            }
            after += two ? 4 : 3;
        }
        if (plain) {
            foreignKeys.add(new ForeignKey(name, from, stored.apply(element.get(at + 1)), to, options));
        } else if (foreignKeysUnknown == null) {
            foreignKeysUnknown = reason;
        }
    }

    private List<String> listBefore(List<Word> element, int at) {
        int open = at - 1;
        while (open >= 0 && !element.get(open).is("(")) {
            open--;
        }
        return open < 0 ? List.of() : listAt(element, open);
    }

    /** Returns the names in the parentheses that open at that position; empty if there are none. */
    private List<String> listAt(List<Word> element, int open) {
        List<String> list = new ArrayList<>();
        if (open >= element.size() || !element.get(open).is("(")) {
            return list;
        }
        for (int i = open + 1; i < element.size() && !element.get(i).is(")"); i++) {
            if (element.get(i).isName()) {
                list.add(stored.apply(element.get(i)));
            }
        }
        return list;
    }

    /** Makes the foreign keys to a renamed table unknown. */
    void forgetReferencesTo(String table, String reason) {
        if (foreignKeys.stream().anyMatch(key -> key.referencedTable().equalsIgnoreCase(table))) {
            foreignKeysUnknown = foreignKeysUnknown == null ? reason : foreignKeysUnknown;
        }
    }

    void drop(String name) {
        names.removeIf(n -> n.equalsIgnoreCase(name));
        foreignKeys.removeIf(key -> name.equalsIgnoreCase(String.valueOf(key.name())));
    }

    private static String upper(Word word) {
        return StatementReplay.upper(word);
    }

    private static String lower(Word word) {
        return upper(word).toLowerCase(Locale.ROOT);
    }
}
