package dev.turnstone.dialect.sqlite;

import dev.turnstone.dialect.TableRows;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A digest of rows that does not depend on their order: the sum of the rows' hashes, in which equal rows count
 * separately.
 *
 * <p>A value's storage class is part of its hash: the integer 1, the real 1.0 and the text '1' are three values.
 */
final class RowDigest {

    private final MessageDigest row = sha256();
    private final long[] sum = new long[4];
    private long count;

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    void add(String column, @Nullable Object value) {
        add('c', column.getBytes(StandardCharsets.UTF_8));
        if (value == null) {
            add('n', new byte[0]);
        } else if (value instanceof byte[] bytes) {
            add('b', bytes);
        } else if (value instanceof Double || value instanceof Float) {
            add('r', bytes(Double.doubleToLongBits(((Number) value).doubleValue())));
        } else if (value instanceof Number number) {
            add('i', bytes(number.longValue()));
        } else {
            add('t', value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Adds a value with its length, so that different lists of values have different encodings. */
    private void add(char type, byte[] bytes) {
        row.update((byte) type);
        row.update(bytes(bytes.length));
        row.update(bytes);
    }

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    void endRow() {
        ByteBuffer hash = ByteBuffer.wrap(row.digest());
        for (int i = 0; i < sum.length; i++) {
            sum[i] += hash.getLong();
        }
        count++;
    }

    TableRows result() {
        ByteBuffer all = ByteBuffer.allocate(sum.length * Long.BYTES);
        for (long part : sum) {
            all.putLong(part);
        }
        return new TableRows(count, HexFormat.of().formatHex(all.array()));
    }
}
