package dev.turnstone.dialect;

import java.sql.SQLException;

/** Thrown in place of running a statement that reaches outside of the database under test. Nothing was sent. */
public final class OutsideStatementException extends SQLException {

    private static final long serialVersionUID = 1;
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /**
     * @param why a clause that completes "refused: ", such as {@code it attaches the file 'other.db'}
     */
    public OutsideStatementException(String why) {
        super(
                "Turnstone refused this statement: " + why + ", and a test run touches no file but its own.\n"
                        + "It was not sent. No option allows it. " + INSTEAD,
                INSUFFICIENT_PRIVILEGE);
    }

    /** How to test a history that holds such a statement; a sentence. */
    public static final String INSTEAD =
            "To test the history, attach ':memory:' or '' in its place, or move the statement into the application.";
}
