package dev.turnstone.snapshot;

import dev.turnstone.error.TurnstoneException;

/** Thrown when a snapshot file cannot be read by this version. Nothing was changed. */
public final class UnreadableSnapshotException extends TurnstoneException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;

    UnreadableSnapshotException(String file, int line, String what, String remedy) {
        super("Cannot read the snapshot " + file + ", line " + line + ": " + what + "\n" + remedy);
        this.file = file;
        this.line = line;
    }

    /** Returns the file. */
    public String file() {
        return file;
    }

    /** Returns the line with the error, counted from 1. */
    public int line() {
        return line;
    }
}
