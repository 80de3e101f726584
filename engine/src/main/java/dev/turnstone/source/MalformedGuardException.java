package dev.turnstone.source;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.Location;

/** Thrown for an invalid {@code -- unless}, {@code -- if} or {@code -- end} line of an SQL revision file. */
public final class MalformedGuardException extends TurnstoneException {

    private static final String FORMS = "Write '-- unless table NAME', '-- unless column TABLE.NAME' or "
            + "'-- unless index NAME'. Put a name with characters other than letters, digits and _ in double quotes.";

    private final Location location;

    private MalformedGuardException(Location location, String message) {
        super(location + ": " + message);
        this.location = location;
    }

    /** Returns the location of the invalid line. */
    public Location location() {
        return location;
    }

    static MalformedGuardException unknownObject(Location location, String word) {
        return new MalformedGuardException(
                location, "'" + ("-- unless " + word).strip() + "' names no known kind of object. " + FORMS);
    }

    static MalformedGuardException noName(Location location, String object) {
        return new MalformedGuardException(location, "'-- unless " + object + "' names no " + object + ". " + FORMS);
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
