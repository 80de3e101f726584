package dev.turnstone.boundary;

/**
 * Why a statement is not known to stay inside its schema.
 *
 * @param reach how far it can reach
 * @param words the words of the statement that show it, for example {@code ALTER SYSTEM}
 */
public record Reason(Reach reach, String words) {

    @Override
    public String toString() {
        return reach.description() + " (" + words + ")";
    }
}
