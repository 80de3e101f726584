package dev.turnstone.dialect;

import dev.turnstone.dialect.SqlStatement.Traits;
import dev.turnstone.operation.SqlText;
import java.util.List;
import java.util.regex.Pattern;

/** The syntax of PostgreSQL scripts, and the statements that need special handling. */
final class PostgresqlSyntax implements SqlSyntax {

    private static final Pattern ROUTINE = Pattern.compile("CREATE (OR REPLACE )?(FUNCTION|PROCEDURE) ");

    private static final List<Pattern> BEGINS = StatementHead.patterns("BEGIN ", "START TRANSACTION ");

    private static final List<Pattern> ENDS = StatementHead.patterns(
            "(COMMIT|END|ABORT) ", "PREPARE TRANSACTION ", "ROLLBACK (?!((WORK|TRANSACTION) )?TO )");

    /** Statements that the server's PreventInTransactionBlock rejects, as far as the statement text shows it. */
    private static final List<Pattern> NEEDS_AUTOCOMMIT = StatementHead.patterns(
            "CREATE (UNIQUE )?INDEX CONCURRENTLY ",
            "DROP INDEX CONCURRENTLY ",
            "REINDEX \\( ([^)]* )?CONCURRENTLY (?!(FALSE|OFF|0) )",
            "REINDEX (\\( [^)]*\\) )?(SCHEMA|DATABASE|SYSTEM) ",
            "REINDEX (\\( [^)]*\\) )?(INDEX|TABLE) CONCURRENTLY ",
            "ALTER TABLE .*DETACH PARTITION .*CONCURRENTLY $",
            "VACUUM ",
            "(CREATE|DROP) (DATABASE|TABLESPACE) ",
            "ALTER DATABASE \\S+ SET TABLESPACE ",
            "ALTER SYSTEM ",
            "CREATE SUBSCRIPTION (?!.*(CONNECT|CREATE_SLOT) = (FALSE|OFF) )",
            "DROP SUBSCRIPTION ",
            "ALTER SUBSCRIPTION \\S+ REFRESH ",
            "ALTER SUBSCRIPTION \\S+ (SET|ADD|DROP) PUBLICATION (?!.*REFRESH = (FALSE|OFF) )",
            "CLUSTER (VERBOSE )?(\\( [^)]*\\) )?$",
            "DISCARD ALL ");

    @Override
    public SqlLexer lexer(SqlText sql) {
        return new PostgresqlLexer(sql);
    }

    @Override
    public boolean splitsInParentheses() {
        return false; // CREATE RULE … DO (a; b)
    }

    @Override
    public boolean opensBody(StatementHead head, Token previous, Token token) {
        return token.is("ATOMIC") && previous.is("BEGIN") && head.startsWith(ROUTINE);
    }

    @Override
    public boolean readsData(StatementHead head) {
        return head.copiesFromStdin();
    }

    @Override
    public String bodyName() {
        return "BEGIN ATOMIC body";
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
