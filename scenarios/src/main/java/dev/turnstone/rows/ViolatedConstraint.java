package dev.turnstone.rows;

import dev.turnstone.schema.Schema;
import dev.turnstone.schema.Table;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the constraint because of which a database refused a statement. */
public final class ViolatedConstraint {

    private static final Pattern TARGET =
            Pattern.compile("(?i)\\b(?:INTO|UPDATE|COPY)\\s+(?:ONLY\\s+)?(?:[\\w\"`]+\\s*\\.\\s*)?[\"`]?(\\w+)");
    private static final Pattern ON_SQLITE = Pattern.compile("constraint failed: (\\w+)\\.");

    private ViolatedConstraint() {}

    /**
     * Returns the constraint, for a person.
     *
     * @param sql the refused statement
     * @param schema the schema at that time
     * @return such as {@code check ck_readers_email}; empty if no constraint of a table in the schema was violated
     */
    public static Optional<String> of(SQLException refusal, String sql, Schema schema) {
        return table(refusal, sql, schema)
                .map(table -> Violation.of(refusal, table))
                .filter(violation -> violation.kind() != Violation.Kind.OTHER)
                .map(Violation::title);
    }

    private static Optional<Table> table(SQLException refusal, String sql, Schema schema) {
        String told = ServerError.of(refusal).table();
        Matcher onSqlite = ON_SQLITE.matcher(String.valueOf(refusal.getMessage()));
        Matcher target = TARGET.matcher(sql);
        String name = told != null ? told : onSqlite.find() ? onSqlite.group(1) : target.find() ? target.group(1) : "";
        return schema.tables().stream()
                .filter(table -> table.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                .min(Comparator.comparing(Table::schema));
    }
}
