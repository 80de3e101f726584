package dev.turnstone.dialect;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.Location;
import java.util.regex.Pattern;

/** Thrown for a psql command with an effect that only psql itself can produce. */
public final class PsqlCommandException extends TurnstoneException {

    /** Commands that only concern the session of psql, which is not the session of the engine. */
    private static final Pattern IGNORED = Pattern.compile("\\\\(connect|c|restrict|unrestrict)\\b.*");

    private final String command;
    private final Location location;

    private PsqlCommandException(String command, Location location) {
        super(location + ": '" + command + "' is a command of psql, which a database server does not know. Nothing of"
                + " this file was run. Replace it by SQL. Only \\connect, \\restrict and \\unrestrict are ignored.");
        this.command = command;
        this.location = location;
    }

    static void unlessIgnored(String line, Location location) {
        if (!IGNORED.matcher(line).matches()) {
            throw new PsqlCommandException(line.strip(), location);
        }
    }

    /** Returns the command with its arguments. */
    public String command() {
        return command;
    }

    /** Returns the location of the command. */
    public Location location() {
        return location;
    }
}
