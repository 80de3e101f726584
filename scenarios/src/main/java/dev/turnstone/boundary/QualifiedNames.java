package dev.turnstone.boundary;

import dev.turnstone.dialect.SqlToken;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds names of tables, functions and types that are qualified by a schema. Columns that are qualified by a table are
 * not reported.
 *
 * <p>A name with a dot is a column only at the start of an expression, which the preceding token determines. Everywhere
 * else it counts as a name with a schema, so that unknown syntax is reported.
 */
final class QualifiedNames {

    private static final Set<String> OWN = Set.of("pg_catalog", "pg_temp");
    private static final Set<String> UTILITIES = Set.of(
            "create",
            "alter",
            "drop",
            "truncate",
            "lock",
            "grant",
            "revoke",
            "comment",
            "copy",
            "vacuum",
            "analyze",
            "analyse",
            "refresh",
            "reindex",
            "cluster",
            "security",
            "reassign",
            "import");
    private static final Set<String> BEFORE_EXPRESSION = Set.of(
            "select",
            "distinct",
            "all",
            "where",
            "and",
            "or",
            "not",
            "having",
            "when",
            "then",
            "else",
            "case",
            "in",
            "between",
            "like",
            "ilike",
            "similar",
            "is",
            "by",
            "limit",
            "offset",
            "returning",
            "return",
            "if",
            "elsif",
            "elseif",
            "while",
            "perform",
            "raise",
            "zone",
            "escape",
            "any",
            "some",
            "array",
            "variadic",
            "over",
            "filter",
            "exit",
            "continue",
            "reverse",
            "slice",
            "next",
            "query",
            "strict",
            "default",
            "isnull",
            "notnull",
            "end",
            "=",
            "<",
            ">",
            "+",
            "-",
            "*",
            "/",
            "%",
            "^",
            "&",
            "~",
            "!",
            "#",
            "@",
            "?",
            "|",
            "[");
    private static final Set<String> END_OF_FROM = Set.of(
            "where",
            "group",
            "order",
            "having",
            "limit",
            "offset",
            "fetch",
            "union",
            "intersect",
            "except",
            "returning",
            "set",
            "values",
            "select",
            "window",
            "for",
            "when",
            ";");
    private static final Set<String> NO_QUERY = Set.of("extract", "substring", "trim", "overlay", "position");
    private static final Set<String> QUERY = Set.of("select", "insert", "update", "delete", "merge", "values", "with");

    private enum Mode {
        UTILITY,
        EXPRESSION,
        QUERY,
        RELATIONS
    }

    private static final class Frame {
        private Mode mode;
        private boolean inFrom;
        private final boolean fromIsNoClause;

        Frame(Mode mode, boolean fromIsNoClause) {
            this.mode = mode;
            this.inFrom = mode == Mode.RELATIONS;
            this.fromIsNoClause = fromIsNoClause;
        }
    }

    private final Words words;
    private final boolean plpgsql;
    private final Deque<Frame> frames = new ArrayDeque<>();

    private QualifiedNames(Words words, boolean plpgsql) {
        this.words = words;
        this.plpgsql = plpgsql;
        frames.push(new Frame(UTILITIES.contains(words.word(0)) ? Mode.UTILITY : Mode.EXPRESSION, false));
    }

    /**
     * Reports each qualified name, and also each name of a catalog.
     *
     * @param words the statement
     * @param plpgsql whether the words are part of a PL/pgSQL body
     * @param found receives the names
     */
    static void find(Words words, boolean plpgsql, Consumer<String> found) {
        new QualifiedNames(words, plpgsql).run(found);
    }

    private void run(Consumer<String> found) {
        for (int i = 0; i < words.size(); i++) {
            SqlToken token = words.at(i);
            if (token.isName() && words.has(i + 1, ".") && !words.has(i - 1, ".")) {
                int end = i + 1;
                while (words.has(end, ".") && (words.at(end + 1).isName() || words.has(end + 1, "*"))) {
                    end += 2;
                }
                int parts = (end - i + 1) / 2;
                if (!OWN.contains(token.value()) && !isColumn(i, end, parts)) {
                    found.accept(words.shown(i, end));
                }
            }
            follow(i);
        }
    }

    private boolean isColumn(int start, int end, int parts) {
        if (words.has(end - 1, "*")) {
            return true;
        }
        boolean ofTable = parts == 2;
        if (!ofTable || words.has(end, "(")) {
            return false;
        }
        if (words.has(end, "%")) {
            return words.has(end + 1, "type") || startsExpression(start);
        }
        return startsExpression(start);
    }

    private boolean startsExpression(int index) {
        Frame frame = frames.element();
        String before = words.word(index - 1);
        if (frame.inFrom && (before.equals(",") || before.equals("("))) {
            return false;
        }
        if (before.equals(",") && words.has(0, ",")) {
            return false; // the rest of a list that was split at a name such as loop
        }
        return switch (before) {
            case "" -> index == 0 && plpgsql;
            case "(", "," -> frame.mode == Mode.EXPRESSION || frame.mode == Mode.QUERY;
            case "from" -> isNoClause(index - 1);
            case "on" -> frame.mode == Mode.QUERY;
            case "column" -> words.has(0, "comment");
            case "execute" -> plpgsql;
            case ":" -> !words.has(index - 2, ":");
            case "." -> words.has(index - 2, ".");
            case "into" -> plpgsql && !isWriting(index - 1);
            case "using" ->
                words.has(0, "alter") || (plpgsql && (words.find(0, "execute") >= 0 || words.has(0, "raise")));
            // LIKE is followed by another table, SFUNC = by a function.
            case "like", "=" -> frame.mode != Mode.UTILITY;
            default -> BEFORE_EXPRESSION.contains(before);
        };
    }

    private boolean isWriting(int into) {
        return words.has(into - 1, "insert") || words.has(into - 1, "merge");
    }

    private boolean isNoClause(int from) {
        boolean comparison =
                words.has(from - 1, "distinct") && (words.has(from - 2, "is") || words.has(from - 2, "not"));
        Frame frame = frames.element();
        return comparison || (frame.fromIsNoClause && frame.mode != Mode.QUERY);
    }

    private void follow(int index) {
        String word = words.word(index);
        Frame frame = frames.element();
        switch (word) {
            case "(" -> frames.push(opened(index, frame));
            case ")" -> {
                if (frames.size() > 1) {
                    frames.pop();
                }
            }
            case "from" -> frame.inFrom |= !isNoClause(index);
            case "join", "update" -> frame.inFrom = true;
            case "using" -> frame.inFrom |= frame.mode == Mode.QUERY && words.find(0, "execute") != 0;
            default -> {
                if (END_OF_FROM.contains(word)) {
                    frame.inFrom = false;
                }
            }
        }
        if (QUERY.contains(word) && frame.mode != Mode.RELATIONS && !isCommand(index)) {
            frame.mode = Mode.QUERY;
        }
        if (word.equals("select") && frame.mode == Mode.RELATIONS) {
            frame.mode = Mode.QUERY;
            frame.inFrom = false;
        }
    }

    /**
     * Returns whether the word names a privilege or an event, as in {@code GRANT SELECT} or {@code BEFORE UPDATE ON}.
     */
    private boolean isCommand(int index) {
        Frame frame = frames.element();
        String word = words.word(index);
        if (frame.mode != Mode.UTILITY) {
            return false;
        }
        return word.equals("with")
                || words.has(0, "grant")
                || words.has(0, "revoke")
                || words.has(0, "alter")
                || (words.has(0, "create")
                        && !words.has(index - 1, "as")
                        && !words.has(index - 1, "do")
                        && !words.has(index - 1, "also")
                        && !words.has(index - 1, "instead"));
    }

    private Frame opened(int index, Frame outer) {
        SqlToken before = words.at(index - 1);
        String word = words.word(index - 1);
        boolean relations = (word.equals("from") && !isNoClause(index - 1))
                || word.equals("join")
                || word.equals("only")
                || word.equals("inherits")
                || word.equals("operator")
                || (outer.inFrom && (word.equals(",") || word.equals("(")));
        if (relations) {
            return new Frame(Mode.RELATIONS, false);
        }
        boolean expression = outer.mode != Mode.UTILITY
                || Set.of("check", "when", "using", "default", "as", "where", "with")
                        .contains(word);
        return new Frame(
                expression ? Mode.EXPRESSION : Mode.UTILITY,
                before.kind() == SqlToken.Kind.WORD && NO_QUERY.contains(word));
    }
}
