package dev.turnstone.source;

import dev.turnstone.error.TurnstoneException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import org.jspecify.annotations.Nullable;

/** Thrown for a file or folder of revisions that cannot be read, or is not text in UTF-8. */
public final class UnreadableSourceException extends TurnstoneException {

    private UnreadableSourceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static UnreadableSourceException notUtf8(String origin, int line, CharacterCodingException cause) {
        return new UnreadableSourceException(
                origin + ":" + line + ": This line is not UTF-8. Save the file in UTF-8.", cause);
    }

    static UnreadableSourceException noFile(String place, String what) {
        return new UnreadableSourceException(
                "Cannot read the revision in " + place + ": it is " + what
                        + ", and not a file. Nothing was run. Put the" + " file in its place, or give it another name.",
                null);
    }

    static UnreadableSourceException tooLarge(String place, long size, long most) {
        return new UnreadableSourceException(
                "Cannot read the revision in " + place + ": it has " + size
                        + " bytes, and a file of a revision may have " + most
                        + ". Nothing was run. Divide it, or load the data in another way.",
                null);
    }

    static UnreadableSourceException unreadable(String place, Exception cause) {
        return new UnreadableSourceException(
                "Cannot read the revisions in " + place + ": " + reason(cause)
                        + ". Nothing was run. Make it readable, or " + "name another place.",
                cause);
    }

    private static String reason(Exception cause) {
        Throwable first = cause instanceof UncheckedIOException && cause.getCause() != null ? cause.getCause() : cause;
        return first instanceof AccessDeniedException denied
                ? "no permission for " + denied.getFile()
                : first.toString();
    }
}
