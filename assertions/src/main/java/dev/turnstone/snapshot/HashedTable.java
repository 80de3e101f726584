package dev.turnstone.snapshot;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.postgresql.PostgresDialect;
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
 * A table of any size by the hashes of its rows, in parts that can be looked at alone: so two large tables are compared,
 * and only rows of parts that differ are read.
 *
 * <p>PostgreSQL hashes by itself, and answers nothing but sums. SQLite has no hash, and is in this process; there the rows
 * pass through one at a time. Each method reads anew.
 *
 * @param dataSource the table's database
 * @param table the name, unquoted, of a table or view that the data source's connections find without a schema
 */
public record HashedTable(DataSource dataSource, String table) {

    private static final String HASHED = " FROM (SELECT md5((looked_at.*)::text) AS hash FROM {table} looked_at) h";
    private static final String PART = "('x' || substr({hash}, 1, 3))::bit(12)::integer";
    private static final String SUM =
            "coalesce(sum(('x' || substr(h.hash, 4, 15))::bit(60)::bigint::numeric), 0)::text";

    /** Into how many parts a table is taken apart. */
    public static final int PARTS = 4096;

    /**
     * What a table or a part of it holds, in short.
     *
     * @param count how many rows
     * @param digest the sum of the rows' hashes, whatever their order
     */
    public record Total(long count, String digest) {

        /** Both together; hashes of this process are 64 bits in hexadecimal digits. */
        private Total and(Total other) {
            return new Total(
                    count + other.count,
                    Long.toHexString(Long.parseUnsignedLong(digest, 16) + Long.parseUnsignedLong(other.digest, 16)));
        }
    }

    private interface Question<T> {
        /** @param postgres whether the database hashes by itself */
        T ask(Statement statement, boolean postgres) throws SQLException;
    }

    /**
     * Counts the rows.
     *
     * @throws DatabaseException when the table cannot be read, or row security hides some of it
     */
    public long count() {
        return read((statement, postgres) -> {
            ResultSet rows = statement.executeQuery(inTable("SELECT count(*) FROM {table}", statement));
            rows.next();
            return rows.getLong(1);
        });
    }

    /**
     * The table as a whole.
     *
     * @throws DatabaseException when the table cannot be read, or row security hides some of it
     */
    public Total total() {
        return read((statement, postgres) -> {
            if (!postgres) {
                return hashed(statement).values().stream().reduce(new Total(0, "0"), Total::and);
            }
            ResultSet rows = statement.executeQuery(inTable("SELECT count(*), " + SUM + HASHED, statement));
            rows.next();
            return new Total(rows.getLong(1), rows.getString(2));
        });
    }

    /**
     * What each part of the table holds that holds anything.
     *
     * @return by the part's number, from 0 to {@link #PARTS} - 1
     * @throws DatabaseException when the table cannot be read, or row security hides some of it
     */
    public SortedMap<Integer, Total> parts() {
        return read((statement, postgres) -> {
            if (!postgres) {
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
     * The rows of some parts, which have to fit into memory.
     *
     * @throws DatabaseException when the table cannot be read, or row security hides some of it
     */
    public TableContent content(Set<Integer> parts) {
        return read((statement, postgres) -> {
            String ofParts = " WHERE " + PART.replace("{hash}", "md5((looked_at.*)::text)") + " IN ("
                    + parts.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")";
            ResultSet result = statement.executeQuery(
                    inTable("SELECT * FROM {table} looked_at" + (postgres ? ofParts : ""), statement));
            List<Map<String, @Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                Map<String, @Nullable String> row = TableContent.row(result);
                if (postgres || parts.contains(part(hash(row)))) {
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

    /** The order of columns says nothing, as it does not where rows are compared one by one. */
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
            throw new IllegalStateException("Every Java platform has MD5.", never);
        }
    }

    private String inTable(String sql, Statement statement) throws SQLException {
        return sql.replace("{table}", Dialect.of(statement.getConnection()).quote(table));
    }

    private <T> T read(Question<T> question) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            boolean postgres = Dialect.of(connection).equals(PostgresDialect.INSTANCE);
            if (postgres) {
                refuseHiddenRows(connection);
            }
            return question.ask(statement, postgres);
        } catch (SQLException e) {
            throw new DatabaseException("read the rows of table " + table, e);
        }
    }

    /** Filtered rows would look like missing ones. */
    private void refuseHiddenRows(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT current_user WHERE row_security_active(to_regclass(?)::oid)")) {
            statement.setString(1, Dialect.of(connection).quote(table));
            try (ResultSet hidden = statement.executeQuery()) {
                if (hidden.next()) {
                    throw new SQLException("Row security hides rows from the role '" + hidden.getString(1)
                            + "'. Connect as the table's owner, or as a role with BYPASSRLS.");
                }
            }
        }
    }
}
