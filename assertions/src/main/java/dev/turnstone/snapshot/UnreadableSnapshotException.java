package dev.turnstone.snapshot;

import dev.turnstone.error.TurnstoneException;

/** A snapshot file is not one that this version reads. Nothing was changed. */
public final class UnreadableSnapshotException extends TurnstoneException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;

    UnreadableSnapshotException(String file, int line, String what, String remedy) {
        super("Cannot read the snapshot " + file + ", line " + line + ": " + what + "\n" + remedy);
        this.file = file;
        this.line = line;
    }

    /** The file. */
    public String file() {
        return file;
    }

    /** The line that is at fault, counted from 1. */
    public int line() {
        return line;
    }
}
