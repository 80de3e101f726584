package dev.turnstone.scenario;

import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import java.util.Locale;
import java.util.function.Function;

/**
 * Rows of the user's own, which tables hold from a revision on.
 *
 * @param revision an id, its beginning, or a label
 * @param place where they are, for messages: a file
 * @param table the table of a file with commas; empty for SQL
 * @param text gives, for a dialect's name, the SQL or the text with commas
 */
public record OwnRows(String revision, String place, String table, Function<String, SqlText> text) {

    /**
     * These rows as they are on a dialect, with their file read.
     *
     * @throws OwnRowsException when it is not there
     */
    public OwnRows readFor(String dialect) {
        SqlText read = text.apply(dialect);
        return new OwnRows(revision, place, table, any -> read);
    }

    /** Rows that SQL inserts, on whatever dialect. */
    public static OwnRows ofSql(String revision, String sql) {
        SqlText text = new SqlText(sql, new Location("the rows at " + revision, 1, 1));
        return new OwnRows(revision, text.start().origin(), "", dialect -> text);
    }

    /**
     * Rows of a file, which is read when it is needed.
     *
     * @param file a path, or {@code classpath:some/file.sql}. A file {@code .csv} holds those of the table that its name
     *     begins with, up to the first dot; one {@code .sql} holds statements. A file of the same name with the dialect
     *     before its ending, such as {@code readers.sqlite.csv}, is read in its place on that dialect
     * @param classes where a class path's file is looked for
     * @throws OwnRowsException when it is neither
     */
    public static OwnRows ofFile(String revision, String file, ClassLoader classes) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (!ending.equals("sql") && !ending.equals("csv")) {
            throw OwnRowsException.ofEnding(revision, file);
        }
        BaselineFile text = BaselineFile.at(file, classes);
        return new OwnRows(
                revision, file, ending.equals("csv") ? name.substring(0, name.indexOf('.')) : "", dialect -> {
                    try {
                        return text.apply(dialect);
                    } catch (BaselineNotFoundException e) {
                        throw OwnRowsException.ofMissing(revision, file, e);
                    }
                });
    }
}
