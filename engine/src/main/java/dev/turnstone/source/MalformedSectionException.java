package dev.turnstone.source;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.Location;
import java.util.stream.Collectors;

/** Thrown for missing, duplicate or ambiguous sections of an SQL revision file. */
public final class MalformedSectionException extends TurnstoneException {

    private final Location location;

    private MalformedSectionException(Location location, String message) {
        super(location + ": " + message);
        this.location = location;
    }

    /** Returns the location of the invalid line. */
    public Location location() {
        return location;
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
                location, "The section '-- " + section + "' already began in line " + first.line() + ". Join the two.");
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
                "'-- " + marker + "' is indented. Markers start in the first column; move it there, or reword it if "
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
                        + " disagree whether this marker is in a quote or comment. Write the section for each dialect, "
                        + Dialects.names().stream()
                                .map(name -> "'-- upgrade " + name + "'")
                                .collect(Collectors.joining(" and "))
                        + ".");
    }
}
