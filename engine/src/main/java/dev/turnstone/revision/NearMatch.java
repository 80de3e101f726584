package dev.turnstone.revision;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A name that is similar to a name that was not found.
 *
 * @param name a revision's id or label
 * @param revision the revision with that name
 */
record NearMatch(String name, Revision revision) {

    private static final int MAX_MATCHES = 3;

    /** Returns the names nearest to {@code wanted}, nearest first; empty if none is similar. */
    static List<NearMatch> to(String wanted, Collection<Map.Entry<String, Revision>> names) {
        int bound = Math.min(wanted.length() - 1, Math.max(1, wanted.length() / 3));
        record Rated(NearMatch match, int distance) {}
        return names.stream()
                .filter(name -> Math.abs(name.getKey().length() - wanted.length()) <= bound)
                .map(name -> new Rated(new NearMatch(name.getKey(), name.getValue()), distance(wanted, name.getKey())))
                .filter(rated -> rated.distance <= bound)
                .sorted(Comparator.comparingInt(Rated::distance).thenComparing(rated -> rated.match.name))
                .limit(MAX_MATCHES)
                .map(Rated::match)
                .toList();
    }

    /** Returns a line such as {@code Closest match: '9c10aa71' (create customer).}, or an empty string. */
    static String sentence(List<NearMatch> matches) {
        if (matches.isEmpty()) {
            return "";
        }
        return matches.stream()
                .map(match -> "'" + match.name + "'"
                        + (match.revision.message().isEmpty() ? "" : " (" + match.revision.message() + ")"))
                .collect(Collectors.joining(", ", matches.size() == 1 ? "Closest match: " : "Closest matches: ", "."));
    }

    /** Returns the number of insertions, deletions and replacements between two strings. */
    private static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column < above.length; column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] here = new int[above.length];
            here[0] = row;
            for (int column = 1; column < here.length; column++) {
                int replaced = above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                here[column] = Math.min(replaced, 1 + Math.min(above[column], here[column - 1]));
            }
            above = here;
        }
        return above[to.length()];
    }
}
