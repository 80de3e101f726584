package dev.turnstone.dialect;

import dev.turnstone.dialect.SqlStatement.Traits;
import dev.turnstone.operation.SqlText;
import java.util.List;
import java.util.regex.Pattern;

/** How SQLite reads a script, and which statements it treats apart. */
final class SqliteSyntax implements SqlSyntax {

    private static final Pattern TRIGGER = Pattern.compile("CREATE (TEMP |TEMPORARY )?TRIGGER ");

    private static final List<Pattern> BEGINS = StatementHead.patterns("BEGIN ");

    private static final List<Pattern> ENDS =
            StatementHead.patterns("(COMMIT|END) ", "ROLLBACK (?!(TRANSACTION )?TO )");

    /**
     * What fails in a transaction, or (the journal mode) silently does nothing there. ATTACH works; DETACH fails for a
     * database that the transaction has touched. Seen with SQLite 3.40 and 3.54.
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
