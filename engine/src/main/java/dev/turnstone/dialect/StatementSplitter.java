package dev.turnstone.dialect;

import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Splits SQL into its statements, as a dialect's own shell would.
 *
 * <pre>{@code
 * StatementSplitter.forSqlite().split(new SqlText("CREATE TABLE a (x); DROP TABLE b", start)); // two statements
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class StatementSplitter {

    /** No statement has begun. */
    private static final int NONE = -1;

    private static final StatementSplitter POSTGRESQL = new StatementSplitter(new PostgresqlSyntax());
    private static final StatementSplitter SQLITE = new StatementSplitter(new SqliteSyntax());

    private final SqlSyntax syntax;

    private StatementSplitter(SqlSyntax syntax) {
        this.syntax = syntax;
    }

    /**
     * For PostgreSQL: knows {@code E''}, dollar quotes, nested comments, {@code BEGIN ATOMIC} bodies, and that a
     * semicolon in parentheses ends nothing. {@code COPY … FROM stdin;} takes the lines after its own line, up to {@code
     * \.}, as its data; further statements can follow it on its line, and each {@code COPY} among them takes the next
     * lines. The commands of psql about its own session are passed over, others are refused.
     */
    public static StatementSplitter forPostgresql() {
        return POSTGRESQL;
    }

    /** For SQLite: knows its four ways to quote, and the body of a trigger. */
    public static StatementSplitter forSqlite() {
        return SQLITE;
    }

    /**
     * Splits SQL into its statements, in order. Empty ones, and comments between them, vanish; the last needs no
     * semicolon. A statement's location is its first character's; where {@code sql} has no lines it is {@code sql}'s.
     *
     * @throws UnterminatedStatementException when a quote, a comment, a body or (on PostgreSQL) a parenthesis or the data
     *     of {@code COPY … FROM stdin} has no end, or when such data would begin in the middle of a statement
     * @throws PsqlCommandException for a command of psql that would do something
     */
    public List<SqlStatement> split(SqlText sql) {
        return new Splitting(sql).run();
    }

    /**
     * Why SQL cannot be put into a statement, because it would reach out of its place.
     *
     * @param commas whether it may hold commas outside of parentheses
     * @return empty where it can
     */
    public Optional<String> whyNoFragment(String sql, boolean commas) {
        SqlLexer lexer = syntax.lexer(new SqlText(sql, Location.of("")));
        int depth = 0;
        int tokens = 0;
        try {
            for (Token token = lexer.next(); token.kind() != Token.Kind.END; token = lexer.next(), tokens++) {
                if (token.kind() == Token.Kind.COMMENT) {
                    return Optional.of("it holds a comment");
                } else if (token.is("(") || token.is("[")) {
                    depth++;
                } else if ((token.is(")") || token.is("]")) && --depth < 0) {
                    return Optional.of("a parenthesis is closed that was not opened");
                } else if (token.is(";")) {
                    return Optional.of("it holds a semicolon");
                } else if (token.is(",") && depth == 0 && !commas) {
                    return Optional.of("it holds a comma");
                }
            }
        } catch (UnterminatedStatementException e) {
            return Optional.of("a quote or comment has no end");
        }
        if (depth > 0) {
            return Optional.of("a parenthesis is not closed");
        }
        return tokens == 0 || sql.indexOf('\0') >= 0 ? Optional.of("it is empty or holds a NUL") : Optional.empty();
    }

    /**
     * Puts values in the place of {@code ?}, outside of quotes and comments.
     *
     * @param literal spells a value
     * @throws IllegalArgumentException when there are more or fewer values than places
     */
    public SqlText withValues(SqlText sql, List<@Nullable Object> values, Function<@Nullable Object, String> literal) {
        ScriptTokens tokens = new ScriptTokens(syntax, sql);
        StringBuilder text = new StringBuilder();
        int copied = 0;
        int places = 0;
        for (Token token = tokens.next(); token.kind() != Token.Kind.END; token = tokens.next()) {
            if (token.is("?")) {
                if (places < values.size()) {
                    text.append(sql.text(), copied, token.start()).append(literal.apply(values.get(places)));
                    copied = token.end();
                }
                places++;
            }
        }
        if (places != values.size()) {
            throw new IllegalArgumentException("There are " + places + " places for " + values.size() + " values in: "
                    + sql.text().strip());
        }
        return new SqlText(text.append(sql.text().substring(copied)).toString(), sql.start());
    }

    /**
     * Finds the lines whose first character stands inside a string, a quoted identifier or a comment that began on an
     * earlier line: what looks like a marker there is none.
     *
     * @return the lines' indexes within {@code sql}; the first is 0
     * @throws UnterminatedStatementException when a quote or comment has no end
     */
    public BitSet linesInsideTokens(SqlText sql) {
        BitSet inside = new BitSet();
        ScriptTokens tokens = new ScriptTokens(syntax, sql);
        int line = 0;
        int counted = 0;
        for (Token token = tokens.next(); token.kind() != Token.Kind.END; token = tokens.next()) {
            for (; counted < token.end(); counted++) {
                if (sql.text().charAt(counted) == '\n') {
                    line++;
                    inside.set(line, counted >= token.start());
                }
            }
        }
        return inside;
    }

    /**
     * The words that a statement begins with, in upper case, up to the first symbol, number or quote: {@code [CREATE,
     * EXTENSION, HSTORE]}. Comments are skipped.
     *
     * @param statement one statement
     */
    public List<String> leadingWords(SqlStatement statement) {
        SqlLexer lexer = syntax.lexer(new SqlText(statement.text(), statement.location()));
        List<String> words = new ArrayList<>();
        for (Token token = lexer.next(); ; token = lexer.next()) {
            if (token.kind() == Token.Kind.WORD) {
                words.add(token.word());
            } else if (token.kind() != Token.Kind.COMMENT) {
                return List.copyOf(words);
            }
        }
    }

    private final class Splitting {

        private final SqlText sql;
        private final ScriptTokens tokens;
        private final TextPositions positions;
        private final List<SqlStatement> statements = new ArrayList<>();

        /** The indexes of the statements whose data are still to come, in order. */
        private final Deque<Integer> awaitingData = new ArrayDeque<>();

        private int start = NONE;
        private int end;

        Splitting(SqlText sql) {
            this.sql = sql;
            this.tokens = new ScriptTokens(syntax, sql);
            this.positions = new TextPositions(sql);
        }

        List<SqlStatement> run() {
            for (Token token = tokens.next(); token.kind() != Token.Kind.END; token = tokens.next()) {
                switch (token.kind()) {
                    case COMMENT -> {}
                    case COPY_DATA -> takeData(token);
                    case PSQL_COMMAND ->
                        PsqlCommandException.unlessIgnored(
                                sql.text().substring(token.start(), token.end()),
                                start == NONE,
                                positions.at(token.start()));
                    default -> take(token);
                }
            }
            ScriptTokens.Unclosed unclosed = tokens.unclosed();
            if (unclosed != null) {
                throw new UnterminatedStatementException(unclosed.what(), positions.at(unclosed.start()));
            }
            finishStatement();
            return List.copyOf(statements);
        }

        private void take(Token token) {
            if (tokens.endsStatement()) {
                finishStatement();
                return;
            }
            if (start == NONE) {
                start = token.start();
            }
            end = token.end();
        }

        /** Gives the first statement that waits for data these lines, without the one that ends them. */
        private void takeData(Token token) {
            if (start != NONE) {
                throw UnterminatedStatementException.beforeCopyData("statement", positions.at(start));
            }
            String lines = sql.text().substring(token.start(), token.end()).replace("\r\n", "\n");
            int index = awaitingData.remove();
            SqlStatement copy = statements.get(index);
            statements.set(
                    index,
                    new SqlStatement(
                            copy.text(),
                            copy.location(),
                            copy.traits(),
                            lines.substring(0, lines.length() - SqlLexer.END_OF_DATA.length())));
        }

        private void finishStatement() {
            if (start == NONE) {
                return;
            }
            if (syntax.readsData(tokens.head())) {
                awaitingData.add(statements.size());
            }
            statements.add(new SqlStatement(
                    sql.text().substring(start, end), positions.at(start), syntax.traits(tokens.head())));
            start = NONE;
        }
    }
}
