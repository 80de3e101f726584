package dev.turnstone.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names the constraints and indexes that their author did not name, in the same way on every dialect. Immutable.
 *
 * <p>A template contains these tokens: {@code %(table_name)s}, {@code %(column_0_name)s} (the first column), {@code
 * %(column_0N_name)s} (all columns, without a separator), {@code %(column_0_N_name)s} (all columns, joined by
 * underscores), {@code %(referred_table_name)s}, {@code %(referred_column_0_name)s}, {@code %(constraint_name)s}. In
 * the column tokens, {@code _key} means the same as {@code _name}, and {@code _label} puts the table's name in front of
 * each column. The tokens are those of <a
 * href="https://docs.sqlalchemy.org/en/20/core/constraints.html#configuring-constraint-naming-conventions">SQLAlchemy</a>.
 *
 * @param templates the template of each kind
 */
public record ConstraintNaming(Map<ObjectKind, String> templates) {

    /** PostgreSQL truncates names with more bytes. SQLite gets the same names. */
    private static final int MAX_BYTES = 63;

    private static final Pattern TOKEN = Pattern.compile("%\\((\\w+)\\)s");
    private static final Pattern COLUMN = Pattern.compile("(referred_)?column_(\\d+)(N|_N)?_(name|key|label)");

    /** {@code ix_table_columns}, {@code uq_table_columns}, {@code ck_table_name}, {@code fk_table_columns_referred}, {@code pk_table}. */
    public static final ConstraintNaming DEFAULT = new ConstraintNaming(Map.of(
            ObjectKind.INDEX, "ix_%(table_name)s_%(column_0_N_name)s",
            ObjectKind.UNIQUE, "uq_%(table_name)s_%(column_0_N_name)s",
            ObjectKind.CHECK, "ck_%(table_name)s_%(constraint_name)s",
            ObjectKind.FOREIGN_KEY, "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            ObjectKind.PRIMARY_KEY, "pk_%(table_name)s"));

    public ConstraintNaming {
        Map<ObjectKind, String> copy = new EnumMap<>(ObjectKind.class);
        copy.putAll(templates);
        templates = java.util.Collections.unmodifiableMap(copy);
    }

    /** Returns a copy with another template for one kind. */
    public ConstraintNaming with(ObjectKind kind, String template) {
        Map<ObjectKind, String> more = new EnumMap<>(ObjectKind.class);
        more.putAll(templates);
        more.put(kind, template);
        return new ConstraintNaming(more);
    }

    /** Returns the name of an index on these columns. */
    public String index(String table, List<String> columns) {
        return name(ObjectKind.INDEX, table, columns, null, List.of(), null);
    }

    /** Returns the name of a primary key. */
    public String primaryKey(String table, PrimaryKey key) {
        return name(ObjectKind.PRIMARY_KEY, table, key.columns(), null, List.of(), key.name());
    }

    /** Returns the name of a unique constraint. */
    public String unique(String table, UniqueConstraint unique) {
        return name(ObjectKind.UNIQUE, table, unique.columns(), null, List.of(), unique.name());
    }

    /** Returns the name of a foreign key. */
    public String foreignKey(String table, ForeignKey key) {
        return name(
                ObjectKind.FOREIGN_KEY,
                table,
                key.columns(),
                key.referencedTable(),
                key.referencedColumns(),
                key.name());
    }

    /**
     * Returns the name of a check constraint. If the constraint has no name, its columns fill
     * {@code %(constraint_name)s}; if the columns are not known either, a hash of the condition does.
     */
    public String check(String table, CheckConstraint check) {
        String own = check.name() == null ? String.join("_", check.columns()) : check.name();
        own = own.isEmpty() ? hash(check.expression()) : own;
        return name(ObjectKind.CHECK, table, check.columns(), null, List.of(), own);
    }

    private String name(
            ObjectKind kind,
            String table,
            List<String> columns,
            @Nullable String referred,
            List<String> referredColumns,
            @Nullable String own) {
        String template = templates.get(kind);
        if (template == null) {
            throw new IllegalArgumentException("The naming convention has no template for " + kind.label() + ".");
        }
        Matcher tokens = TOKEN.matcher(template);
        String name = tokens.replaceAll(token -> Matcher.quoteReplacement(
                value(token.group(1), template, table, columns, referred, referredColumns, own)));
        return shortened(name);
    }

    private static String value(
            String token,
            String template,
            String table,
            List<String> columns,
            @Nullable String referred,
            List<String> referredColumns,
            @Nullable String own) {
        Matcher column = COLUMN.matcher(token);
        if (column.matches()) {
            boolean ofTable = column.group(1) == null;
            String prefix = column.group(4).equals("label") ? (ofTable ? table : referred) + "_" : "";
            List<String> from = (ofTable ? columns : referredColumns)
                    .stream().map(prefix::concat).toList();
            int first = Integer.parseInt(column.group(2));
            if (first >= from.size()) {
                return "";
            }
            return column.group(3) == null
                    ? from.get(first)
                    : from.subList(first, from.size()).stream()
                            .collect(Collectors.joining(column.group(3).equals("N") ? "" : "_"));
        }
        return switch (token) {
            case "table_name" -> table;
            case "referred_table_name" -> referred == null ? "" : referred;
            case "constraint_name" -> own == null ? "" : own;
            default ->
                throw new IllegalArgumentException(
                        "The naming convention has an unknown token %(" + token + ")s, in " + template + ".");
        };
    }

    /**
     * Returns a name that every dialect stores in full. The end of a name that is too long is replaced by a hash of the
     * whole name.
     */
    public static String shortened(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
            return name;
        }
        String ending = "_" + hash(name);
        int end = name.length();
        while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length + ending.length() > MAX_BYTES) {
            end = name.offsetByCodePoints(end, -1);
        }
        return name.substring(0, end) + ending;
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java platform.", e);
        }
    }
}
