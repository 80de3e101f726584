package dev.turnstone.source;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Recognises misspelled words. */
public final class EditDistance {

    private EditDistance() {}

    /**
     * Returns the known word that {@code found} probably misspells: a word that differs only in case, or by at most two
     * letters (one for words of up to four letters). Empty if {@code found} is a known word or resembles none.
     */
    public static Optional<String> nearMiss(String found, Collection<String> known) {
        if (known.contains(found)) {
            return Optional.empty();
        }
        String lower = found.toLowerCase(Locale.ROOT);
        String best = null;
        int bestDistance = 3;
        for (String word : known) {
            if (Math.abs(lower.length() - word.length()) >= bestDistance) {
                continue; // lower bound of the insertions or deletions
            }
            int distance = between(lower, word);
            if (distance <= (word.length() > 4 ? 2 : 1) && distance < bestDistance) {
                best = word;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Returns the number of letters to insert, delete or replace. */
    public static int between(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int exchange = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(exchange, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
