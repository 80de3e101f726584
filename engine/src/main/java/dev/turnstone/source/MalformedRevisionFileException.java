package dev.turnstone.source;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.Location;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Thrown for an SQL revision file with an invalid line. */
public abstract sealed class MalformedRevisionFileException extends TurnstoneException {

    private final Location location;

    private MalformedRevisionFileException(Location location, String message, @Nullable Throwable cause) {
        super(location + ": " + message, cause);
        this.location = location;
    }

    /** Returns the location of the invalid line; the first line of the file if a line is missing. */
    public Location location() {
        return location;
    }

    /** Thrown for an invalid {@code -- unless}, {@code -- if} or {@code -- end} line of an SQL revision file. */
    public static final class MalformedGuardException extends MalformedRevisionFileException {

        private static final String FORMS = "Write '-- unless table NAME', '-- unless column TABLE.NAME' or "
                + "'-- unless index NAME'. Put a name with characters other than letters, digits and _ in double quotes.";

        private MalformedGuardException(Location location, String message) {
            super(location, message, null);
        }

        static MalformedGuardException unknownObject(Location location, String word) {
            return new MalformedGuardException(
                    location, "'" + ("-- unless " + word).strip() + "' names no known kind of object. " + FORMS);
        }

        static MalformedGuardException noName(Location location, String object) {
            return new MalformedGuardException(
                    location, "'-- unless " + object + "' names no " + object + ". " + FORMS);
        }

        static MalformedGuardException columnWithoutTable(Location location, String name) {
            return new MalformedGuardException(location, "'-- unless column " + name + "' names no table. " + FORMS);
        }

        static MalformedGuardException badName(Location location, String object, String name) {
            return new MalformedGuardException(
                    location,
                    "'-- unless " + object + " " + name + "' has an invalid name; a name has no schema. " + FORMS);
        }

        static MalformedGuardException endWithoutUnless(Location location) {
            return new MalformedGuardException(
                    location,
                    "'-- end' ends no '-- unless', '-- if' or '-- autocommit' of this section. Remove it, or add the line that it ends.");
        }

        static MalformedGuardException unlessWithoutEnd(Location location) {
            return new MalformedGuardException(
                    location, "This block has no '-- end' in its section. Add '-- end' after its statements.");
        }
    }

    /** Thrown for a missing, misspelled or invalid header line of an SQL revision file. */
    public static final class MalformedHeaderException extends MalformedRevisionFileException {

        private MalformedHeaderException(Location location, String message, @Nullable Throwable cause) {
            super(location, message, cause);
        }

        static MalformedHeaderException noRevision(Location firstMarker) {
            return new MalformedHeaderException(
                    firstMarker,
                    "The file has lines of a revision, but none with its id. Add '-- revision: ID' as the first line, "
                            + "or reword this comment if the file is not a revision.",
                    null);
        }

        static MalformedHeaderException nearly(Location location, String found, String meant) {
            return new MalformedHeaderException(
                    location,
                    "'-- " + found + "' is not a header line, but nearly '-- " + meant + "'. Write '-- " + meant
                            + "', or reword it if it is a comment.",
                    null);
        }

        static MalformedHeaderException twice(Location location, String key, Location first) {
            return new MalformedHeaderException(
                    location,
                    "'-- " + key + "' was already given in line " + first.line() + ". Keep one of the two.",
                    null);
        }

        static MalformedHeaderException empty(Location location, String key) {
            String remedy = key.equals("parents") ? " (a base revision has no such line)" : "";
            return new MalformedHeaderException(
                    location,
                    "'-- " + key + ":' has an empty value. Write a value, or remove the line" + remedy + ".",
                    null);
        }

        static MalformedHeaderException afterHeader(Location location, String key) {
            return new MalformedHeaderException(
                    location,
                    "'-- " + key + "' is in a section. Header lines are before the first section; move it there, "
                            + "or reword it if it is a comment.",
                    null);
        }

        static MalformedHeaderException badId(Location location, String key, RuntimeException cause) {
            return new MalformedHeaderException(location, "In '-- " + key + ":', " + cause.getMessage(), cause);
        }

        static MalformedHeaderException badDate(Location location, String value) {
            return new MalformedHeaderException(location, Dates.refusal(value), null);
        }
    }

    /** Thrown for missing, duplicate or ambiguous sections of an SQL revision file. */
    public static final class MalformedSectionException extends MalformedRevisionFileException {

        private MalformedSectionException(Location location, String message) {
            super(location, message, null);
        }

        static MalformedSectionException sqlBeforeFirst(Location location) {
            return new MalformedSectionException(
                    location, "The SQL before the first section would never run. Put '-- upgrade' above it.");
        }

        static MalformedSectionException noUpgrade(Location location) {
            return new MalformedSectionException(
                    location,
                    "The revision has no upgrade section. Add '-- upgrade' above its SQL, even if there is none.");
        }

        static MalformedSectionException twice(Location location, String section, Location first) {
            return new MalformedSectionException(
                    location,
                    "The section '-- " + section + "' already began in line " + first.line() + ". Join the two.");
        }

        static MalformedSectionException unknownDialect(Location location, String section, String named) {
            return new MalformedSectionException(
                    location,
                    "'-- " + section + " " + named + "' names no dialect. A section names one dialect, "
                            + Dialects.alternatives() + ", or none; reword the line if it is a comment.");
        }

        static MalformedSectionException nearly(Location location, String found, String meant) {
            return new MalformedSectionException(
                    location,
                    "'-- " + found + "' is not a section, but nearly '-- " + meant + "'. Write '-- " + meant
                            + "', or reword it if it is a comment.");
        }

        static MalformedSectionException indented(Location location, String marker) {
            return new MalformedSectionException(
                    location,
                    "'-- " + marker
                            + "' is indented. Markers start in the first column; move it there, or reword it if "
                            + "it is a comment.");
        }

        static MalformedSectionException downgradeAndRefusal(Location location, String key, Location downgrade) {
            return new MalformedSectionException(
                    location,
                    "'-- " + key + ":' replaces a downgrade, but line " + downgrade.line()
                            + " begins a downgrade section. Remove one of the two.");
        }

        static MalformedSectionException keepAndIrreversible(Location location, Location first) {
            return new MalformedSectionException(
                    location,
                    "A revision has either '-- keep:' or '-- irreversible:', with one reason; line " + first.line()
                            + " already gave it. Remove one of the two.");
        }

        static MalformedSectionException noReason(Location location, String key) {
            return new MalformedSectionException(
                    location, "'-- " + key + ":' needs a reason. Write '-- " + key + ": why there is no downgrade'.");
        }

        static MalformedSectionException sqlAfterRefusal(Location location, String key) {
            return new MalformedSectionException(
                    location,
                    "There is SQL after '-- " + key + ":', which replaces a downgrade. Remove the SQL, or move it "
                            + "into a section.");
        }

        static MalformedSectionException ambiguousQuotes(Location location) {
            return new MalformedSectionException(
                    location,
                    Dialects.all().stream().map(Dialect::title).collect(Collectors.joining(" and "))
                            + " disagree whether this marker is in a quote or comment. Write the section for each"
                            + " dialect, "
                            + Dialects.names().stream()
                                    .map(name -> "'-- upgrade " + name + "'")
                                    .collect(Collectors.joining(" and "))
                            + ".");
        }
    }
}
