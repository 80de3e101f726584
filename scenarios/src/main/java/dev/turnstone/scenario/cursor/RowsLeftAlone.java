package dev.turnstone.scenario.cursor;

import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.dialect.TableRows;
import dev.turnstone.schema.ObjectId;
import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaObject;
import dev.turnstone.schema.Table;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Determines whether statements cannot have changed any row, so that the rows need not be read again.
 *
 * <p>Only statements qualify that are known to define objects and to do nothing else. On SQLite, DROP TABLE deletes
 * rows of other tables, through their foreign keys, only if the dropped table had rows. On PostgreSQL, a definition can
 * call functions, and functions can write. Renaming a value of an enum changes the values in rows without a change of
 * their table.
 */
final class RowsLeftAlone {

    private static final String KINDS = "(TABLE|((UNIQUE\\s+)?INDEX(\\s+CONCURRENTLY)?)|((OR\\s+REPLACE\\s+)?VIEW)"
            + "|((OR\\s+REPLACE\\s+)?(CONSTRAINT\\s+)?TRIGGER)|SEQUENCE|POLICY|STATISTICS)\\b";

    private static final Pattern DEFINES = Pattern.compile(
            "^\\s*((CREATE|ALTER|DROP)\\s+" + KINDS + "|(CREATE|DROP)\\s+(TYPE|DOMAIN)\\b|COMMENT\\s+ON\\b)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern FILLS =
            Pattern.compile("\\bAS\\b[\\s(]*(SELECT|WITH|VALUES|TABLE|EXECUTE)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern TABLE = Pattern.compile("^\\s*CREATE\\s+TABLE\\b", Pattern.CASE_INSENSITIVE);

    private static final Set<ObjectKind> RUN_BY_DEFINITIONS =
            EnumSet.of(ObjectKind.FUNCTION, ObjectKind.PROCEDURE, ObjectKind.AGGREGATE, ObjectKind.EVENT_TRIGGER);

    private RowsLeftAlone() {}

    /**
     * Returns whether the statements cannot have changed any row.
     *
     * @param statements all statements that ran between the two schemas
     * @param before the schema before the statements
     * @param after the schema after the statements
     * @param rows the rows of each table before the statements
     */
    static boolean by(List<SqlStatement> statements, Schema before, Schema after, SortedMap<ObjectId, TableRows> rows) {
        return statements.stream().allMatch(statement -> onlyDefines(statement.text()))
                && Stream.concat(before.others().stream(), after.others().stream())
                        .noneMatch(RowsLeftAlone::canWrite)
                && rows.keySet().stream().allMatch(table -> isSame(table, before, after));
    }

    static boolean onlyDefines(String sql) {
        return DEFINES.matcher(sql).find()
                && !(TABLE.matcher(sql).find() && FILLS.matcher(sql).find());
    }

    private static boolean canWrite(SchemaObject object) {
        return RUN_BY_DEFINITIONS.contains(object.id().kind())
                && !object.attributes().containsKey("volatility")
                && !"trigger".equals(object.attributes().get("returns"));
    }

    private static boolean isSame(ObjectId rows, Schema before, Schema after) {
        return table(rows, before).equals(table(rows, after));
    }

    private static List<Table> table(ObjectId rows, Schema schema) {
        return schema.tables().stream()
                .filter(table ->
                        table.schema().equals(rows.schema()) && table.name().equals(rows.name()))
                .toList();
    }
}
