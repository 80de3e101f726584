package dev.turnstone.dialect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory in which SQLite's driver unpacks its library when it is first used. The driver itself logs pages of stack
 * traces if it cannot write there. Thread-safe.
 */
final class UnpackingDirectory {

    private static final String DRIVERS_OWN = "org.sqlite.tmpdir";
    private static final String LIBRARY_IN_PLACE = "org.sqlite.lib.path";
    private static volatile boolean checked;

    private UnpackingDirectory() {}

    /**
     * Checks, the first time in this process, that the directory can be written.
     *
     * @throws UnwritableDirectoryException when it cannot
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
