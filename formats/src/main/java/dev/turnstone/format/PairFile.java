package dev.turnstone.format;

import dev.turnstone.dialect.Dialects;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of a pair, parsed from its name.
 *
 * @param path within the directory
 * @param version as the name writes it, without a {@code V} before it
 * @param title the text between version and direction, without the dialect and the transaction mark
 * @param isDown whether it is the downgrade
 * @param dialect the dialect at the end of the name; empty if the name has none
 * @param mark {@code tx}, {@code autocommit}, or empty
 */
record PairFile(String path, String version, String title, boolean isDown, String dialect, String mark) {

    /** Words for databases, with the dialect that they mean, or the name of an unsupported database. */
    private static final Map<String, String> DIALECTS = Map.ofEntries(
            Map.entry("postgres", "postgresql"),
            Map.entry("postgresql", "postgresql"),
            Map.entry("pgsql", "postgresql"),
            Map.entry("pg", "postgresql"),
            Map.entry("sqlite", "sqlite"),
            Map.entry("sqlite3", "sqlite"),
            Map.entry("mysql", "mysql"),
            Map.entry("mariadb", "mariadb"),
            Map.entry("mssql", "mssql"),
            Map.entry("sqlserver", "mssql"),
            Map.entry("oracle", "oracle"),
            Map.entry("cockroachdb", "cockroachdb"),
            Map.entry("cockroach", "cockroachdb"));

    private static final String VERSION = "([0-9]+(?:[-.][0-9]+){0,20})(?=[._\\s-]|$)";
    private static final String WORDS = String.join("|", DIALECTS.keySet());

    private static final Pattern NAME =
            Pattern.compile("(?i)V?" + VERSION + "(.*?)(?:[._-](up|down)|\\.(do|undo))(?:[._-](" + WORDS + "))?\\.sql");
    private static final Pattern IN_FOLDER = Pattern.compile("(?i)(up|down)(?:[._-](" + WORDS + "))?\\.sql");
    private static final Pattern FOLDER = Pattern.compile("(?i)V?" + VERSION + "(.*)");
    private static final Pattern MARK = Pattern.compile("(?i)(.*)\\.(tx|autocommit)");
    private static final Pattern DIALECT = Pattern.compile("(?i)(.*)[._-](" + WORDS + ")");

    /**
     * Parses a name.
     *
     * @param path {@code 0001_x.up.sql}, or {@code 0001_x/up.sql}
     * @return empty if it is not a file of a pair
     */
    static Optional<PairFile> named(String path) {
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            Matcher file = NAME.matcher(path);
            if (!file.matches()) {
                return Optional.empty();
            }
            boolean down = "down".equalsIgnoreCase(file.group(3)) || "undo".equalsIgnoreCase(file.group(4));
            return Optional.of(of(path, file.group(1), file.group(2), down, file.group(5)));
        }
        Matcher folder = FOLDER.matcher(path.substring(0, slash));
        Matcher file = IN_FOLDER.matcher(path.substring(slash + 1));
        return folder.matches() && file.matches()
                ? Optional.of(of(
                        path, folder.group(1), folder.group(2), file.group(1).equalsIgnoreCase("down"), file.group(2)))
                : Optional.empty();
    }

    private static PairFile of(
            String path, String version, String rest, boolean down, @org.jspecify.annotations.Nullable String named) {
        String title = rest;
        String mark = "";
        String dialect = named == null ? "" : dialect(named);
        // Both can come first: x_postgres.tx.up.sql, x.tx.postgres.up.sql.
        for (int i = 0; i < 2; i++) {
            Matcher marked = MARK.matcher(title);
            if (mark.isEmpty() && marked.matches()) {
                mark = marked.group(2).toLowerCase(Locale.ROOT);
                title = marked.group(1);
            }
            Matcher ends = DIALECT.matcher(title);
            if (dialect.isEmpty() && ends.matches()) {
                dialect = dialect(ends.group(2));
                title = ends.group(1);
            }
        }
        return new PairFile(path, version, title.replaceFirst("^[._\\s-]+", ""), down, dialect, mark);
    }

    private static String dialect(String word) {
        return DIALECTS.getOrDefault(word.toLowerCase(Locale.ROOT), "");
    }

    /** Returns whether golang-migrate and sqlx read the name in the same way. */
    boolean isPlain() {
        return dialect.isEmpty() && mark.isEmpty();
    }

    /** Returns whether it is for a database that Turnstone does not support. */
    boolean isForeign() {
        return !dialect.isEmpty() && Dialects.find(dialect).isEmpty();
    }

    /** Returns the same file with the name of the database as a part of its title. */
    PairFile withDialectInTitle() {
        return new PairFile(path, version, title + "_" + dialect, isDown, "", mark);
    }
}
