package dev.turnstone.source;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.dialect.UnterminatedStatementException;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.source.MalformedRevisionFileException.MalformedGuardException;
import dev.turnstone.source.MalformedRevisionFileException.MalformedHeaderException;
import dev.turnstone.source.MalformedRevisionFileException.MalformedSectionException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Invalid SQL revision files and their messages. */
class MalformedRevisionFileTests {

    private static Arguments header(String file, String message) {
        return Arguments.of(MalformedHeaderException.class, file, message);
    }

    private static Arguments section(String file, String message) {
        return Arguments.of(MalformedSectionException.class, file, message);
    }

    private static Arguments guard(String file, String message) {
        return Arguments.of(MalformedGuardException.class, file, message);
    }

    /** A file with a valid header; the section's first line is line 3. */
    private static String upgrade(String section) {
        return "-- revision: a\n-- upgrade\n" + section;
    }

    private static String nearHeader(String line, String found, String meant) {
        return "a.sql:" + line + ":1: '-- " + found + "' is not a header line, but nearly '-- " + meant
                + "'. Write '-- " + meant + "', or reword it if it is a comment.";
    }

    static Stream<Arguments> headers() {
        String noRevision =
                "The file has lines of a revision, but none with its id. Add '-- revision: ID' as the first "
                        + "line, or reword this comment if the file is not a revision.";
        return Stream.of(
                header("-- x\n-- message: y\n-- upgrade\n", "a.sql:2:1: " + noRevision),
                header("\n-- upgrade\nx;", "a.sql:2:1: " + noRevision),
                header("-- downgrade sqlite\nx;", "a.sql:1:1: " + noRevision),
                header("-- revision: a\n-- parent: x\n-- upgrade\n", nearHeader("2", "parent: x", "parents:")),
                header("-- Revision: a\n-- upgrade\n", nearHeader("1", "Revision: a", "revision:")),
                header("-- depends_on: a\n-- upgrade\n", nearHeader("1", "depends_on: a", "depends-on:")),
                header("-- revsiion: a\nCREATE TABLE x (y);", nearHeader("1", "revsiion: a", "revision:")),
                header("-- no transactions\n-- upgrade\n", nearHeader("1", "no transactions", "no transaction")),
                header("-- No Transaction\n-- upgrade\n", nearHeader("1", "No Transaction", "no transaction")),
                header(
                        "-- revision: a\n-- labels: x\n-- labels: y\n-- upgrade\n",
                        "a.sql:3:1: '-- labels' was already given in line 2. Keep one of the two."),
                header(
                        "-- revision:\n-- upgrade\n",
                        "a.sql:1:1: '-- revision:' has an empty value. Write a value, or remove the line."),
                header(
                        "-- revision: a\n-- parents: \n-- upgrade\n",
                        "a.sql:2:1: '-- parents:' has an empty value. Write a value, or remove the line (a base revision has no "
                                + "such line)."),
                header(
                        "-- revision: a\n-- parents: b,, c\n-- upgrade\n",
                        "a.sql:2:1: '-- parents:' has an empty value. Write a value, or remove the line (a base revision has no "
                                + "such line)."),
                header(
                        "-- revision: a-b\n-- upgrade\n",
                        "a.sql:1:1: In '-- revision:', 'a-b' is not a revision id: an id has none of @ - + : and no white "
                                + "space, comma, quote or slash. Choose another, such as 12 hexadecimal digits."),
                header(
                        "-- revision: a\n-- parents: b, head\n-- upgrade\n",
                        "a.sql:2:1: In '-- parents:', 'head' is not a revision id: this word is reserved for "
                                + "targets. Choose another, such as 12 hexadecimal digits."),
                header(
                        "-- revision: a\n-- created: 31.5.2024\n-- upgrade\n",
                        "a.sql:2:1: '31.5.2024' is not an ISO-8601 date. Write 2024-05-31, 2024-05-31T14:30 (UTC) or "
                                + "2024-05-31T14:30+02:00."),
                header(
                        "-- revision: a\n-- created: 2024-02-30T10:00\n-- upgrade\n",
                        "a.sql:2:1: '2024-02-30T10:00' is not an ISO-8601 date. Write 2024-05-31, 2024-05-31T14:30 (UTC) or "
                                + "2024-05-31T14:30+02:00."),
                header(
                        upgrade("x;\n-- parents: b\n"),
                        "a.sql:4:1: '-- parents:' is in a section. Header lines are before the first section; move it "
                                + "there, or reword it if it is a comment."),
                header(
                        upgrade("-- no transaction\nx;"),
                        "a.sql:3:1: '-- no transaction' is in a section. Header lines are before the first section; "
                                + "move it there, or reword it if it is a comment."));
    }

    static Stream<Arguments> sections() {
        String before = "The SQL before the first section would never run. Put '-- upgrade' above it.";
        String dialects =
                "names no dialect. A section names one dialect, sqlite or postgresql, or none; reword the line "
                        + "if it is a comment.";
        String indented =
                "is indented. Markers start in the first column; move it there, or reword it if it is a comment.";
        return Stream.of(
                section("-- revision: a\n\n  SELECT 1;\n-- upgrade\n", "a.sql:3:3: " + before),
                section("-- revision: a\nSELECT 1;", "a.sql:2:1: " + before),
                section("-- revision: a\n/* x\n*/ SELECT 1;\n-- upgrade\n", "a.sql:3:1: " + before),
                section(
                        "-- x\n-- revision: a\n",
                        "a.sql:2:1: The revision has no upgrade section. Add '-- upgrade' above its SQL, even if there is "
                                + "none."),
                section(
                        "-- revision: a\n-- downgrade\nx;",
                        "a.sql:1:1: The revision has no upgrade section. Add '-- upgrade' above its SQL, even if there is "
                                + "none."),
                section(
                        upgrade("x;\n-- upgrade sqlite\n-- upgrade\ny;"),
                        "a.sql:5:1: The section '-- upgrade' already began in line 2. Join the two."),
                section(
                        upgrade("-- downgrade sqlite\n-- downgrade  sqlite\n"),
                        "a.sql:4:1: The section '-- downgrade sqlite' already began in line 3. Join the two."),
                section(upgrade("-- upgrade mysql\n"), "a.sql:3:1: '-- upgrade mysql' " + dialects),
                section(upgrade("-- upgrade SQLite\n"), "a.sql:3:1: '-- upgrade SQLite' " + dialects),
                section(upgrade("-- upgrade all users\nx;"), "a.sql:3:1: '-- upgrade all users' " + dialects),
                section(
                        upgrade("x;\n-- downgrad\ny;"),
                        "a.sql:4:1: '-- downgrad' is not a section, but nearly '-- downgrade'. Write "
                                + "'-- downgrade', or reword it if it is a comment."),
                section(
                        "-- revision: a\n-- Upgrade SQLite\nx;\n-- upgrade\n",
                        "a.sql:2:1: '-- Upgrade SQLite' is not a section, but nearly '-- upgrade sqlite'. Write "
                                + "'-- upgrade sqlite', or reword it if it is a comment."),
                section(
                        upgrade("-- autocomit\nx;\n"),
                        "a.sql:3:1: '-- autocomit' is not a section, but nearly '-- autocommit'. Write "
                                + "'-- autocommit', or reword it if it is a comment."),
                section(
                        upgrade("x;\n-- Keep: y\n"),
                        "a.sql:4:1: '-- Keep: y' is not a section, but nearly '-- keep:'. Write '-- keep:', or "
                                + "reword it if it is a comment."),
                section(upgrade("  -- unless table x\n"), "a.sql:3:3: '-- unless table x' " + indented),
                section(upgrade("x;\n\t-- end\n"), "a.sql:4:2: '-- end' " + indented),
                section(upgrade("  -- downgrade\n"), "a.sql:3:3: '-- downgrade' " + indented),
                section(upgrade(" -- keep: x\n"), "a.sql:3:2: '-- keep: x' " + indented),
                section("-- revision: a\n -- parents: b\n-- upgrade\n", "a.sql:2:2: '-- parents: b' " + indented),
                section("-- revision: a\n -- upgrade\nx;", "a.sql:2:2: '-- upgrade' " + indented),
                section(
                        upgrade("x;\n-- keep: y\n-- downgrade\nz;"),
                        "a.sql:4:1: '-- keep:' replaces a downgrade, but line 5 begins a downgrade section. "
                                + "Remove one of the two."),
                section(
                        upgrade("x;\n-- downgrade sqlite\nz;\n-- irreversible: y\n"),
                        "a.sql:6:1: '-- irreversible:' replaces a downgrade, but line 4 begins a downgrade "
                                + "section. Remove one of the two."),
                section(
                        upgrade("x;\n-- keep: y\n-- irreversible: z\n"),
                        "a.sql:5:1: A revision has either '-- keep:' or '-- irreversible:', with one reason; line 4 already "
                                + "gave it. Remove one of the two."),
                section(
                        "-- keep: x\n" + upgrade("-- keep: y\n"),
                        "a.sql:4:1: A revision has either '-- keep:' or '-- irreversible:', with one reason; line 1 already "
                                + "gave it. Remove one of the two."),
                section(
                        upgrade("-- keep:  \n"),
                        "a.sql:3:1: '-- keep:' needs a reason. Write '-- keep: why there is no downgrade'."),
                section(
                        upgrade("-- irreversible\n"),
                        "a.sql:3:1: '-- irreversible:' needs a reason. Write '-- irreversible: why there is no "
                                + "downgrade'."),
                section(
                        upgrade("-- keep: x\n\n y;\n"),
                        "a.sql:5:2: There is SQL after '-- keep:', which replaces a downgrade. Remove the SQL, or "
                                + "move it into a section."),
                section(
                        upgrade("x $$;\n-- unless table t\n$$;\n-- end\n"),
                        "a.sql:4:1: SQLite and PostgreSQL disagree whether this marker is in a quote or comment. Write "
                                + "the section for each dialect, '-- upgrade sqlite' and '-- upgrade postgresql'."));
    }

    static Stream<Arguments> guards() {
        String forms = " Write '-- unless table NAME', '-- unless column TABLE.NAME' or '-- unless index NAME'. Put a "
                + "name with characters other than letters, digits and _ in double quotes.";
        return Stream.of(
                guard(
                        upgrade("x;\n-- end\n"),
                        "a.sql:4:1: '-- end' ends no '-- unless', '-- if' or '-- autocommit' of this section. Remove it, or add the line "
                                + "that it ends."),
                guard(
                        upgrade("-- autocommit\ny;\n"),
                        "a.sql:3:1: This block has no '-- end' in its section. Add '-- end' after its statements."),
                guard(
                        upgrade("-- unless table x\n-- unless index i\n-- end\n-- downgrade\n-- end\n"),
                        "a.sql:3:1: This block has no '-- end' in its section. Add '-- end' after its statements."),
                guard(
                        upgrade("-- unless table x\ny;\n-- keep: z\n-- end\n"),
                        "a.sql:3:1: This block has no '-- end' in its section. Add '-- end' after its statements."),
                guard(
                        upgrade("-- unless view v\n"),
                        "a.sql:3:1: '-- unless view v' names no known kind of object." + forms),
                guard(upgrade("-- unless\n"), "a.sql:3:1: '-- unless' names no known kind of object." + forms),
                guard(upgrade("-- unless table\n"), "a.sql:3:1: '-- unless table' names no table." + forms),
                guard(upgrade("-- unless column c\n"), "a.sql:3:1: '-- unless column c' names no table." + forms),
                guard(
                        upgrade("-- unless table public.t\n"),
                        "a.sql:3:1: '-- unless table public.t' has an invalid name; a name has no schema." + forms),
                guard(
                        upgrade("-- unless column s.t.c\n"),
                        "a.sql:3:1: '-- unless column s.t.c' has an invalid name; a name has no schema." + forms),
                guard(
                        upgrade("-- unless table my jobs\n"),
                        "a.sql:3:1: '-- unless table my jobs' has an invalid name; a name has no schema." + forms),
                guard(
                        upgrade("-- unless table \"x\n"),
                        "a.sql:3:1: '-- unless table \"x' has an invalid name; a name has no schema." + forms));
    }

    static Stream<Arguments> unterminated() {
        return Stream.of(
                Arguments.of(
                        UnterminatedStatementException.class,
                        upgrade("x 'it''s;\n-- downgrade\ny 'z';"),
                        "The string that begins at a.sql:3:3 does not end. Nothing of this revision was run."),
                Arguments.of(
                        UnterminatedStatementException.class,
                        "-- revision: a\n-- upgrade sqlite\nx [y;\n-- end\n",
                        "The quoted identifier that begins at a.sql:3:3 does not end. Nothing of this revision was run."),
                Arguments.of(
                        UnterminatedStatementException.class,
                        "-- revision: a\n-- upgrade postgresql\nx $$;\n-- downgrade\n",
                        "The dollar-quoted string $$ that begins at a.sql:3:3 does not end. Nothing of this revision was "
                                + "run."),
                Arguments.of(
                        UnterminatedStatementException.class,
                        "-- revision: a\n/* x\n-- upgrade\n",
                        "The comment that begins at a.sql:2:1 does not end. Nothing of this revision was run."));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource({"headers", "sections", "guards", "unterminated"})
    void the_message_has_the_problem_the_location_and_the_remedy(
            Class<? extends TurnstoneException> type, String file, String message) {
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> SqlRevisionFile.parse("a.sql", bytes, FileNameTemplate.DEFAULT))
                .isInstanceOf(type)
                .hasMessage(message);
    }
}
