package dev.turnstone.dialect;

import static dev.turnstone.dialect.SqlStatement.Traits.BEGINS;
import static dev.turnstone.dialect.SqlStatement.Traits.ENDS;
import static dev.turnstone.dialect.SqlStatement.Traits.NEEDS_AUTOCOMMIT;
import static dev.turnstone.dialect.SqlStatement.Traits.ORDINARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.turnstone.dialect.SqlStatement.Traits;
import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StatementSplitterTests {

    private static final StatementSplitter POSTGRESQL = StatementSplitter.forPostgresql();
    private static final StatementSplitter SQLITE = StatementSplitter.forSqlite();
    private static final Location START = new Location("a.sql", 10, 1);

    private static List<String> texts(StatementSplitter splitter, String sql) {
        return splitter.split(new SqlText(sql, START)).stream()
                .map(SqlStatement::text)
                .toList();
    }

    private static Arguments row(String name, String sql, String... statements) {
        return Arguments.of(name, sql, List.of(statements));
    }

    static Stream<Arguments> onBothDialects() {
        return Stream.of(
                row("two statements", "a; b;", "a", "b"),
                row("no semicolon at the end", "a; b", "a", "b"),
                row("empty statements vanish", ";; a;; ;", "a"),
                row("nothing", " \n\t"),
                row("only comments", "-- a; b\n/* c; d */"),
                row("comments around go, comments inside stay", "/* x */ a -- y;\n b /* z; */; -- w", "a -- y;\n b"),
                row("a string", "a ';'; b", "a ';'", "b"),
                row("a doubled quote", "a 'it''s;'; b", "a 'it''s;'", "b"),
                row("a backslash is an ordinary character", "a '\\'; b ''", "a '\\'", "b ''"),
                row("a quoted identifier", "a \"x;\"\"y\"; b", "a \"x;\"\"y\"", "b"),
                row("a comment mark in a string", "a '--'; b '/*'; c", "a '--'", "b '/*'", "c"),
                row("a quote in a comment", "a -- it's\n; b /* don't */ x; c", "a", "b /* don't */ x", "c"),
                row("an identifier with a dollar sign", "a$b$ c; d$b$", "a$b$ c", "d$b$"),
                row("Windows line ends", "a\r\n;\r\nb -- x\r\n;", "a", "b"),
                row("other alphabets", "SELECT 'ä;€'; SELECT größe", "SELECT 'ä;€'", "SELECT größe"),
                row("a minus and a slash", "a - - b / c; d", "a - - b / c", "d"),
                row("an END that ends no body", "CASE WHEN a THEN b END; c", "CASE WHEN a THEN b END", "c"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("onBothDialects")
    void both_dialects_split(String name, String sql, List<String> statements) {
        assertThat(texts(POSTGRESQL, sql)).as("PostgreSQL").isEqualTo(statements);
        assertThat(texts(SQLITE, sql)).as("SQLite").isEqualTo(statements);
    }

    private static final String FUNCTION =
            "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN 1=1 THEN 1 END; RETURN 2; END";
    private static final String PROCEDURE =
            "create or /* x */ replace procedure p(a int default (1)) begin -- y\n atomic insert into t values (1); end";

    static Stream<Arguments> onPostgresql() {
        return Stream.of(
                row("an escape string", "a E'\\';'; b", "a E'\\';'", "b"),
                row("an escape string with a doubled quote", "a e'x'';\\''; b", "a e'x'';\\''", "b"),
                row("a word that ends in e", "name'x\\'; b", "name'x\\'", "b"),
                row(
                        "an escape string goes on in a later line",
                        "a E'x'\n -- y\n '\\';'; b",
                        "a E'x'\n -- y\n '\\';'",
                        "b"),
                row("an escape string ends where the line does not", "a E'x' '\\'; b", "a E'x' '\\'", "b"),
                row("a Unicode string", "a U&'x;''\\'; b", "a U&'x;''\\'", "b"),
                row("a dollar-quoted string", "a $$x; 'y$$; b", "a $$x; 'y$$", "b"),
                row("a dollar-quoted string with a tag", "a $t1$ x; $$ $t$ ; $t1$; b", "a $t1$ x; $$ $t$ ; $t1$", "b"),
                row("tags are case-sensitive", "a $T$;$t$;$T$; b", "a $T$;$t$;$T$", "b"),
                row("parameters", "a $1; b $2$x$;$x$", "a $1", "b $2$x$;$x$"),
                row("nested comments", "a /* /* ; */ ; */ x; b", "a /* /* ; */ ; */ x", "b"),
                row(
                        "a rule with several actions",
                        "CREATE RULE r AS ON INSERT TO t DO (a; b); c",
                        "CREATE RULE r AS ON INSERT TO t DO (a; b)",
                        "c"),
                row("a BEGIN ATOMIC body", FUNCTION + "; a", FUNCTION, "a"),
                row("a procedure with comments between its words", PROCEDURE + "; a", PROCEDURE, "a"),
                row(
                        "an empty body",
                        "CREATE FUNCTION f() BEGIN ATOMIC END; a",
                        "CREATE FUNCTION f() BEGIN ATOMIC END",
                        "a"),
                row(
                        "a column label that is END",
                        "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1 AS end; END; a",
                        "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1 AS end; END",
                        "a"),
                row("a transaction is no body", "BEGIN; a; END; b", "BEGIN", "a", "END", "b"),
                row("a name that is atomic", "SELECT begin atomic; b", "SELECT begin atomic", "b"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("onPostgresql")
    void postgresql_splits(String name, String sql, List<String> statements) {
        assertThat(texts(POSTGRESQL, sql)).isEqualTo(statements);
    }

    private static final String TRIGGER = """
            CREATE TRIGGER t AFTER UPDATE OF begin ON x WHEN NEW.begin > 0 BEGIN
              UPDATE x SET a = CASE WHEN b THEN 1 ELSE CASE c WHEN 2 THEN 3 END END;
              INSERT INTO y VALUES (NEW.end); -- END;
            END""";

    static Stream<Arguments> onSqlite() {
        return Stream.of(
                row("identifiers in brackets", "a [x;']; b", "a [x;']", "b"),
                row("identifiers in backticks", "a `x;``'`; b", "a `x;``'`", "b"),
                row("comments do not nest", "a /* /* ; */ x; b", "a /* /* ; */ x", "b"),
                row("no dollar quotes", "a $x$; b $x$", "a $x$", "b $x$"),
                row("an E is a name", "a E'\\'; b ''", "a E'\\'", "b ''"),
                row("a trigger", TRIGGER + "; a", TRIGGER, "a"),
                row(
                        "a temporary trigger",
                        "create temp trigger t after insert on x begin select 1; end; a",
                        "create temp trigger t after insert on x begin select 1; end",
                        "a"),
                row(
                        "a trigger at the end",
                        "CREATE TEMPORARY TRIGGER t BEGIN a; END",
                        "CREATE TEMPORARY TRIGGER t BEGIN a; END"),
                row("a transaction is no body", "BEGIN; a; END; b", "BEGIN", "a", "END", "b"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("onSqlite")
    void sqlite_splits(String name, String sql, List<String> statements) {
        assertThat(texts(SQLITE, sql)).isEqualTo(statements);
    }

    static Stream<Arguments> unterminated() {
        return Stream.of(
                Arguments.of(POSTGRESQL, "a;\n b 'x; c", "string", "a.sql:11:4"),
                Arguments.of(POSTGRESQL, "a E'x\\';", "string", "a.sql:10:3"),
                Arguments.of(POSTGRESQL, "a E'x\\", "string", "a.sql:10:3"),
                Arguments.of(POSTGRESQL, "a \"x;", "quoted identifier", "a.sql:10:3"),
                Arguments.of(POSTGRESQL, "a;\n\nb $body$ x; $$;", "dollar-quoted string $body$", "a.sql:12:3"),
                Arguments.of(POSTGRESQL, "a; /* /* */ b", "comment", "a.sql:10:4"),
                Arguments.of(POSTGRESQL, "a (b; c", "parenthesis", "a.sql:10:3"),
                Arguments.of(
                        POSTGRESQL, "CREATE FUNCTION f()\nBEGIN ATOMIC SELECT 1;", "BEGIN ATOMIC body", "a.sql:11:1"),
                Arguments.of(SQLITE, "a 'x", "string", "a.sql:10:3"),
                Arguments.of(SQLITE, "a \"x", "quoted identifier", "a.sql:10:3"),
                Arguments.of(SQLITE, "a `x", "quoted identifier", "a.sql:10:3"),
                Arguments.of(SQLITE, "a [x", "quoted identifier", "a.sql:10:3"),
                Arguments.of(SQLITE, "a /* x", "comment", "a.sql:10:3"),
                Arguments.of(SQLITE, "CREATE TRIGGER t\n  BEGIN a; b;", "trigger body", "a.sql:11:3"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("unterminated")
    void what_does_not_end_is_named_with_its_place(
            StatementSplitter splitter, String sql, String what, String location) {
        assertThatThrownBy(() -> splitter.split(new SqlText(sql, START)))
                .isInstanceOf(UnterminatedStatementException.class)
                .hasMessage("The " + what + " that begins at " + location
                        + " does not end. Nothing of this revision was run.");
    }

    @Test
    void a_statement_knows_where_its_first_character_stands() {
        SqlText sql = new SqlText("a; -- x\r\n\r\n  b\n'\n'; c;\n/* d */ e", new Location("dir/a.sql", 7, 5));
        for (StatementSplitter splitter : List.of(POSTGRESQL, SQLITE)) {
            assertThat(splitter.split(sql))
                    .extracting(
                            SqlStatement::text,
                            statement -> statement.location().toString())
                    .containsExactly(
                            tuple("a", "dir/a.sql:7:5"),
                            tuple("b\n'\n'", "dir/a.sql:9:3"),
                            tuple("c", "dir/a.sql:11:4"),
                            tuple("e", "dir/a.sql:12:9"));
        }
    }

    @Test
    void a_statement_of_a_text_without_lines_stands_where_the_text_does() {
        List<SqlStatement> statements = SQLITE.split(new SqlText("a;\nb", Location.of("shop.AddJobs")));

        assertThat(statements).extracting(SqlStatement::location).containsOnly(Location.of("shop.AddJobs"));
    }

    private static Arguments traits(Traits traits, String sql) {
        return Arguments.of(sql, traits);
    }

    static Stream<Arguments> traitsOnBothDialects() {
        return Stream.of(
                traits(BEGINS, "BEGIN"),
                traits(BEGINS, "begin /* x */ transaction"),
                traits(ENDS, "-- x\nCommit"),
                traits(ENDS, "END TRANSACTION"),
                traits(ENDS, "ROLLBACK"),
                traits(ENDS, "ROLLBACK TRANSACTION"),
                traits(ORDINARY, "ROLLBACK TO s"),
                traits(ORDINARY, "ROLLBACK /* x */ TRANSACTION TO SAVEPOINT s"),
                traits(ORDINARY, "SAVEPOINT s"),
                traits(ORDINARY, "RELEASE s"),
                traits(ORDINARY, "INSERT INTO commit VALUES ('BEGIN')"),
                traits(ORDINARY, "\"BEGIN\""),
                traits(ORDINARY, "BEGINNING"),
                traits(NEEDS_AUTOCOMMIT, "VACUUM"),
                traits(NEEDS_AUTOCOMMIT, "vacuum t"));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("traitsOnBothDialects")
    void both_dialects_know(String sql, Traits traits) {
        postgresql_knows(sql, traits);
        sqlite_knows(sql, traits);
    }

    static Stream<Arguments> traitsOnPostgresql() {
        return Stream.of(
                traits(BEGINS, "START TRANSACTION ISOLATION LEVEL SERIALIZABLE"),
                traits(ENDS, "ABORT"),
                traits(ENDS, "PREPARE TRANSACTION 'x'"),
                traits(ENDS, "COMMIT PREPARED 'x'"),
                traits(ENDS, "ROLLBACK PREPARED 'x'"),
                traits(ENDS, "ROLLBACK AND CHAIN"),
                traits(ORDINARY, "ROLLBACK WORK TO s"),
                traits(ORDINARY, "PREPARE q AS SELECT 1"),
                traits(NEEDS_AUTOCOMMIT, "CREATE INDEX CONCURRENTLY i ON t (a)"),
                traits(NEEDS_AUTOCOMMIT, "create unique -- x\n index /* y */ concurrently if not exists i on t (a)"),
                traits(ORDINARY, "CREATE INDEX \"concurrently\" ON t (a)"),
                traits(ORDINARY, "CREATE INDEX i ON t (concurrently)"),
                traits(NEEDS_AUTOCOMMIT, "DROP INDEX CONCURRENTLY i"),
                traits(ORDINARY, "DROP INDEX i"),
                traits(NEEDS_AUTOCOMMIT, "REINDEX TABLE CONCURRENTLY t"),
                traits(NEEDS_AUTOCOMMIT, "REINDEX (VERBOSE, CONCURRENTLY) INDEX i"),
                traits(NEEDS_AUTOCOMMIT, "REINDEX (VERBOSE) INDEX CONCURRENTLY i"),
                traits(ORDINARY, "REINDEX (CONCURRENTLY false) INDEX i"),
                traits(ORDINARY, "REINDEX TABLE t"),
                traits(NEEDS_AUTOCOMMIT, "REINDEX SCHEMA s"),
                traits(NEEDS_AUTOCOMMIT, "REINDEX (VERBOSE) DATABASE d"),
                traits(NEEDS_AUTOCOMMIT, "REINDEX SYSTEM d"),
                traits(NEEDS_AUTOCOMMIT, "ALTER TABLE \"a b\".t DETACH PARTITION p CONCURRENTLY"),
                traits(ORDINARY, "ALTER TABLE t DETACH PARTITION p"),
                traits(ORDINARY, "ALTER TABLE t DETACH PARTITION p FINALIZE"),
                traits(ORDINARY, "REFRESH MATERIALIZED VIEW CONCURRENTLY v"),
                traits(NEEDS_AUTOCOMMIT, "VACUUM (FULL) t"),
                traits(NEEDS_AUTOCOMMIT, "CREATE DATABASE d"),
                traits(NEEDS_AUTOCOMMIT, "DROP DATABASE IF EXISTS d"),
                traits(NEEDS_AUTOCOMMIT, "CREATE TABLESPACE s LOCATION '/x'"),
                traits(NEEDS_AUTOCOMMIT, "DROP TABLESPACE s"),
                traits(NEEDS_AUTOCOMMIT, "ALTER SYSTEM SET work_mem = '1MB'"),
                traits(NEEDS_AUTOCOMMIT, "ALTER DATABASE \"my d\" SET TABLESPACE s"),
                traits(ORDINARY, "ALTER DATABASE d SET work_mem = '1MB'"),
                traits(NEEDS_AUTOCOMMIT, "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p"),
                traits(ORDINARY, "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (connect = false)"),
                traits(NEEDS_AUTOCOMMIT, "DROP SUBSCRIPTION s"),
                traits(NEEDS_AUTOCOMMIT, "ALTER SUBSCRIPTION s REFRESH PUBLICATION"),
                traits(NEEDS_AUTOCOMMIT, "ALTER SUBSCRIPTION s SET PUBLICATION p"),
                traits(ORDINARY, "ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = false)"),
                traits(NEEDS_AUTOCOMMIT, "CLUSTER"),
                traits(NEEDS_AUTOCOMMIT, "CLUSTER VERBOSE"),
                traits(NEEDS_AUTOCOMMIT, "CLUSTER (VERBOSE)"),
                traits(ORDINARY, "CLUSTER t USING i"),
                traits(ORDINARY, "CLUSTER VERBOSE t"),
                traits(NEEDS_AUTOCOMMIT, "DISCARD ALL"),
                traits(ORDINARY, "DISCARD PLANS"),
                traits(ORDINARY, "ALTER TYPE e ADD VALUE 'x'"),
                traits(ORDINARY, "DO $$ BEGIN COMMIT; END $$"));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("traitsOnPostgresql")
    void postgresql_knows(String sql, Traits traits) {
        assertThat(POSTGRESQL.split(new SqlText(sql, START)))
                .extracting(SqlStatement::traits)
                .containsExactly(traits);
    }

    static Stream<Arguments> traitsOnSqlite() {
        return Stream.of(
                traits(BEGINS, "BEGIN IMMEDIATE"),
                traits(NEEDS_AUTOCOMMIT, "VACUUM INTO 'x'"),
                traits(ORDINARY, "ATTACH 'x' AS y"),
                traits(NEEDS_AUTOCOMMIT, "DETACH y"),
                traits(NEEDS_AUTOCOMMIT, "PRAGMA journal_mode = wal"),
                traits(NEEDS_AUTOCOMMIT, "pragma main.journal_mode(wal)"),
                traits(ORDINARY, "PRAGMA journal_mode"),
                traits(NEEDS_AUTOCOMMIT, "PRAGMA synchronous = off"),
                traits(NEEDS_AUTOCOMMIT, "PRAGMA wal_checkpoint(TRUNCATE)"),
                traits(ORDINARY, "PRAGMA foreign_keys = off"),
                traits(ORDINARY, "CREATE TRIGGER t AFTER INSERT ON x BEGIN SELECT 1; END"));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("traitsOnSqlite")
    void sqlite_knows(String sql, Traits traits) {
        assertThat(SQLITE.split(new SqlText(sql, START)))
                .extracting(SqlStatement::traits)
                .containsExactly(traits);
    }

    @Test
    void leading_words_end_at_the_first_other_token() {
        SqlStatement statement = POSTGRESQL
                .split(new SqlText("create /* x */ Extension if not exists \"uuid-ossp\"", START))
                .get(0);

        assertThat(POSTGRESQL.leadingWords(statement)).containsExactly("CREATE", "EXTENSION", "IF", "NOT", "EXISTS");
    }

    @Test
    void lines_that_begin_in_a_quote_or_comment_are_told() {
        SqlText sql = new SqlText("a\n$$ b\nc\n$$ d\n/*\ne\n*/\nf '\n'", START);

        assertThat(POSTGRESQL.linesInsideTokens(sql).stream()).containsExactly(2, 3, 5, 6, 8);
        assertThat(SQLITE.linesInsideTokens(sql).stream()).containsExactly(5, 6, 8);
    }

    @Test
    void every_statement_of_a_trigger_script_runs_in_order_on_sqlite() throws SQLException {
        String script = """
                CREATE TABLE [a;b] (x); -- two columns; later
                CREATE TABLE log (what);
                CREATE TRIGGER t AFTER INSERT ON [a;b] WHEN NEW.x > 0 BEGIN
                  INSERT INTO log VALUES (CASE WHEN NEW.x > 1 THEN 'many' ELSE 'one' END);
                  INSERT INTO log VALUES ('end;');
                END;
                INSERT INTO [a;b] VALUES (1);
                DROP TRIGGER t;
                INSERT INTO [a;b] VALUES (2)""";
        List<String> log = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement()) {
            for (SqlStatement part : SQLITE.split(new SqlText(script, START))) {
                statement.execute(part.text());
            }
            try (ResultSet rows = statement.executeQuery("SELECT what FROM log UNION ALL SELECT x FROM [a;b]")) {
                while (rows.next()) {
                    log.add(rows.getString(1));
                }
            }
        }

        assertThat(log).containsExactly("one", "end;", "1", "2");
    }

    @Test
    void copy_from_stdin_takes_the_lines_behind_it_as_data() {
        List<SqlStatement> statements = POSTGRESQL.split(new SqlText(
                "COPY a (b, c) FROM stdin WITH (FORMAT text); -- x\n1\tdon't;\n\n\\N\t$$\n\\.\nSELECT 1;", START));

        assertThat(statements)
                .extracting(SqlStatement::text, SqlStatement::copyData, s -> s.location()
                        .line())
                .containsExactly(
                        tuple("COPY a (b, c) FROM stdin WITH (FORMAT text)", "1\tdon't;\n\n\\N\t$$\n", 10),
                        tuple("SELECT 1", null, 15));
    }

    /** As psql 15 runs them: the rest of the line first, its statements' data in their order. */
    static Stream<Arguments> copiesOnOneLine() {
        return Stream.of(
                Arguments.of(
                        "COPY t FROM stdin; CREATE TABLE kept(i int);\nx\n\\.\nb",
                        List.of("COPY t FROM stdin", "CREATE TABLE kept(i int)", "b"),
                        List.of("x\n", "-", "-")),
                Arguments.of(
                        "a; COPY t FROM stdin; COPY u FROM stdin; SELECT 7;\nt\n\\.\nu1\nu2\n\\.",
                        List.of("a", "COPY t FROM stdin", "COPY u FROM stdin", "SELECT 7"),
                        List.of("-", "t\n", "u1\nu2\n", "-")),
                Arguments.of(
                        "COPY t FROM stdin; /* x */ -- y\r\n\\.\r\nb",
                        List.of("COPY t FROM stdin", "b"),
                        List.of("", "-")),
                Arguments.of(
                        "COPY t FROM stdin;\n\\. \n \\.\n\\.x\n\\.",
                        List.of("COPY t FROM stdin"),
                        List.of("\\. \n \\.\n\\.x\n")),
                Arguments.of(
                        "COPY (SELECT a FROM stdin) TO stdout;\nb",
                        List.of("COPY (SELECT a FROM stdin) TO stdout", "b"),
                        List.of("-", "-")),
                Arguments.of("(COPY t FROM stdin;\nx); b", List.of("(COPY t FROM stdin;\nx)", "b"), List.of("-", "-")),
                Arguments.of(
                        "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1; COPY t FROM stdin; END; b",
                        List.of("CREATE FUNCTION f() BEGIN ATOMIC SELECT 1; COPY t FROM stdin; END", "b"),
                        List.of("-", "-")),
                Arguments.of(
                        "BEGIN ATOMIC SELECT 1; COPY t FROM stdin;\nd\n\\.\nb",
                        List.of("BEGIN ATOMIC SELECT 1", "COPY t FROM stdin", "b"),
                        List.of("-", "d\n", "-")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("copiesOnOneLine")
    void nothing_is_lost_on_the_line_of_copy_from_stdin(String sql, List<String> statements, List<String> data) {
        assertThat(POSTGRESQL.split(new SqlText(sql, START)))
                .extracting(SqlStatement::text, statement -> statement.copyData() == null ? "-" : statement.copyData())
                .containsExactlyElementsOf(IntStream.range(0, statements.size())
                        .mapToObj(i -> tuple(statements.get(i), data.get(i)))
                        .toList());
    }

    static Stream<Arguments> unfinishedBeforeData() {
        return Stream.of(
                Arguments.of("COPY t FROM stdin; SELECT\nx\n\\.\n7;", "statement", "a.sql:10:20"),
                Arguments.of("COPY t FROM stdin; /* x\nx\n\\.\n*/ b;", "comment", "a.sql:10:20"),
                Arguments.of("COPY t FROM stdin; 'x\nx\n\\.\n';", "string or name", "a.sql:10:20"),
                Arguments.of("COPY t FROM stdin; COPY u FROM\nx\n\\.\nstdin;\ny\n\\.", "statement", "a.sql:10:20"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfinishedBeforeData")
    void what_would_go_on_behind_the_data_of_copy_is_refused(String sql, String what, String location) {
        assertThatThrownBy(() -> POSTGRESQL.split(new SqlText(sql, START)))
                .isInstanceOf(UnterminatedStatementException.class)
                .hasMessage("The " + what + " that begins at " + location + " does not end on its line, and the data of"
                        + " COPY … FROM stdin begin on the next one. Nothing of this revision was run. Write it after the"
                        + " line \\. that ends the data.");
    }

    @Test
    void a_command_of_psql_that_would_hide_sql_is_refused() {
        for (String sql :
                List.of("\\connect db \\\\ SELECT 1;", "\\restrict x \\i a.sql", "SELECT 1\n\\connect db\n;")) {
            assertThatThrownBy(() -> texts(POSTGRESQL, sql)).as(sql).isInstanceOf(PsqlCommandException.class);
        }
    }

    @Test
    void copy_without_rows_and_copy_from_a_file() {
        assertThat(POSTGRESQL.split(new SqlText("COPY a FROM stdin;\r\n\\.\r\nCOPY a FROM 'f'; b", START)))
                .extracting(SqlStatement::text, SqlStatement::copyData)
                .containsExactly(tuple("COPY a FROM stdin", ""), tuple("COPY a FROM 'f'", null), tuple("b", null));
    }

    @Test
    void copy_data_without_an_end_is_refused() {
        assertThatThrownBy(() -> POSTGRESQL.split(new SqlText("COPY a FROM stdin;\n1\n2", START)))
                .isInstanceOf(UnterminatedStatementException.class)
                .hasMessageContaining("COPY data");
    }

    @Test
    void commands_of_psql_are_passed_over_or_refused() {
        assertThat(texts(POSTGRESQL, "\\restrict it's\nSELECT 1;\n\\connect db\n\\unrestrict x"))
                .containsExactly("SELECT 1");
        assertThatThrownBy(() -> texts(POSTGRESQL, "SELECT 1;\n\\i other.sql\n"))
                .isInstanceOf(PsqlCommandException.class)
                .hasMessageStartingWith("a.sql:11:1: '\\i other.sql' is a command of psql");
    }
}
