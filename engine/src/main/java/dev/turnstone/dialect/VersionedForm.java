package dev.turnstone.dialect;

import java.util.List;

/**
 * A form of statement, and the version of the database that introduced it.
 *
 * @param since the version
 * @param beginning the first words of the statement
 * @param words the words that follow anywhere; may be empty
 */
public record VersionedForm(String since, List<String> beginning, List<String> words) {

    /** Creates a form from words with one space between them. */
    public static VersionedForm of(String since, String beginning, String words) {
        return new VersionedForm(
                since, List.of(beginning.split(" ", -1)), words.isEmpty() ? List.of() : List.of(words.split(" ", -1)));
    }
}
