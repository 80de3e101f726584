package dev.turnstone.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a crash would leave of an SQLite database: the files, copied by another process while someone writes.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html">Database File Format: the rollback journal, the write-ahead log</a>
 */
public final class SqliteImage {

    private static final byte[] JOURNAL = {
        (byte) 0xd9, (byte) 0xd5, 0x05, (byte) 0xf9, 0x20, (byte) 0xa1, 0x63, (byte) 0xd7
    };
    private static final int WAL_HEADER = 32;
    private static final int FRAME_HEADER = 24;

    private SqliteImage() {}

    /** Copies the database, its journal and its write-ahead log, as far as they are there. */
    public static void copy(Path from, Path to) throws IOException {
        for (String suffix : new String[] {"", "-journal", "-wal"}) {
            Path file = beside(from, suffix);
            if (Files.exists(file)) {
                Process copying = new ProcessBuilder(
                                "cp", file.toString(), beside(to, suffix).toString())
                        .redirectErrorStream(true)
                        .start();
                String said = new String(copying.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                try {
                    if (copying.waitFor() != 0) {
                        throw new IOException(said);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException(e);
                }
            }
        }
    }

    /** Whether two images are the same, byte by byte. */
    public static boolean same(Path one, Path other) throws IOException {
        for (String suffix : new String[] {"", "-journal", "-wal"}) {
            Path file = beside(one, suffix);
            Path otherFile = beside(other, suffix);
            if (Files.exists(file) != Files.exists(otherFile)
                    || (Files.exists(file) && Files.mismatch(file, otherFile) >= 0)) {
                return false;
            }
        }
        return true;
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /** Whether pages of the database have been overwritten that the journal holds as they were before. */
    public static boolean hasHotJournal(Path database) throws IOException {
        Path journal = beside(database, "-journal");
        if (!Files.exists(journal) || Files.size(journal) < 512) {
            return false;
        }
        ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(journal));
        byte[] magic = new byte[JOURNAL.length];
        header.get(magic);
        return java.util.Arrays.equals(magic, JOURNAL) && header.getInt() != 0;
    }

    /** Whether the write-ahead log ends with frames of a transaction that is not committed. */
    public static boolean hasUncommittedFrames(Path database) throws IOException {
        Path log = beside(database, "-wal");
        if (!Files.exists(log) || Files.size(log) < WAL_HEADER) {
            return false;
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(log));
        int frame = FRAME_HEADER + bytes.getInt(8);
        long salt = bytes.getLong(16);
        boolean committed = true;
        for (int at = WAL_HEADER; at + frame <= bytes.capacity() && bytes.getLong(at + 8) == salt; at += frame) {
            committed = bytes.getInt(at + 4) != 0;
        }
        return !committed;
    }
}
