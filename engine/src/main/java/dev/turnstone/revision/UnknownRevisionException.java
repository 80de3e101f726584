package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown when no revision, or no single one, goes by a name. */
public sealed class UnknownRevisionException extends TurnstoneException
        permits AmbiguousRevisionException, NotOnBranchException, UnknownVersionException {

    private final String name;

    UnknownRevisionException(String name, List<NearMatch> closest) {
        this(name, (unknown(name) + "\n" + NearMatch.sentence(closest)).strip());
    }

    /** For a case with words of its own. */
    UnknownRevisionException(String name, String message) {
        super(message);
        this.name = name;
    }

    /** A form such as {@code +1} where only a name makes sense. */
    static UnknownRevisionException relative(String text) {
        return new UnknownRevisionException(
                text,
                "'" + text + "' is no revision: a number of steps has no meaning here. "
                        + "Name the revision by its id, its label, 'head' or 'base'.");
    }

    /** A range that begins further down than the history goes, and ends at a word. */
    static UnknownRevisionException startOfRange(String lower, String upper) {
        return new UnknownRevisionException(
                upper,
                "The range " + lower + ":" + upper + " begins further down than the history goes, and '" + upper
                        + "' is no revision to count from. Write base:" + upper
                        + " for the whole history, or the id of that head in place of '" + upper + "'.");
    }

    private static String unknown(String name) {
        return "No revision has the id or label '" + name + "'"
                + (name.length() < 4
                        ? ", and none with an id of four characters or more begins so."
                        : ", nor an id that begins so.");
    }

    /** The name that was looked for. */
    public String name() {
        return name;
    }
}
