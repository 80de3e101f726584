package dev.turnstone.dialect;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.Location;
import java.util.regex.Pattern;

/** Thrown for a psql command with an effect that only psql itself can produce. */
public final class PsqlCommandException extends TurnstoneException {

    /**
     * They say where psql's own session is, which is not the engine's. A backslash begins another command or, written
     * twice, ends this one: what follows would be lost.
     */
    private static final Pattern IGNORED = Pattern.compile("\\\\(connect|c|restrict|unrestrict)\\b[^\\\\]*");

    private final String command;
    private final Location location;

    private PsqlCommandException(String command, Location location) {
        super(location + ": '" + command + "' is a command of psql, which a database server does not know. Nothing of"
                + " this file was run. Replace it by SQL. Only \\connect, \\restrict and \\unrestrict are ignored,"
                + " and only between statements and without a second command on the line.");
        this.command = command;
        this.location = location;
    }

    /**
     * Refuses a command, unless it can be passed over without a loss.
     *
     * @param betweenStatements whether no statement has begun before it
     */
    static void unlessIgnored(String line, boolean betweenStatements, Location location) {
        if (!betweenStatements || !IGNORED.matcher(line).matches()) {
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
