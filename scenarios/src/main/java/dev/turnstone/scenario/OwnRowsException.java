package dev.turnstone.scenario;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.rows.CsvRows;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Thrown when seed rows cannot be inserted: the database rejects one, or the text or its file is invalid. */
public final class OwnRowsException extends TurnstoneException {

    private static final int SHOWN = 600;

    private final String place;
    private final @Nullable String constraint;

    private OwnRowsException(String message, String place, @Nullable String constraint, @Nullable Throwable cause) {
        super(message, cause);
        this.place = place;
        this.constraint = constraint;
    }

    static OwnRowsException ofEnding(String revision, String file) {
        return new OwnRowsException(
                "The rows for revision " + revision + " cannot be in " + file
                        + ": a file of rows ends in .sql (statements) or .csv (the table's name before the first dot, the"
                        + " columns in its first line).",
                file,
                null,
                null);
    }

    static OwnRowsException ofMissing(String revision, String file, Throwable cause) {
        return new OwnRowsException(
                "There is no file " + file + " with the rows for revision " + revision + " (looked for from "
                        + Path.of("").toAbsolutePath()
                        + "). Correct the path, or write classpath: before it if it is a resource.",
                file,
                null,
                cause);
    }

    public static OwnRowsException ofRevision(String revision, String place, String what) {
        return new OwnRowsException(
                "Revision '" + revision + "', which " + place + " is for, is not one: " + what, place, null, null);
    }

    public static OwnRowsException ofText(OwnRows rows, String what, @Nullable Throwable cause) {
        return new OwnRowsException(
                "The rows for revision " + rows.revision() + " in " + rows.place() + " cannot be put in. " + what,
                rows.place(),
                null,
                cause);
    }

    public static OwnRowsException ofRow(OwnRows rows, String database, CsvRows.Refusal refusal) {
        return new OwnRowsException(
                refused(rows, database) + "row " + refusal.row() + " (" + rows.place() + ":" + refusal.line()
                        + ") violates " + refusal.constraint() + ".\n  " + shortened(refusal.values()) + "\n  "
                        + refusal.words() + kept(rows),
                rows.place(),
                refusal.constraint(),
                null);
    }

    public static OwnRowsException ofStatement(
            OwnRows rows, String database, SqlStatement statement, Optional<String> constraint, Throwable cause) {
        return new OwnRowsException(
                refused(rows, database) + "the statement at " + statement.location()
                        + constraint.map(name -> " violates " + name).orElse(" is refused") + ".\n  "
                        + shortened(statement.text()).replace("\n", "\n  ") + "\n  " + cause.getMessage() + kept(rows),
                rows.place(),
                constraint.orElse(null),
                cause);
    }

    public static OwnRowsException ofCommit(OwnRows rows, String database, Throwable cause) {
        return new OwnRowsException(
                refused(rows, database) + "a constraint that is looked at last refuses them.\n  " + cause.getMessage()
                        + kept(rows),
                rows.place(),
                null,
                cause);
    }

    private static String refused(OwnRows rows, String database) {
        return "The rows for revision " + rows.revision() + " do not go into " + database + ": ";
    }

    private static String kept(OwnRows rows) {
        return "\nNo row of " + rows.place() + " was kept. Correct it, or name the revision whose schema it is for.";
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    /** Returns the place of the rows, such as a file. */
    public String place() {
        return place;
    }

    /** Returns the violated constraint, such as {@code not null email}; empty if the cause is another one. */
    public Optional<String> constraint() {
        return Optional.ofNullable(constraint);
    }
}
