package dev.turnstone.dialect;

import dev.turnstone.error.TurnstoneException;
import java.io.IOException;

/** Thrown when the directory for temporary files cannot be written, in which SQLite's driver unpacks its library. */
public final class UnwritableDirectoryException extends TurnstoneException {

    UnwritableDirectoryException(String directory, IOException cause) {
        super(
                "The driver of SQLite unpacks its library in " + directory
                        + ", the directory for temporary files, and no file can be made there: " + cause
                        + "\nNothing was opened. Free space there, or name a directory that can be written by the system"
                        + " property java.io.tmpdir.",
                cause);
    }
}
