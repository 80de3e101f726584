package dev.turnstone.boundary;

import dev.turnstone.dialect.OutsideStatementException;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;

/**
 * Thrown before any statement runs, if a history under test, or a file beside it, holds a statement that reaches a
 * file.
 */
public final class OutsideFileRefusedException extends TurnstoneException {

    private static final int SHOWN = 600;

    private final transient SqlStatement statement;

    /**
     * Creates an exception for a statement.
     *
     * @param statement the refused statement
     * @param database the kind of database, for people
     * @param why the reason, a clause that {@link dev.turnstone.dialect.Dialect#reachesOutside} returns
     */
    public OutsideFileRefusedException(SqlStatement statement, String database, String why) {
        super("Nothing was run on " + database + ". The statement at " + statement.location()
                + " reaches outside of the database under test: " + why + ".\n  " + shortened(statement.text())
                + "\nA test run touches no file but its own, and no option allows it. "
                + OutsideStatementException.INSTEAD);
        this.statement = statement;
    }

    /** Returns the refused statement, with its file and line. */
    public SqlStatement statement() {
        return statement;
    }

    private static String shortened(String sql) {
        return sql.length() <= SHOWN ? sql : sql.substring(0, SHOWN) + "…";
    }
}
