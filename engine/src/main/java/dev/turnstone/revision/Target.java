package dev.turnstone.revision;

/**
 * The target of a command as a user writes it. A {@link RevisionGraph} resolves it.
 *
 * <table>
 * <caption>The forms, as in Alembic</caption>
 * <tr><td>{@code 3f2a91c0}, {@code 3f2a}</td><td>an id, or a unique prefix of an id</td></tr>
 * <tr><td>{@code billing}</td><td>the revision that declares this branch label</td></tr>
 * <tr><td>{@code head}, {@code heads}, {@code base}, {@code current}</td><td>the only head, every head, no revision,
 * the applied revisions</td></tr>
 * <tr><td>{@code +2}, {@code -1}</td><td>a number of steps from the applied revisions</td></tr>
 * <tr><td>{@code 3f2a+2}, {@code head-1}</td><td>a number of steps from that revision</td></tr>
 * <tr><td>{@code billing@head}, {@code billing@+1}, {@code billing@3f2a}, {@code billing@head-2}</td><td>the same,
 * on the branch of that label or revision</td></tr>
 * </table>
 *
 * <p>The text is kept unchanged, because only the graph can distinguish an id of another tool, such as {@code
 * 2022-04-26-153628} or {@code author:3}, from this syntax. An exact id has precedence over the syntax, except over the
 * words {@code head}, {@code heads}, {@code base} and {@code current}.
 *
 * @param text the target as written; not blank
 */
public record Target(String text) {

    /** The only head. Several heads are an error. */
    public static final Target HEAD = new Target("head");

    /** Every head. */
    public static final Target HEADS = new Target("heads");

    /** No applied revision. */
    public static final Target BASE = new Target("base");

    public Target {
        text = text.strip();
        if (text.isEmpty()) {
            throw new InvalidTargetException(text);
        }
    }

    /**
     * Returns a target as a user wrote it.
     *
     * @param text any form of the table above; white space at its ends is removed
     * @throws InvalidTargetException if the text is blank
     */
    public static Target parse(String text) {
        return new Target(text);
    }

    /** Returns the target for one revision by its full id. */
    public static Target of(RevisionId id) {
        return new Target(id.value());
    }

    @Override
    public String toString() {
        return text;
    }
}
