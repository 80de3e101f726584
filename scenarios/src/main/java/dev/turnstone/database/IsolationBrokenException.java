package dev.turnstone.database;

import dev.turnstone.error.TurnstoneException;
import java.util.List;

/** Thrown when something changed outside the schema of a test, or outside all test databases of a run. */
public final class IsolationBrokenException extends TurnstoneException {

    private final List<String> objects;

    /**
     * @param database the test's database, for messages
     * @param changes each a line such as {@code table public.users was changed}
     * @param others the databases of tests that ran at the same time; each may have done it as well
     */
    IsolationBrokenException(String database, List<String> changes, List<String> others) {
        super("Outside the " + database + " something changed while the test ran:\n  " + String.join("\n  ", changes)
                + "\nIt was left as it is."
                + (others.isEmpty()
                        ? ""
                        : " Another test may have done it; at the same time there were\n  "
                                + String.join("\n  ", others) + "\n")
                + " Name nothing outside the search path in what the test runs, or, where it must be so, let a revision"
                + " name public: the history then gets a database of its own. If another program works in this"
                + " database, give the tests one that they have to themselves.");
        this.objects = List.copyOf(changes);
    }

    private IsolationBrokenException(String message, List<String> changes) {
        super(message);
        this.objects = List.copyOf(changes);
    }

    /**
     * For a server given by URL that is not as it was before the run.
     *
     * @param server the server, for messages
     * @param changes each a line such as {@code role app was dropped}, with the states before and after in further lines
     */
    static IsolationBrokenException ofServer(String server, List<String> changes) {
        return new IsolationBrokenException(
                "On " + server + " something other than test databases changed during the run:\n  "
                        + String.join("\n  ", changes)
                        + "\nIt was left as it is. If this run changed it, restore it, and use a server that Turnstone"
                        + " starts (setting turnstone.postgres.source=embedded). If another session changed it, give the"
                        + " tests a server of their own.",
                changes);
    }

    /** What changed, each a line such as {@code table public.users was changed}. */
    public List<String> changes() {
        return objects;
    }
}
