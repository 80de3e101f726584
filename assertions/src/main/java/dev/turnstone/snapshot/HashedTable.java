package dev.turnstone.snapshot;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.execution.DatabaseException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A table of any size, represented by the digests of its parts. Two large tables are compared by digests, and only the
 * rows of differing parts are read.
 *
 * <p>PostgreSQL computes the hashes itself and returns only sums. SQLite has no hash function and runs in this process,
 * so its rows are read one at a time. Each method reads the table again.
 *
 * @param dataSource the table's database
 * @param table the unquoted name of a table or view that the data source's connections find without a schema
 */
public record HashedTable(DataSource dataSource, String table) {

    private static final String HASHED = " FROM (SELECT md5((source.*)::text) AS hash FROM {table} source) h";
    private static final String PART = "('x' || substr({hash}, 1, 3))::bit(12)::integer";
    private static final String SUM =
            "coalesce(sum(('x' || substr(h.hash, 4, 15))::bit(60)::bigint::numeric), 0)::text";

    /** The number of parts of a table. */
    public static final int PARTS = 4096;

    /**
     * The row count and the digest of a table or a part of it.
     *
     * @param count the number of rows
     * @param digest the sum of the hashes of the rows, independent of their order
     */
    public record Total(long count, String digest) {

        /** Returns the sum of both. Hashes that are computed in this process have 64 bits and are hexadecimal. */
        private Total and(Total other) {
            return new Total(
                    count + other.count,
                    Long.toHexString(Long.parseUnsignedLong(digest, 16) + Long.parseUnsignedLong(other.digest, 16)));
        }
    }

    private interface Query<T> {
        /** @param digests whether the database computes hashes itself */
        T run(Statement statement, boolean digests) throws SQLException;
    }

    /**
     * Counts the rows.
     *
     * @throws DatabaseException if the table cannot be read, or row security hides some rows
     */
    public long count() {
        return read((statement, digests) -> {
            ResultSet rows = statement.executeQuery(inTable("SELECT count(*) FROM {table}", statement));
            rows.next();
            return rows.getLong(1);
        });
    }

    /**
     * Returns the row count and the digest of the whole table.
     *
     * @throws DatabaseException if the table cannot be read, or row security hides some rows
     */
    public Total total() {
        return read((statement, digests) -> {
            if (!digests) {
                return hashed(statement).values().stream().reduce(new Total(0, "0"), Total::and);
            }
            ResultSet rows = statement.executeQuery(inTable("SELECT count(*), " + SUM + HASHED, statement));
            rows.next();
            return new Total(rows.getLong(1), rows.getString(2));
        });
    }

    /**
     * Returns the row count and the digest of each part that contains rows.
     *
     * @return by the part's number, from 0 to {@link #PARTS} - 1
     * @throws DatabaseException if the table cannot be read, or row security hides some rows
     */
    public SortedMap<Integer, Total> parts() {
        return read((statement, digests) -> {
            if (!digests) {
                return hashed(statement);
            }
            String sql = "SELECT " + PART.replace("{hash}", "h.hash") + ", count(*), " + SUM + HASHED + " GROUP BY 1";
            SortedMap<Integer, Total> parts = new TreeMap<>();
            ResultSet rows = statement.executeQuery(inTable(sql, statement));
            while (rows.next()) {
                parts.put(rows.getInt(1), new Total(rows.getLong(2), rows.getString(3)));
            }
            return parts;
        });
    }

    /**
     * Returns the rows of some parts, which must fit into memory.
     *
     * @throws DatabaseException if the table cannot be read, or row security hides some rows
     */
    public TableContent content(Set<Integer> parts) {
        return read((statement, digests) -> {
            String ofParts = " WHERE " + PART.replace("{hash}", "md5((source.*)::text)") + " IN ("
                    + parts.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")";
            ResultSet result = statement.executeQuery(
                    inTable("SELECT * FROM {table} source" + (digests ? ofParts : ""), statement));
            List<Map<String, @Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                Map<String, @Nullable String> row = TableContent.row(result);
                if (digests || parts.contains(part(hash(row)))) {
                    rows.add(row);
                }
            }
            return new TableContent(table, rows);
        });
    }

    private SortedMap<Integer, Total> hashed(Statement statement) throws SQLException {
        SortedMap<Integer, Total> parts = new TreeMap<>();
        ResultSet rows = statement.executeQuery(inTable("SELECT * FROM {table}", statement));
        while (rows.next()) {
            ByteBuffer hash = hash(TableContent.row(rows));
            parts.merge(part(hash), new Total(1, Long.toHexString(hash.getLong(Integer.BYTES))), Total::and);
        }
        return parts;
    }

    private static int part(ByteBuffer hash) {
        return hash.getInt(0) & (PARTS - 1);
    }

    /** The order of columns is ignored, as in a comparison row by row. */
    private static ByteBuffer hash(Map<String, @Nullable String> row) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(row).forEach((column, value) -> text.append(column)
                .append(value == null ? '\u0001' : '\u0000')
                .append(value == null ? "" : value)
                .append('\u0000'));
        try {
            return ByteBuffer.wrap(
                    MessageDigest.getInstance("MD5").digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("MD5 is missing from this Java platform.", never);
        }
    }

    private String inTable(String sql, Statement statement) throws SQLException {
        return sql.replace("{table}", Dialects.of(statement.getConnection()).quote(table));
    }

    private <T> T read(Query<T> query) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            Dialect dialect = Dialects.of(connection);
            if (dialect.hasRowSecurity()) {
                rejectHiddenRows(connection);
            }
            return query.run(statement, dialect.computesRowDigests());
        } catch (SQLException e) {
            throw new DatabaseException("read the rows of table " + table, e);
        }
    }

    /** Hidden rows would be reported as missing. */
    private void rejectHiddenRows(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT current_user WHERE row_security_active(to_regclass(?)::oid)")) {
            statement.setString(1, Dialects.of(connection).quote(table));
            try (ResultSet hidden = statement.executeQuery()) {
                if (hidden.next()) {
                    throw new SQLException("Row security hides rows from the role '" + hidden.getString(1)
                            + "'. Connect as the table's owner, or as a role with BYPASSRLS.");
                }
            }
        }
    }
}
