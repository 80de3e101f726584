package dev.turnstone.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks the names of indexes and constraints against templates with the tokens of SQLAlchemy's
 * {@code naming_convention}. Immutable.
 *
 * <p>Tokens: {@code %(table_name)s}; {@code %(referred_table_name)s}; {@code %(column_0_name)s} for the first column;
 * {@code %(column_0_N_name)s} for all columns joined by underscores; {@code %(column_0N_name)s} for all columns without
 * a separator; the same with {@code label} (table and column) or {@code key}; {@code %(referred_column_0_name)s};
 * {@code %(constraint_name)s}, which matches any word.
 *
 * @param templates the template of each kind: {@code INDEX}, {@code UNIQUE}, {@code CHECK}, {@code FOREIGN_KEY},
 *     {@code PRIMARY_KEY}; a kind without a template may have any name
 * @param unnamedAllowed whether constraints without a name are accepted
 */
public record NamingConvention(SortedMap<ObjectKind, String> templates, boolean unnamedAllowed) {

    private static final Pattern TOKEN = Pattern.compile("%\\((\\w+)\\)s");
    private static final Pattern COLUMN =
            Pattern.compile("(referred_)?column_(\\d+)(_?N)?_?(name|label|key)", Pattern.CASE_INSENSITIVE);
    private static final String ANY_WORD = "\u0000";

    public NamingConvention {
        templates = Collections.unmodifiableSortedMap(new TreeMap<>(templates));
        templates.forEach((kind, template) -> TOKEN.matcher(template).results().forEach(match -> {
            String token = match.group(1);
            if (!List.of("table_name", "referred_table_name", "constraint_name").contains(token)
                    && !COLUMN.matcher(token).matches()) {
                throw new IllegalArgumentException("The naming convention for " + kind.label() + ", '" + template
                        + "', has an unknown token: " + token);
            }
        }));
    }

    /**
     * An object whose name does not follow the convention.
     *
     * @param object the object with its actual name
     * @param expected the name that the convention requires; {@code *} stands for any word
     */
    public record Violation(ObjectId object, String expected) {}

    /**
     * Returns the convention that SQLAlchemy and Alembic recommend: {@code ix_table_column}, {@code uq_table_column},
     * {@code ck_table_name}, {@code fk_table_column_referred}, {@code pk_table}.
     */
    public static NamingConvention standard() {
        SortedMap<ObjectKind, String> templates = new TreeMap<>();
        templates.put(ObjectKind.INDEX, "ix_%(column_0_label)s");
        templates.put(ObjectKind.UNIQUE, "uq_%(table_name)s_%(column_0_name)s");
        templates.put(ObjectKind.CHECK, "ck_%(table_name)s_%(constraint_name)s");
        templates.put(ObjectKind.FOREIGN_KEY, "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s");
        templates.put(ObjectKind.PRIMARY_KEY, "pk_%(table_name)s");
        return new NamingConvention(templates, false);
    }

    /**
     * Returns a copy with another template for one kind.
     *
     * @throws IllegalArgumentException if the template has an unknown token
     */
    public NamingConvention with(ObjectKind kind, String template) {
        SortedMap<ObjectKind, String> more = new TreeMap<>(templates);
        more.put(kind, template);
        return new NamingConvention(more, unnamedAllowed);
    }

    /** Returns a copy that accepts constraints without a name. */
    public NamingConvention allowingUnnamed() {
        return new NamingConvention(templates, true);
    }

    /** Returns the objects of a schema whose names do not follow the convention, sorted by kind and name. */
    public List<Violation> violationsIn(Schema schema) {
        List<Violation> violations = new ArrayList<>();
        for (Table table : schema.tables()) {
            PrimaryKey key = table.primaryKey();
            if (key != null) {
                check(violations, table, ObjectKind.PRIMARY_KEY, key.name(), key.columns(), null);
            }
            table.uniques().forEach(u -> check(violations, table, ObjectKind.UNIQUE, u.name(), u.columns(), null));
            table.checks().forEach(c -> check(violations, table, ObjectKind.CHECK, c.name(), c.columns(), null));
            table.foreignKeys()
                    .forEach(f -> check(violations, table, ObjectKind.FOREIGN_KEY, f.name(), f.columns(), f));
            table.indexes().forEach(i -> check(violations, table, ObjectKind.INDEX, i.name(), columnsOf(i), null));
        }
        violations.sort(Comparator.comparing(Violation::object));
        return violations;
    }

    private static List<String> columnsOf(Index index) {
        return index.keys().stream()
                .map(key -> key.column() == null ? ANY_WORD : key.column())
                .toList();
    }

    private void check(
            List<Violation> violations,
            Table table,
            ObjectKind kind,
            @Nullable String name,
            List<String> columns,
            @Nullable ForeignKey key) {
        String template = templates.get(kind);
        if (template == null || (name == null && unnamedAllowed)) {
            return;
        }
        String expected = TOKEN.matcher(template)
                .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), table.name(), columns, key)));
        if (name == null || !Pattern.matches(asPattern(expected), name)) {
            String called = name == null ? "(" + String.join(", ", columns) + ")" : name;
            String qualified = kind == ObjectKind.INDEX ? called : table.name() + "." + called;
            violations.add(
                    new Violation(ObjectId.of(kind, table.schema(), qualified), expected.replace(ANY_WORD, "*")));
        }
    }

    private static String value(String token, String table, List<String> columns, @Nullable ForeignKey key) {
        if (token.equals("table_name")) {
            return table;
        }
        if (token.equals("constraint_name")) {
            return ANY_WORD;
        }
        String referred = key == null ? ANY_WORD : key.referencedTable();
        if (token.equals("referred_table_name")) {
            return referred;
        }
        Matcher column = COLUMN.matcher(token);
        if (!column.matches()) {
            throw new IllegalArgumentException(token);
        }
        boolean ofReferred = column.group(1) != null;
        List<String> names = ofReferred && key != null ? key.referencedColumns() : columns;
        String prefix = column.group(4).equals("label") ? (ofReferred ? referred : table) + "_" : "";
        if (column.group(3) != null) {
            return names.stream()
                    .map(name -> prefix + name)
                    .collect(Collectors.joining(column.group(3).startsWith("_") ? "_" : ""));
        }
        int number = Integer.parseInt(column.group(2));
        return prefix + (number < names.size() ? names.get(number) : ANY_WORD);
    }

    /** The first place at which a part fits is the best one, so that no other is tried. */
    private static String asPattern(String expected) {
        List<String> parts =
                Stream.of(expected.split(ANY_WORD, -1)).map(Pattern::quote).toList();
        int last = parts.size() - 1;
        if (last == 0) {
            return parts.get(0);
        }
        return parts.get(0)
                + parts.subList(1, last).stream()
                        .map(part -> "(?>.+?" + part + ")")
                        .collect(Collectors.joining())
                + ".+" + parts.get(last);
    }
}
