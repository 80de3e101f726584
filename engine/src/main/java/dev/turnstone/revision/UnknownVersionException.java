package dev.turnstone.revision;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Thrown when the version table names revisions that no file defines. */
public final class UnknownVersionException extends UnknownRevisionException {

    private final List<RevisionId> rows;

    UnknownVersionException(Map<RevisionId, List<NearMatch>> unknown) {
        super(
                unknown.keySet().stream().map(RevisionId::value).collect(Collectors.joining(", ")),
                "The version table names " + FormattedRevisions.quoted(unknown.keySet())
                        + ", but no file defines it. It may be a revision of another branch.\n"
                        + closest(unknown.values())
                        + "Check out the branch that contains the file. If the file was deleted, empty the version"
                        + " table and set it to the revision that the database is at: stamp --purge REVISION.");
        this.rows = List.copyOf(unknown.keySet());
    }

    private static String closest(Collection<List<NearMatch>> matches) {
        List<NearMatch> all = matches.stream().flatMap(List::stream).distinct().toList();
        return all.isEmpty() ? "" : NearMatch.sentence(all) + "\n";
    }

    /** Returns the rows that no revision defines, sorted by id. */
    public List<RevisionId> rows() {
        return rows;
    }
}
