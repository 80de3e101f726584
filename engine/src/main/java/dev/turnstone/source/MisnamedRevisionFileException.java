package dev.turnstone.source;

import dev.turnstone.error.TurnstoneException;
import dev.turnstone.operation.Location;
import dev.turnstone.revision.RevisionId;

/** Thrown for a file whose name matches the template but contains another revision than its header. */
public final class MisnamedRevisionFileException extends TurnstoneException {

    private final RevisionId id;

    MisnamedRevisionFileException(
            Location header, String fileName, String named, RevisionId id, FileNameTemplate template) {
        super(header + ": The header has revision '" + id + "', but the file name " + fileName + " has '" + named
                + "' (the template is " + template + "). Rename the file, or correct the header.");
        this.id = id;
    }

    /** Returns the identifier in the header. */
    public RevisionId id() {
        return id;
    }
}
