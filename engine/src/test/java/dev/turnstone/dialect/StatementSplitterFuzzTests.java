package dev.turnstone.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import dev.turnstone.testing.FuzzedInputs;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Mutated SQL for the splitters. Each character of the SQL is in one statement, or in its data, or between two statements;
 * between them are only blanks, semicolons, comments and the commands of psql that are ignored.
 */
@Tag("fuzz")
class StatementSplitterFuzzTests {

    private static final Location START = new Location("a.sql", 1, 1);

    private static final List<String> CORPUS = Stream.concat(
                    Stream.of(
                                    StatementSplitterTests.onBothDialects(),
                                    StatementSplitterTests.onPostgresql(),
                                    StatementSplitterTests.onSqlite(),
                                    StatementSplitterTests.copiesOnOneLine(),
                                    StatementSplitterTests.traitsOnPostgresql())
                            .flatMap(rows -> rows)
                            .map(row -> (String) row.get()[row.get()[1] instanceof String ? 1 : 0]),
                    Stream.of(
                            "COPY a (b, c) FROM stdin WITH (FORMAT text); -- x\n1\tdon't;\n\n\\N\t$$\n\\.\nSELECT 1;\n",
                            "\\restrict it's\nSELECT 1;\n\\connect db\n\\unrestrict x\n",
                            "/* nested /* comment */ ; */ CREATE TABLE t (a int); -- b\r\nDROP TABLE t;"))
            .toList();

    @Test
    void postgresql_loses_nothing() {
        new FuzzedInputs("the splitter for PostgreSQL", CORPUS, 6_000)
                .feedTo(TurnstoneException.class, sql -> checkCoverage(StatementSplitter.forPostgresql(), true, sql));
    }

    @Test
    void sqlite_loses_nothing() {
        new FuzzedInputs("the splitter for SQLite", CORPUS, 6_000)
                .feedTo(TurnstoneException.class, sql -> checkCoverage(StatementSplitter.forSqlite(), false, sql));
    }

    @Test
    void other_readers_of_tokens_end_too() {
        new FuzzedInputs("the readers of tokens", CORPUS, 2_000).feedTo(TurnstoneException.class, sql -> {
            for (StatementSplitter splitter :
                    List.of(StatementSplitter.forPostgresql(), StatementSplitter.forSqlite())) {
                splitter.whyNoFragment(sql, false);
                splitter.linesInsideTokens(new SqlText(sql, START));
            }
        });
    }

    @Test
    void coverage_finds_what_is_lost() {
        Deque<SqlStatement> none = new ArrayDeque<>();
        assertThat(Gap.end("a", 0, true, none)).isZero();
        assertThat(Gap.end(" ; -- x\n/* /* */ */a", 0, true, none)).isEqualTo(19);
        assertThat(Gap.end("/* /* */ */", 0, false, none)).isEqualTo(9);
    }

    private static void checkCoverage(StatementSplitter splitter, boolean postgresql, String sql) {
        List<SqlStatement> statements = splitter.split(new SqlText(sql, START));
        Deque<SqlStatement> awaitingData = new ArrayDeque<>();
        int at = 0;
        for (SqlStatement statement : statements) {
            int begin = index(sql, statement.location());
            assertThat(Gap.end(sql, at, postgresql, awaitingData))
                    .as("beginning of %s", statement)
                    .isEqualTo(begin);
            assertThat(sql).startsWith(sql.substring(0, begin) + statement.text());
            assertThat(statement.text()).isNotEmpty();
            at = begin + statement.text().length();
            if (statement.copyData() != null) {
                awaitingData.add(statement);
            }
        }
        assertThat(Gap.end(sql, at, postgresql, awaitingData))
                .as("what is behind the last statement")
                .isEqualTo(sql.length());
        assertThat(awaitingData).isEmpty();
    }

    private static int index(String sql, Location location) {
        int at = 0;
        for (int line = 1; line < location.line(); line++) {
            at = sql.indexOf('\n', at) + 1;
        }
        return at + location.column() - 1;
    }

    /** What can be between statements, read on its own and not by the lexers. */
    private static final class Gap {

        private Gap() {}

        /** Where it ends. */
        static int end(String sql, int from, boolean postgresql, Deque<SqlStatement> awaitingData) {
            int at = from;
            boolean ended = false;
            while (at < sql.length()) {
                char c = sql.charAt(at);
                ended |= c == ';';
                if (c == '\n' && ended && !awaitingData.isEmpty()) {
                    at++;
                    while (!awaitingData.isEmpty()) {
                        at = behindData(
                                sql, at, String.valueOf(awaitingData.remove().copyData()));
                        if (!awaitingData.isEmpty()) {
                            at = sql.indexOf('\n', at) + 1;
                        }
                    }
                } else if (c == ' ' || (c >= '\t' && c <= '\r') || c == ';') {
                    at++;
                } else if (sql.startsWith("--", at)) {
                    while (at < sql.length() && sql.charAt(at) != '\n' && !(postgresql && sql.charAt(at) == '\r')) {
                        at++;
                    }
                } else if (sql.startsWith("/*", at)) {
                    at = behindComment(sql, at, postgresql);
                } else if (postgresql && c == '\\') {
                    while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
                        at++;
                    }
                } else {
                    return at;
                }
            }
            return at;
        }

        private static int behindComment(String sql, int from, boolean nested) {
            int depth = 0;
            int at = from;
            do {
                if (sql.startsWith("/*", at) && (nested || depth == 0)) {
                    depth++;
                    at += 2;
                } else if (sql.startsWith("*/", at)) {
                    depth--;
                    at += 2;
                } else {
                    at++;
                }
            } while (depth > 0);
            return at;
        }

        private static int behindData(String sql, int from, String data) {
            int at = from;
            for (String line : data.isEmpty()
                    ? List.<String>of()
                    : List.of(data.substring(0, data.length() - 1).split("\n", -1))) {
                assertThat(sql).startsWith(sql.substring(0, at) + line);
                at = sql.indexOf('\n', at) + 1;
            }
            assertThat(sql.startsWith("\\.", at)).isTrue();
            return at + 2;
        }
    }
}
