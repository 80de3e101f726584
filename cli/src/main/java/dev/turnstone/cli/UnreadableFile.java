package dev.turnstone.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says in words why a file that a user names cannot be read. */
final class UnreadableFile {

    private UnreadableFile() {}

    /**
     * A file that was to be read as text.
     *
     * @param named the file, and what names it; begins the message
     */
    static BadOptionException of(String named, Path file, IOException cause) {
        return new BadOptionException(named + " cannot be read: " + reason(file, cause));
    }

    /**
     * A file in whose place one for the dialect alone is read, if there is one: {@code schema.sqlite.sql} for {@code
     * schema.sql}.
     *
     * @param option the option that names it
     */
    static BadOptionException of(String option, String place, String dialect, IOException cause) {
        Path special = Path.of(place.replaceFirst("(\\.sql|\\.csv)?$", "." + dialect + "$1"));
        Path file = Files.exists(special) ? special : Path.of(place);
        return of("The file " + file + " of " + option, file, cause);
    }

    static String reason(Path file, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "there is no such file. Correct the path.";
        }
        if (Files.isDirectory(file)) {
            return "it is a directory. Name a file.";
        }
        if (cause instanceof CharacterCodingException) {
            return "it is not text in UTF-8. Save it in that encoding.";
        }
        if (cause instanceof AccessDeniedException) {
            return "no permission. Let this user read it, or write it.";
        }
        if (cause instanceof FileSystemException refused && refused.getReason() != null) {
            return refused.getReason() + ".";
        }
        return cause + ".";
    }
}
