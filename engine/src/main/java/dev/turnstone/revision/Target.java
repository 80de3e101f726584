package dev.turnstone.revision;

/**
 * Where to go, as a user writes it; a {@link RevisionGraph} knows what it means.
 *
 * <table>
 * <caption>The forms, after Alembic's</caption>
 * <tr><td>{@code 3f2a91c0}, {@code 3f2a}</td><td>an id, or its beginning where only one id begins so</td></tr>
 * <tr><td>{@code billing}</td><td>the revision that carries this branch label</td></tr>
 * <tr><td>{@code head}, {@code heads}, {@code base}, {@code current}</td><td>the only head, every head, nothing
 * applied, what is applied</td></tr>
 * <tr><td>{@code +2}, {@code -1}</td><td>as many steps from what is applied</td></tr>
 * <tr><td>{@code 3f2a+2}, {@code head-1}</td><td>as many steps from there</td></tr>
 * <tr><td>{@code billing@head}, {@code billing@+1}, {@code billing@3f2a}, {@code billing@head-2}</td><td>the same,
 * on the branch of that label or revision</td></tr>
 * </table>
 *
 * <p>The text is kept as it is, because only the graph can tell an id of another tool, such as {@code
 * 2022-04-26-153628} or {@code author:3}, from this syntax: an exact id always wins, but for the four words.
 *
 * @param text the target as written; not blank
 */
public record Target(String text) {

    /** The only head; several are an error. */
    public static final Target HEAD = new Target("head");

    /** Every head. */
    public static final Target HEADS = new Target("heads");

    /** Nothing applied. */
    public static final Target BASE = new Target("base");

    public Target {
        text = text.strip();
        if (text.isEmpty()) {
            throw new InvalidTargetException(text);
        }
    }

    /**
     * Takes a target as a user wrote it.
     *
     * @param text any form of the table above; white space at its ends is dropped
     * @throws InvalidTargetException when nothing is left
     */
    public static Target parse(String text) {
        return new Target(text);
    }

    /** Names one revision by its full id. */
    public static Target of(RevisionId id) {
        return new Target(id.value());
    }

    @Override
    public String toString() {
        return text;
    }
}
