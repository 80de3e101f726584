package dev.turnstone.dialect.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells the statements of SQLite that reach a file, and allows those that stay in one directory.
 *
 * @param directory the real path of the directory; null if no file at all is allowed
 */
record FileBoundary(@Nullable Path directory) {

    private static final FileBoundary NO_FILE = new FileBoundary(null);

    /** A database in memory, by a name that no parameter turns into a file. */
    private static final Pattern IN_MEMORY = Pattern.compile(
            "file::memory:(\\?cache=(shared|private))?|file:[A-Za-z0-9_.-]*\\?(cache=(shared|private)&)?mode=memory(&cache=(shared|private))?");

    /** Settings that hold for all databases of the process, or that name a file. */
    private static final Set<String> PROCESS_SETTINGS = Set.of(
            "temp_store_directory", "data_store_directory", "lock_proxy_file", "hard_heap_limit", "soft_heap_limit");

    /** What a text needs. */
    enum Need {
        /** Nothing but the database itself. */
        NOTHING,
        /** To attach a database: in memory, in the directory, or the temporary one of {@code VACUUM}. */
        ATTACH
    }

    /**
     * The answer for a text.
     *
     * @param need what must be allowed while it runs
     * @param why a clause that states why it is refused; null if it is not
     */
    record Answer(Need need, @Nullable String why) {

        private static final Answer HARMLESS = new Answer(Need.NOTHING, null);
        private static final Answer ATTACHES = new Answer(Need.ATTACH, null);

        private static Answer refused(String why) {
            return new Answer(Need.NOTHING, why);
        }
    }

    /** Why a text is refused in every directory; empty if it is not. */
    static Optional<String> whyOutside(String sql) {
        return Optional.ofNullable(NO_FILE.check(sql).why);
    }

    /**
     * Looks at each statement of a text, also where the driver would send the first alone.
     *
     * @param sql one statement or several
     */
    Answer check(String sql) {
        if (!mayMatter(sql)) {
            return Answer.HARMLESS;
        }
        List<SqlToken> tokens;
        try {
            tokens = Tokenizer.tokens(sql);
        } catch (IllegalArgumentException e) {
            // SQLite refuses a quote without end; a command of the driver that ends in one is not for SQLite.
            return isCommandOfDriver(sql)
                    ? Answer.refused("it is a command of the driver that cannot be read")
                    : Answer.HARMLESS;
        }
        Answer answer = Answer.HARMLESS;
        for (List<SqlToken> statement : statements(tokens)) {
            Answer one = check(statement);
            if (one.why != null) {
                return one;
            }
            answer = one.need == Need.ATTACH ? one : answer;
        }
        return answer;
    }

    /** Most statements hold none of these words, and need not be cut into tokens. */
    private static boolean mayMatter(String sql) {
        String folded = sql.toLowerCase(Locale.ROOT);
        return folded.contains("attach")
                || folded.contains("vacuum")
                || folded.contains("pragma")
                || isCommandOfDriver(sql)
                || folded.contains("load_extension");
    }

    private static boolean isCommandOfDriver(String sql) {
        String folded = sql.stripLeading().toLowerCase(Locale.ROOT);
        return folded.startsWith("backup") || folded.startsWith("restore");
    }

    private static List<List<SqlToken>> statements(List<SqlToken> tokens) {
        List<List<SqlToken>> statements = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            if (i == tokens.size() || tokens.get(i).is(";")) {
                if (i > start) {
                    statements.add(tokens.subList(start, i));
                }
                start = i + 1;
            }
        }
        return statements;
    }

    private Answer check(List<SqlToken> statement) {
        SqlToken first = statement.get(0);
        if (first.is("explain")) {
            return Answer.HARMLESS;
        }
        if (first.is("attach")) {
            return attach(statement);
        }
        if (first.is("vacuum")) {
            return statement.stream().anyMatch(token -> token.is("into"))
                    ? Answer.refused("it writes a file by VACUUM INTO")
                    : Answer.ATTACHES;
        }
        if (first.is("backup")) {
            return Answer.refused("it writes a file by the driver's command 'backup'");
        }
        if (first.is("restore")) {
            return Answer.refused("it reads a file by the driver's command 'restore'");
        }
        return first.is("pragma") ? pragma(statement) : call(statement);
    }

    private Answer attach(List<SqlToken> statement) {
        int begin = statement.size() > 1 && statement.get(1).is("database") ? 2 : 1;
        int end = begin;
        while (end < statement.size() && !statement.get(end).is("as")) {
            end++;
        }
        if (end != begin + 1 || !statement.get(begin).canBeName()) {
            return Answer.refused("it attaches a file whose name is not written in it");
        }
        String name = statement.get(begin).unquoted();
        return name.isEmpty()
                        || name.equals(":memory:")
                        || IN_MEMORY.matcher(name).matches()
                        || isInside(name)
                ? Answer.ATTACHES
                : Answer.refused("it attaches the file '" + name + "'");
    }

    /** Whether a file is in the directory, links followed. */
    private boolean isInside(String name) {
        if (directory == null || name.startsWith("file:")) {
            return false;
        }
        try {
            Path file = Path.of(name).toAbsolutePath();
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return file.toRealPath().startsWith(directory);
            }
            Path parent = file.getParent();
            return parent != null && parent.toRealPath().startsWith(directory);
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private static Answer pragma(List<SqlToken> statement) {
        int at = statement.size() > 3 && statement.get(2).is(".") ? 3 : 1;
        if (at + 1 >= statement.size()) {
            return Answer.HARMLESS;
        }
        String name = statement.get(at).unquoted().toLowerCase(Locale.ROOT);
        return PROCESS_SETTINGS.contains(name)
                ? Answer.refused("it sets " + name + ", which holds for the whole process")
                : Answer.HARMLESS;
    }

    private static Answer call(List<SqlToken> statement) {
        for (int i = 0; i + 1 < statement.size(); i++) {
            SqlToken token = statement.get(i);
            if (statement.get(i + 1).is("(")
                    && token.canBeName()
                    && Identifier.folded(token.unquoted()).equals("load_extension")) {
                return Answer.refused("it loads a library by load_extension()");
            }
        }
        return Answer.HARMLESS;
    }
}
