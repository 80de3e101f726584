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
 * Detects SQLite statements that access a file, and allows those that access only files in one directory.
 *
 * @param directory the real path of the directory; null if no file is allowed
 */
record FileBoundary(@Nullable Path directory) {

    private static final FileBoundary NO_FILE = new FileBoundary(null);

    /** The name of an in-memory database, without a parameter that would make it a file. */
    private static final Pattern IN_MEMORY = Pattern.compile(
            "file::memory:(\\?cache=(shared|private))?|file:[A-Za-z0-9_.-]*\\?(cache=(shared|private)&)?mode=memory(&cache=(shared|private))?");

    /** Settings that apply to all databases of the process, or that name a file. */
    private static final Set<String> PROCESS_SETTINGS = Set.of(
            "temp_store_directory", "data_store_directory", "lock_proxy_file", "hard_heap_limit", "soft_heap_limit");

    /** The permission that an SQL text needs. */
    enum Need {
        /** Access to the database itself only. */
        NOTHING,
        /** To attach a database: in memory, in the directory, or the temporary database of {@code VACUUM}. */
        ATTACH
    }

    /**
     * The result of a check.
     *
     * @param need the permission that the text needs while it runs
     * @param why the reason for the refusal, as a clause; null if the text is allowed
     */
    record Decision(Need need, @Nullable String why) {

        private static final Decision HARMLESS = new Decision(Need.NOTHING, null);
        private static final Decision ATTACHES = new Decision(Need.ATTACH, null);

        private static Decision refused(String why) {
            return new Decision(Need.NOTHING, why);
        }
    }

    /** Returns the reason why a text is refused for every directory; empty if it is allowed for some directory. */
    static Optional<String> whyOutside(String sql) {
        return Optional.ofNullable(NO_FILE.check(sql).why);
    }

    /**
     * Checks each statement of a text, even if the driver would send only the first one.
     *
     * @param sql one statement or several
     */
    Decision check(String sql) {
        if (!mayMatter(sql)) {
            return Decision.HARMLESS;
        }
        List<SqlToken> tokens;
        try {
            tokens = Tokenizer.tokens(sql);
        } catch (IllegalArgumentException e) {
            // SQLite refuses an unterminated quote, but the driver does not send its own commands to SQLite.
            return isCommandOfDriver(sql)
                    ? Decision.refused("it is a command of the driver with an unterminated quote")
                    : Decision.HARMLESS;
        }
        Decision decision = Decision.HARMLESS;
        for (List<SqlToken> statement : statements(tokens)) {
            Decision one = check(statement);
            if (one.why != null) {
                return one;
            }
            decision = one.need == Need.ATTACH ? one : decision;
        }
        return decision;
    }

    /** Most statements contain none of these words and need no tokens. */
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

    private Decision check(List<SqlToken> statement) {
        SqlToken first = statement.get(0);
        if (first.is("explain")) {
            return Decision.HARMLESS;
        }
        if (first.is("attach")) {
            return attach(statement);
        }
        if (first.is("vacuum")) {
            return statement.stream().anyMatch(token -> token.is("into"))
                    ? Decision.refused("it writes a file by VACUUM INTO")
                    : Decision.ATTACHES;
        }
        if (first.is("backup")) {
            return Decision.refused("it writes a file by the driver's command 'backup'");
        }
        if (first.is("restore")) {
            return Decision.refused("it reads a file by the driver's command 'restore'");
        }
        return first.is("pragma") ? pragma(statement) : call(statement);
    }

    private Decision attach(List<SqlToken> statement) {
        int begin = statement.size() > 1 && statement.get(1).is("database") ? 2 : 1;
        int end = begin;
        while (end < statement.size() && !statement.get(end).is("as")) {
            end++;
        }
        if (end != begin + 1 || !statement.get(begin).canBeName()) {
            return Decision.refused("it attaches a file whose name is not written in it");
        }
        String name = statement.get(begin).unquoted();
        return name.isEmpty()
                        || name.equals(":memory:")
                        || IN_MEMORY.matcher(name).matches()
                        || isInside(name)
                ? Decision.ATTACHES
                : Decision.refused("it attaches the file '" + name + "'");
    }

    /** Returns whether a file is in the directory, after symbolic links are resolved. */
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

    private static Decision pragma(List<SqlToken> statement) {
        int at = statement.size() > 3 && statement.get(2).is(".") ? 3 : 1;
        if (at + 1 >= statement.size()) {
            return Decision.HARMLESS;
        }
        String name = statement.get(at).unquoted().toLowerCase(Locale.ROOT);
        return PROCESS_SETTINGS.contains(name)
                ? Decision.refused("it sets " + name + ", which holds for the whole process")
                : Decision.HARMLESS;
    }

    private static Decision call(List<SqlToken> statement) {
        for (int i = 0; i + 1 < statement.size(); i++) {
            SqlToken token = statement.get(i);
            if (statement.get(i + 1).is("(")
                    && token.canBeName()
                    && Identifier.folded(token.unquoted()).equals("load_extension")) {
                return Decision.refused("it loads a library by load_extension()");
            }
        }
        return Decision.HARMLESS;
    }
}
