package dev.turnstone.boundary;

/**
 * The reason why a statement is not known to stay inside its schema.
 *
 * @param reach how far the statement can reach
 * @param words the words of the statement that show it, such as {@code ALTER SYSTEM}
 */
public record Reason(Reach reach, String words) {

    @Override
    public String toString() {
        return reach.description() + " (" + words + ")";
    }
}
