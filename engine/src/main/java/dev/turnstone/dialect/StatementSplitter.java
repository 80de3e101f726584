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
     * Returns the splitter for PostgreSQL. It supports {@code E''}, dollar quotes, nested comments, {@code BEGIN ATOMIC}
     * bodies, and semicolons in parentheses. {@code COPY … FROM stdin;} reads the lines after its own line, up to {@code
     * \.}, as its data. Further statements can follow it on its line, and each {@code COPY} among them reads the next
     * lines. Commands of psql about its own session are ignored; other commands of psql are refused.
     */
    public static StatementSplitter forPostgresql() {
        return POSTGRESQL;
    }

    /** Returns the splitter for SQLite. It supports the four kinds of quotes and the body of a trigger. */
    public static StatementSplitter forSqlite() {
        return SQLITE;
    }

    /**
     * Splits SQL into its statements, in order, without empty statements and comments between statements. The last
     * statement needs no semicolon. The location of a statement is that of its first character, or that of {@code sql}
     * if {@code sql} has no line numbers.
     *
     * @throws UnterminatedStatementException if a quote, a comment, a body or (on PostgreSQL) a parenthesis or the data
     *     of {@code COPY … FROM stdin} is not terminated, or if such data would begin in the middle of a statement
     * @throws PsqlCommandException for a command of psql that is not about its own session
     */
    public List<SqlStatement> split(SqlText sql) {
        return new Splitting(sql).run();
    }

    /**
     * Returns why an SQL fragment cannot be embedded in a statement: it would change the text around it.
     *
     * @param commas whether the fragment may contain commas outside parentheses
     * @return the reason; empty if the fragment can be embedded
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
     * Replaces each {@code ?} outside quotes and comments with a value.
     *
     * @param literal formats a value as a literal
     * @throws IllegalArgumentException if the numbers of values and placeholders differ
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
     * Returns the lines whose first character is inside a string, a quoted identifier or a comment that began on an
     * earlier line. Such a line is not a marker.
     *
     * @return the indexes of the lines within {@code sql}, from 0
     * @throws UnterminatedStatementException if a quote or comment has no end
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
     * Returns the words at the beginning of a statement, in upper case, up to the first symbol, number or quote: {@code [CREATE,
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

        /** The indexes of the statements whose data has not been read yet, in order. */
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

        /** Assigns data lines, without the end marker, to the first statement that expects data. */
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
