package dev.turnstone.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Copies the file of an SQLite database that this process has open.
 *
 * <p>On POSIX systems, closing any descriptor of a file releases all locks that the process holds on it, including those of
 * SQLite. Therefore another process makes the copy. On Windows, locks belong to the handle.
 *
 * @see <a href="https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_">How
 *     To Corrupt An SQLite Database File</a>
 */
final class OutsideCopy {

    private static final boolean POSIX =
            Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");

    private OutsideCopy() {}

    static void of(Path from, Path to) throws IOException {
        if (!POSIX) {
            Files.copy(from, to);
            return;
        }
        Process copying = new ProcessBuilder("cp", from.toString(), to.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(copying.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (copying.waitFor() != 0) {
                throw new IOException("cp reports: " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + from + " was copied", e);
        }
    }
}
