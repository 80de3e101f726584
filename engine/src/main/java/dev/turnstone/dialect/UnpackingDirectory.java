package dev.turnstone.dialect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory into which the SQLite driver unpacks its native library on first use. If the directory is not writable,
 * the driver itself only logs long stack traces. Thread-safe.
 */
final class UnpackingDirectory {

    private static final String DRIVERS_OWN = "org.sqlite.tmpdir";
    private static final String LIBRARY_IN_PLACE = "org.sqlite.lib.path";
    private static volatile boolean checked;

    private UnpackingDirectory() {}

    /**
     * Checks, once in a process, that the directory is writable.
     *
     * @throws UnwritableDirectoryException if it is not writable
     */
    static void check() {
        if (checked || System.getProperty(LIBRARY_IN_PLACE) != null) {
            return;
        }
        String directory = System.getProperty(DRIVERS_OWN, System.getProperty("java.io.tmpdir"));
        try {
            Path file = Files.createTempFile(Path.of(directory), "turnstone", null);
            try {
                Files.write(file, new byte[1]);
            } finally {
                Files.delete(file);
            }
            checked = true;
        } catch (IOException e) {
            throw new UnwritableDirectoryException(directory, e);
        }
    }
}
