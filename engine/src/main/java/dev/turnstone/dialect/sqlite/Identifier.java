package dev.turnstone.dialect.sqlite;

import java.util.Set;
import java.util.regex.Pattern;

/** Quotes and compares names by SQLite's rules. */
final class Identifier {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");

    /** Words that cannot be a name without quotes, and two that would be read as a truth value. */
    private static final Set<String> RESERVED = words("""
            add all alter and as autoincrement between case check collate commit constraint create current_date
            current_time current_timestamp default deferrable delete distinct drop else escape except exists false
            filter foreign from group having in index insert intersect into is isnull join limit not nothing notnull
            null on or order over primary references returning select set table then to transaction true union unique
            update using values when where""");

    /** Words that are keywords in some contexts, and can be names in others. */
    private static final Set<String> SOMETIMES_KEYWORDS = words("""
            abort action after always analyze asc attach before begin by cascade cast column conflict cross current
            database deferred desc detach do each end exclude exclusive explain fail first following for full generated
            glob groups if ignore immediate indexed initially inner instead key last left like match materialized
            natural no nulls of offset others outer partition plan pragma preceding query raise range recursive regexp
            reindex release rename replace restrict right rollback row rows savepoint temp temporary ties trigger
            unbounded vacuum view virtual window with within without""");

    private Identifier() {}

    private static Set<String> words(String text) {
        return Set.of(text.split("\\s+", -1));
    }

    /** Returns the name in the letter case in which SQLite compares names: SQLite folds the letters A to Z only. */
    static String folded(String name) {
        int first = 0;
        while (first < name.length() && folded(name.charAt(first)) == name.charAt(first)) {
            first++;
        }
        if (first == name.length()) {
            return name;
        }
        StringBuilder folded = new StringBuilder(name);
        for (int i = first; i < folded.length(); i++) {
            folded.setCharAt(i, folded(folded.charAt(i)));
        }
        return folded.toString();
    }

    private static char folded(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    /** Returns whether a word folds to a name that is folded already. */
    static boolean foldsTo(String folded, String word) {
        if (word.length() != folded.length()) {
            return false;
        }
        for (int i = 0; i < folded.length(); i++) {
            if (folded(word.charAt(i)) != folded.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Returns the name without quotes if it needs none. */
    static String quotedIfNeeded(String name) {
        return PLAIN.matcher(name).matches() && !isReserved(name) ? name : quoted(name);
    }

    static boolean isReserved(String word) {
        return RESERVED.contains(folded(word));
    }

    static boolean isKeyword(String word) {
        return isReserved(word) || SOMETIMES_KEYWORDS.contains(folded(word));
    }
}
