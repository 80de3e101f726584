package dev.turnstone.format;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.Location;

/** Thrown if another tool's file contains something that a Turnstone revision file cannot express. */
public final class NotImportableException extends TurnstoneException {

    private NotImportableException(String message) {
        super(message);
    }

    static NotImportableException markerInQuote(Location location, String line) {
        return new NotImportableException(location + ": '" + line.strip()
                + "' is within a quote, a comment or data, where it cannot be changed, and Turnstone's format would"
                + " treat it as a marker. Put a blank before it in the original, if that is harmless, and import"
                + " again. Nothing was written.");
    }

    static NotImportableException ownFormat() {
        return new NotImportableException(
                "These revisions are in Turnstone's own format already. Nothing was written. Use them as they are.");
    }

    static NotImportableException keepOnOneDialect(String origin) {
        return new NotImportableException(origin + ": The downgrade does nothing on one dialect and reverts something"
                + " on another, which one file cannot express. Nothing was written. Import the dialects' files from"
                + " directories of their own.");
    }
}
