package dev.turnstone.database;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown when objects changed outside the schema of a test, or outside all test databases of a run. */
public final class IsolationBrokenException extends TurnstoneException {

    private final List<String> objects;

    /**
     * @param database the test's database, for messages
     * @param changes each a line such as {@code table public.users was changed}
     * @param others the databases of tests that ran at the same time; each may have done it as well
     */
    IsolationBrokenException(String database, List<String> changes, List<String> others) {
        super("Objects outside the " + database + " changed while the test ran:\n  " + String.join("\n  ", changes)
                + "\nThe changes were not reverted."
                + (others.isEmpty()
                        ? ""
                        : " Another test may have caused them. Other test databases at the same time:\n  "
                                + String.join("\n  ", others) + "\n")
                + " Use only names in the search path. If that is not possible, let a revision name public: the"
                + " history then gets its own database. If another program uses this database, give the tests a"
                + " separate one.");
        this.objects = List.copyOf(changes);
    }

    private IsolationBrokenException(String message, List<String> changes) {
        super(message);
        this.objects = List.copyOf(changes);
    }

    /**
     * Reports changes on a server given by URL between the start and the end of a run.
     *
     * @param server the server, for messages
     * @param changes each a line such as {@code role app was dropped}, with the states before and after in further lines
     */
    static IsolationBrokenException ofServer(String server, List<String> changes) {
        return new IsolationBrokenException(
                "On " + server + " objects outside the test databases changed during the run:\n  "
                        + String.join("\n  ", changes)
                        + "\nIt was left as it is. If this run changed it, restore it, and use a server that Turnstone"
                        + " starts (setting turnstone.postgres.source=embedded). If another session changed it, give the"
                        + " tests a separate server.",
                changes);
    }

    /** Returns the changes, each a line such as {@code table public.users was changed}. */
    public List<String> changes() {
        return objects;
    }
}
