package dev.turnstone.revision;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown when a name matches no revision, or not exactly one. */
public sealed class UnknownRevisionException extends TurnstoneException
        permits AmbiguousRevisionException, NotOnBranchException, UnknownVersionException {

    private final String name;

    UnknownRevisionException(String name, List<NearMatch> closest) {
        this(name, (unknown(name) + "\n" + NearMatch.sentence(closest)).strip());
    }

    /** For a subclass or case with its own message. */
    UnknownRevisionException(String name, String message) {
        super(message);
        this.name = name;
    }

    /** Returns the exception for a form such as {@code +1} that is not allowed in place of a name. */
    static UnknownRevisionException relative(String text) {
        return new UnknownRevisionException(
                text,
                "'" + text + "' is not a revision: a number of steps is not allowed here. "
                        + "Name the revision by its id, its label, 'head' or 'base'.");
    }

    /** Returns the exception for a range that starts before the first revision and ends at a symbol. */
    static UnknownRevisionException startOfRange(String lower, String upper) {
        return new UnknownRevisionException(
                upper,
                "The range " + lower + ":" + upper + " starts before the first revision, and steps cannot be counted"
                        + " from '" + upper + "'. Write base:" + upper
                        + " for the whole history, or the id of that head in place of '" + upper + "'.");
    }

    private static String unknown(String name) {
        return "No revision has the id or label '" + name + "'"
                + (name.length() < 4
                        ? ", and it is not the prefix of an id of four or more characters."
                        : ", and it is not the prefix of an id.");
    }

    /** Returns the name that was not found. */
    public String name() {
        return name;
    }
}
