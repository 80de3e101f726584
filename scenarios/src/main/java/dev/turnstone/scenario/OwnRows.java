package dev.turnstone.scenario;

import dev.turnstone.operation.Location;
import dev.turnstone.operation.SqlText;
import java.util.Locale;
import java.util.function.Function;

/**
 * Seed rows: rows that the user gives for tables, at a revision.
 *
 * @param revision an id, the beginning of an id, or a label
 * @param place the place of the rows for messages, such as a file
 * @param table the table of a CSV file; empty for SQL
 * @param text returns the SQL or the CSV text for a dialect's name
 */
public record OwnRows(String revision, String place, String table, Function<String, SqlText> text) {

    /**
     * Returns these rows for one dialect, with their file already read.
     *
     * @param dialect the dialect's name
     * @throws OwnRowsException if the file does not exist
     */
    public OwnRows readFor(String dialect) {
        SqlText read = text.apply(dialect);
        return new OwnRows(revision, place, table, any -> read);
    }

    /**
     * Returns rows that SQL inserts, on every dialect.
     *
     * @param revision an id, the beginning of an id, or a label
     * @param sql the statements
     */
    public static OwnRows ofSql(String revision, String sql) {
        SqlText text = new SqlText(sql, new Location("the rows at " + revision, 1, 1));
        return new OwnRows(revision, text.start().origin(), "", dialect -> text);
    }

    /**
     * Returns the rows of a file, which is read on demand.
     *
     * @param revision an id, the beginning of an id, or a label
     * @param file a path, or {@code classpath:some/file.sql}. A {@code .csv} file holds the rows of one table; the
     *     first part of its name, up to the first dot, is the table's name. A {@code .sql} file holds statements. If a
     *     file exists that has the dialect before its ending, such as {@code readers.sqlite.csv}, it is read on that
     *     dialect instead
     * @param classes loads a file of the class path
     * @throws OwnRowsException if the file name has another ending
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
