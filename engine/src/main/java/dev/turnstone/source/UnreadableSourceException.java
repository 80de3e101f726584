package dev.turnstone.source;

import dev.turnstone.error.TurnstoneException;
import java.nio.charset.CharacterCodingException;
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

    static UnreadableSourceException unreadable(String place, Exception cause) {
        return new UnreadableSourceException(
                "Cannot read the revisions in " + place + ": " + cause + ". Nothing was run. Make it readable, or "
                        + "give another location.",
                cause);
    }
}
