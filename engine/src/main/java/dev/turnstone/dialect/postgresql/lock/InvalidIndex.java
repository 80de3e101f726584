package dev.turnstone.dialect.postgresql.lock;

import dev.turnstone.dialect.SqlStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops the invalid index that an interrupted {@code CREATE INDEX CONCURRENTLY} leaves behind. No query uses such an
 * index, each write still updates it, and {@code IF NOT EXISTS} treats it as the finished index.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY">Building
 *     Indexes Concurrently</a>
 */
public final class InvalidIndex {

    private static final Logger LOG = LoggerFactory.getLogger(InvalidIndex.class);

    private static final String NAME = "(?:\"(?:[^\"]|\"\")++\"|[\\p{L}_][\\p{L}\\d_$]*)";

    private static final Pattern CREATION = Pattern.compile(
            "CREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+CONCURRENTLY\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(" + NAME
                    + ")\\s+ON\\s+(?:ONLY\\s+)?(" + NAME + "(?:\\s*\\.\\s*" + NAME + ")?).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Only an index of the same table that no other session is building now. */
    private static final String FIND = """
            SELECT format('%I.%I', n.nspname, x.relname)
              FROM pg_catalog.pg_index i
              JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace
             WHERE NOT i.indisvalid AND x.relkind = 'i'
               AND x.relname = (parse_ident(?))[1] AND i.indrelid = to_regclass(?)
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p WHERE p.index_relid = x.oid)
            """;

    private InvalidIndex() {}

    /** Drops the invalid index that has the name of the index that the statement is about to create. */
    public static void drop(Connection connection, SqlStatement statement) throws SQLException {
        Matcher creation = CREATION.matcher(statement.text());
        if (!creation.matches()) {
            return;
        }
        for (String index : find(connection, creation.group(1), creation.group(2))) {
            LOG.info("Drops the invalid index {}, which an earlier run left behind, and creates it again", index);
            try (Statement drop = connection.createStatement()) {
                drop.execute("DROP INDEX CONCURRENTLY IF EXISTS " + index);
            }
        }
    }

    private static List<String> find(Connection connection, String index, String table) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setString(1, index);
            query.setString(2, table);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }
}
