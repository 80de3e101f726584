package dev.turnstone.revision;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The identifier of a revision, as stored in the version table.
 *
 * <p>Identifiers of Turnstone's own format follow {@link #of the rules of Alembic}; the version of another tool is
 * {@link #spelled used unchanged}.
 *
 * @param value the identifier; not empty, without white space at its ends
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
     * Returns an identifier of Turnstone's own format.
     *
     * @param value contains none of {@code @ - + :} (which are part of the syntax of targets), no white space,
     *     comma, quote or slash, and is not one of the words {@code head}, {@code heads}, {@code base}, {@code current}
     * @throws InvalidRevisionIdException if {@code value} violates one of these rules
     */
    public static RevisionId of(String value) {
        if (!ALLOWED.matcher(value).matches()) {
            throw new InvalidRevisionIdException(
                    value, "an id has none of @ - + : and no white space, comma, quote or slash");
        }
        if (TARGETS.contains(value)) {
            throw new InvalidRevisionIdException(value, "this word is reserved for targets");
        }
        return new RevisionId(value);
    }

    /**
     * Returns the version of another tool as an identifier, for example {@code 2022-04-26-153628} or {@code author:3}.
     *
     * @param value the version exactly as that tool writes it
     * @throws InvalidRevisionIdException if {@code value} is blank or has white space at its ends
     */
    public static RevisionId spelled(String value) {
        return new RevisionId(value);
    }

    /** Returns whether another tool could use this version. */
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
