package dev.turnstone.dialect;

import dev.turnstone.dialect.SqlStatement.Traits;
import dev.turnstone.operation.SqlText;
import java.util.List;
import java.util.regex.Pattern;

/** The syntax of SQLite scripts, and the statements that need special handling. */
final class SqliteSyntax implements SqlSyntax {

    private static final Pattern TRIGGER = Pattern.compile("CREATE (TEMP |TEMPORARY )?TRIGGER ");

    private static final List<Pattern> BEGINS = StatementHead.patterns("BEGIN ");

    private static final List<Pattern> ENDS =
            StatementHead.patterns("(COMMIT|END) ", "ROLLBACK (?!(TRANSACTION )?TO )");

    /**
     * Statements that fail in a transaction or, in the case of the journal mode, silently do nothing. ATTACH succeeds
     * in a transaction; DETACH fails for a database that the transaction used. Observed with SQLite 3.40 and 3.54.
     */
    private static final List<Pattern> NEEDS_AUTOCOMMIT = StatementHead.patterns(
            "VACUUM ",
            "DETACH ",
            "PRAGMA (\\S+ \\. )?(JOURNAL_MODE|SYNCHRONOUS) [=(] ",
            "PRAGMA (\\S+ \\. )?WAL_CHECKPOINT ");

    @Override
    public SqlLexer lexer(SqlText sql) {
        return new SqliteLexer(sql);
    }

    @Override
    public boolean splitsInParentheses() {
        return true;
    }

    @Override
    public boolean opensBody(StatementHead head, Token previous, Token token) {
        return token.is("BEGIN") && !previous.is(".") && head.startsWith(TRIGGER);
    }

    @Override
    public boolean readsData(StatementHead head) {
        return false;
    }

    @Override
    public String bodyName() {
        return "trigger body";
    }

    @Override
    public Traits traits(StatementHead head) {
        if (head.startsWithAny(BEGINS)) {
            return Traits.BEGINS;
        }
        if (head.startsWithAny(ENDS)) {
            return Traits.ENDS;
        }
        return head.startsWithAny(NEEDS_AUTOCOMMIT) ? Traits.NEEDS_AUTOCOMMIT : Traits.ORDINARY;
    }
}
