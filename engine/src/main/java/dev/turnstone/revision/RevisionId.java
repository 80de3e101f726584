package dev.turnstone.revision;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The identifier of a revision, as the version table stores it.
 *
 * <p>Identifiers of our own format follow {@link #of the rules of Alembic}; another tool's version is taken {@link
 * #spelled as it is spelled}.
 *
 * @param value the identifier; not empty, no white space at its ends
 */
public record RevisionId(String value) implements Comparable<RevisionId> {

    private static final Set<String> TARGETS = Set.of("head", "heads", "base", "current");
    private static final Pattern ALLOWED = Pattern.compile("[^\\s@+:,'\"\\\\/-]+");

    public RevisionId {
        if (!isValid(value)) {
            throw new InvalidRevisionIdException(value, "it is empty or has white space at its ends");
        }
    }

    /**
     * Checks an identifier of our own format.
     *
     * @param value no {@code @ - + :} (which the syntax of targets needs), no white space, comma, quote or slash, and
     *     not one of the words {@code head}, {@code heads}, {@code base}, {@code current}
     * @throws InvalidRevisionIdException when {@code value} breaks one of these rules
     */
    public static RevisionId of(String value) {
        if (!ALLOWED.matcher(value).matches()) {
            throw new InvalidRevisionIdException(
                    value, "an id has none of @ - + : and no white space, comma, quote or slash");
        }
        if (TARGETS.contains(value)) {
            throw new InvalidRevisionIdException(value, "this word has a meaning of its own as a target");
        }
        return new RevisionId(value);
    }

    /**
     * Takes over another tool's version, for example {@code 2022-04-26-153628} or {@code author:3}.
     *
     * @param value the version exactly as that tool spells it
     */
    public static RevisionId spelled(String value) {
        return new RevisionId(value);
    }

    /** Whether some tool's version could be spelled so. */
    static boolean isValid(String value) {
        return !value.isBlank() && value.equals(value.strip());
    }

    @Override
    public int compareTo(RevisionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
