package dev.turnstone.boundary;

import dev.turnstone.database.Boundary;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown before any database is created, if statements of a history can reach outside their test databases and the
 * server is not one on which this is allowed.
 */
public final class OutsideChangeRefusedException extends TurnstoneException {

    private static final int MOST_SHOWN = 20;
    private static final int LONGEST_LINE = 120;

    private final transient List<Refused> refused;
    private final Boundary boundary;

    /**
     * A refused statement.
     *
     * @param statement the statement, with its file and line
     * @param reasons the reasons for the refusal; not empty
     */
    public record Refused(SqlStatement statement, List<Reason> reasons) {

        /** Creates a refused statement. */
        public Refused {
            reasons = List.copyOf(reasons);
        }

        private String shown() {
            String first = statement.text().strip().lines().findFirst().orElse("");
            String line = first.length() > LONGEST_LINE ? first.substring(0, LONGEST_LINE) + "…" : first;
            String place = statement.location().toString();
            return "  " + (place.isEmpty() ? "(a revision class)" : place) + "  " + line + "\n    "
                    + reasons.stream().map(Reason::toString).distinct().collect(Collectors.joining("; "));
        }
    }

    OutsideChangeRefusedException(String server, Boundary boundary, List<Refused> refused) {
        super(refused.stream()
                        .limit(MOST_SHOWN)
                        .map(Refused::shown)
                        .collect(Collectors.joining("\n", head(server, refused), "\n"))
                + (refused.size() > MOST_SHOWN ? "  … and " + (refused.size() - MOST_SHOWN) + " more\n" : "")
                + remedy(boundary));
        this.boundary = boundary;
        this.refused = List.copyOf(refused);
    }

    private static String head(String server, List<Refused> refused) {
        return "The history was not run on " + server + ": "
                + (refused.size() == 1 ? "1 statement is" : refused.size() + " statements are")
                + " not known to stay inside the test databases. No database was made.\n";
    }

    private static String remedy(Boundary boundary) {
        String allow = "--allow-cluster-changes (turnstone.allow-cluster-changes=true)";
        return switch (boundary) {
            case SCHEMA_ONLY ->
                "The role of the URL may not create databases, so the history would run in a schema of a database with other"
                        + " data. Give the role the right CREATEDB, or use a server that Turnstone starts"
                        + " (turnstone.postgres.source=embedded). If all data on the server is yours to lose, " + allow
                        + " allows it.";
            case OWN_SERVER ->
                "This server runs on this host with the rights of your account. Use a container"
                        + " (turnstone.postgres.source=docker), or allow it with " + allow + ".";
            default ->
                "Use a server that Turnstone starts (turnstone.postgres.source=embedded or docker). If the whole server is"
                        + " yours to change, " + allow + " allows it.";
        };
    }

    /** Returns the refused statements, in the order of the history. */
    public List<Refused> refused() {
        return refused;
    }

    /** Returns the boundary between the history and the rest of the server. */
    public Boundary boundary() {
        return boundary;
    }
}
