package dev.turnstone.execution.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of one statement, read from left to right, without comments. It accepts the quotes of SQLite and of
 * PostgreSQL, and keeps the case of names.
 */
final class SqlWords {

    private static final Pattern WORDS = Pattern.compile(
            "(?<comment>--[^\\n]*|/\\*.*?(?:\\*/|\\z))"
                    + "|(?<string>[eE]'(?:[^'\\\\]|\\\\.|'')*+'|'(?:[^']|'')*+'|(?<dollar>\\$\\w*\\$).*?(?:\\k<dollar>|\\z))"
                    + "|(?<quoted>\"(?:[^\"]|\"\")*+\"|`(?:[^`]|``)*+`|\\[[^\\]]*+(?:\\]|\\z))"
                    + "|(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*)"
                    + "|(?<other>\\S)",
            Pattern.DOTALL);

    private final List<Word> words;
    private int at;

    /**
     * A word, a quoted name, a string or a sign.
     *
     * @param text as written; a quoted name without its quotes
     */
    record Word(String text, Kind kind) {

        boolean is(String keyword) {
            return kind == Kind.WORD ? text.equalsIgnoreCase(keyword) : kind == Kind.SIGN && text.equals(keyword);
        }

        boolean isName() {
            return kind == Kind.WORD || kind == Kind.QUOTED;
        }
    }

    enum Kind {
        WORD,
        QUOTED,
        STRING,
        SIGN
    }

    SqlWords(List<Word> words) {
        this.words = List.copyOf(words);
    }

    static SqlWords of(String statement) {
        List<Word> words = new ArrayList<>();
        Matcher matcher = WORDS.matcher(statement);
        while (matcher.find()) {
            String text = matcher.group();
            if (matcher.group("word") != null) {
                words.add(new Word(text, Kind.WORD));
            } else if (matcher.group("quoted") != null) {
                String quote = text.substring(text.length() - 1);
                words.add(new Word(text.substring(1, text.length() - 1).replace(quote + quote, quote), Kind.QUOTED));
            } else if (matcher.group("string") != null) {
                words.add(new Word(text, Kind.STRING));
            } else if (matcher.group("other") != null) {
                words.add(new Word(text, Kind.SIGN));
            }
        }
        return new SqlWords(words);
    }

    boolean atEnd() {
        return at >= words.size();
    }

    boolean isNext(String keyword) {
        return !atEnd() && words.get(at).is(keyword);
    }

    /** Skips the keywords if all of them come next, and returns whether they do. */
    boolean accepts(String... keywords) {
        for (int i = 0; i < keywords.length; i++) {
            if (at + i >= words.size() || !words.get(at + i).is(keywords[i])) {
                return false;
            }
        }
        at += keywords.length;
        return true;
    }

    boolean acceptsAny(String... keywords) {
        for (String keyword : keywords) {
            if (accepts(keyword)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the next word and skips it; at the end, an empty sign. */
    Word next() {
        return atEnd() ? new Word("", Kind.SIGN) : words.get(at++);
    }

    /** Returns the remaining words, divided at the commas outside of parentheses. */
    List<List<Word>> parts() {
        List<List<Word>> parts = new ArrayList<>(List.of(new ArrayList<>()));
        int depth = 0;
        while (!atEnd()) {
            Word word = next();
            depth += word.is("(") ? 1 : word.is(")") ? -1 : 0;
            if (word.is(",") && depth == 0) {
                parts.add(new ArrayList<>());
            } else {
                parts.get(parts.size() - 1).add(word);
            }
        }
        return parts;
    }

    /** Returns the words within the parentheses that open here, and skips them. */
    SqlWords inParentheses() {
        List<Word> inside = new ArrayList<>();
        int depth = 0;
        do {
            Word word = next();
            depth += word.is("(") ? 1 : word.is(")") ? -1 : 0;
            inside.add(word);
        } while (depth > 0 && !atEnd());
        return new SqlWords(inside.subList(1, Math.max(1, inside.size() - 1)));
    }

    /** Returns whether the remaining words contain the keywords in sequence. */
    boolean contains(String... keywords) {
        return contain(words.subList(Math.min(at, words.size()), words.size()), keywords);
    }

    static boolean contain(List<Word> words, String... keywords) {
        for (int start = 0; start + keywords.length <= words.size(); start++) {
            int matching = 0;
            while (matching < keywords.length && words.get(start + matching).is(keywords[matching])) {
                matching++;
            }
            if (matching == keywords.length) {
                return true;
            }
        }
        return false;
    }

    /** Returns all words in upper case, separated by single spaces. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        words.forEach(word -> text.append(word.text().toUpperCase(Locale.ROOT)).append(' '));
        return text.toString().strip();
    }
}
