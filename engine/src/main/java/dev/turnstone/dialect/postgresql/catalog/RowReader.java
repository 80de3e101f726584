package dev.turnstone.dialect.postgresql.catalog;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.TableRows;
import dev.turnstone.dialect.postgresql.render.PostgresClauses;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads the row count and a digest of each table in a scope: first it finds the tables that may have rows, then it
 * reads all of these with one query.
 */
public final class RowReader {

    /** A table without pages has no rows, and a partitioned table keeps its rows in its partitions. */
    private static final String CANDIDATES = """
            SELECT CASE n.nspname WHEN %s THEN '' ELSE n.nspname::text END, c.relname::text,
                   quote_ident(n.nspname) || '.' || quote_ident(c.relname),
                   has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
                   AND NOT row_security_active(c.oid), current_user::text
              FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind = 'r' AND %s AND pg_relation_size(c.oid) > 0
             ORDER BY 1, 2
            """;

    /**
     * A sum does not depend on the order of the rows. Unlike exclusive-or, it distinguishes a pair of equal rows from
     * none.
     */
    private static final String DIGEST = """
            SELECT %d, count(*), coalesce(sum(('x' || substr(h.hash, 1, 15))::bit(60)::bigint::numeric), 0) || ':'
                              || coalesce(sum(('x' || substr(h.hash, 16, 15))::bit(60)::bigint::numeric), 0)
              FROM (SELECT md5((read_row.*)::text) AS hash FROM %s read_row) h""";

    private final Connection connection;
    private final Scope scope;
    private final CatalogQueryRunner runner;

    public RowReader(Connection connection, Scope scope) {
        this.connection = connection;
        this.scope = scope;
        runner = new CatalogQueryRunner(scope.schema());
    }

    private record Candidate(ObjectId id, String qualified, boolean readable, String role) {}

    public SortedMap<ObjectId, TableRows> read() throws SQLException {
        return ReadRetry.run(scope, () -> {
            List<Candidate> candidates = candidates();
            List<String> unreadable = candidates.stream()
                    .filter(c -> !c.readable())
                    .map(c -> "table " + c.qualified())
                    .toList();
            if (!unreadable.isEmpty()) {
                throw new UnreadableObjectException(
                        candidates.get(0).role(), "SELECT (and BYPASSRLS where row security is on)", unreadable);
            }
            return candidates.isEmpty() ? new TreeMap<>() : digests(candidates);
        });
    }

    private List<Candidate> candidates() throws SQLException {
        String sql = CANDIDATES.formatted(PostgresClauses.literal(scope.schema()), CatalogQuery.namespaces(scope));
        return runner.query(connection, sql, rows -> {
            List<Candidate> candidates = new ArrayList<>();
            while (rows.next()) {
                candidates.add(new Candidate(
                        ObjectId.of(ObjectKind.ROW, rows.getString(1), rows.getString(2)),
                        rows.getString(3),
                        rows.getBoolean(4),
                        rows.getString(5)));
            }
            return candidates;
        });
    }

    private SortedMap<ObjectId, TableRows> digests(List<Candidate> candidates) throws SQLException {
        List<String> each = new ArrayList<>();
        for (Candidate candidate : candidates) {
            each.add(DIGEST.formatted(each.size(), "ONLY " + candidate.qualified()));
        }
        String sql = each.stream().collect(Collectors.joining("\nUNION ALL\n"));
        return runner.query(connection, sql, rows -> digests(candidates, rows));
    }

    private static SortedMap<ObjectId, TableRows> digests(List<Candidate> candidates, ResultSet rows)
            throws SQLException {
        SortedMap<ObjectId, TableRows> found = new TreeMap<>();
        while (rows.next()) {
            long count = rows.getLong(2);
            if (count > 0) {
                found.put(candidates.get(rows.getInt(1)).id(), new TableRows(count, rows.getString(3)));
            }
        }
        return found;
    }
}
