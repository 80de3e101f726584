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
                "The version table names " + Wording.quoted(unknown.keySet())
                        + ": applied here, but no file defines it: another branch?\n"
                        + closest(unknown.values())
                        + "Check out the branch that has the file. Where it is gone for good, empty the version table and"
                        + " set it to the revision that the database is at: stamp --purge REVISION.");
        this.rows = List.copyOf(unknown.keySet());
    }

    private static String closest(Collection<List<NearMatch>> matches) {
        List<NearMatch> all = matches.stream().flatMap(List::stream).distinct().toList();
        return all.isEmpty() ? "" : NearMatch.sentence(all) + "\n";
    }

    /** The rows that no revision defines, sorted by id. */
    public List<RevisionId> rows() {
        return rows;
    }
}
