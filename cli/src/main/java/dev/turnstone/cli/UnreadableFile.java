package dev.turnstone.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Messages for files that cannot be read. */
final class UnreadableFile {

    private UnreadableFile() {}

    /**
     * Returns the failure for a text file that cannot be read.
     *
     * @param named the file, and the option that names it; the beginning of the message
     */
    static BadOptionException of(String named, Path file, IOException cause) {
        return new BadOptionException(named + " cannot be read: " + reason(file, cause));
    }

    /**
     * Returns the failure for a file that can have a version for one dialect: {@code schema.sqlite.sql} for {@code
     * schema.sql}.
     *
     * @param option the option that names the file
     */
    static BadOptionException of(String option, String place, String dialect, IOException cause) {
        Path special = Path.of(place.replaceFirst("(\\.sql|\\.csv)?$", "." + dialect + "$1"));
        Path file = Files.exists(special) ? special : Path.of(place);
        return of("The file " + file + " of " + option, file, cause);
    }

    static String reason(Path file, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "the file does not exist. Correct the path.";
        }
        if (Files.isDirectory(file)) {
            return "it is a directory. Name a file.";
        }
        if (cause instanceof CharacterCodingException) {
            return "it is not text in UTF-8. Save it in that encoding.";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied. Give this user read or write permission.";
        }
        if (cause instanceof FileSystemException refused && refused.getReason() != null) {
            return refused.getReason() + ".";
        }
        return cause + ".";
    }
}
