package dev.turnstone.cli;

import dev.turnstone.database.TestDatabases;
import dev.turnstone.error.TurnstoneException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Says that the command could not run, as text or as JSON. */
final class Failure {

    private Failure() {}

    static int report(Exception e, boolean json, PrintWriter err) {
        if (TestDatabases.isInterrupted()) {
            // It failed because its database was dropped. The shutdown hook prints one line about that.
            return Turnstone.COULD_NOT_RUN;
        }
        String kind = e instanceof TurnstoneException known ? known.kind() : "unexpected";
        if (json) {
            return reportAsJson(kind, e instanceof TurnstoneException ? String.valueOf(e.getMessage()) : e.toString());
        }
        if (e instanceof TurnstoneException) {
            err.println("turnstone: " + e.getMessage());
        } else {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            err.println("turnstone: something unexpected happened; this is a defect of turnstone.\n" + trace);
        }
        return Turnstone.COULD_NOT_RUN;
    }

    @SuppressWarnings("SystemOut") // Standard output is where the contract puts the object.
    static int reportAsJson(String kind, String message) {
        System.out.println(VerifyJson.error(kind, message));
        return Turnstone.COULD_NOT_RUN;
    }
}
