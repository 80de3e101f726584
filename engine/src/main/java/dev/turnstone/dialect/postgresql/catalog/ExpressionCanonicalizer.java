package dev.turnstone.dialect.postgresql.catalog;

import dev.turnstone.dialect.TableExpression;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets the server parse expressions and returns the text that the server formats from them.
 *
 * <p>Each expression becomes part of an empty temporary table with the name and the columns of its own table, in a
 * transaction that is rolled back. A single DO block handles all expressions, because one round trip for each would
 * take longer than the comparison itself.
 */
public final class ExpressionCanonicalizer {

    private static final String TABLE = """
            CREATE TEMPORARY TABLE turnstone_expression (
                id integer, schema_name text, table_name text, role text, column_name text, expression text, canonical text)
            """;

    private static final String FILL = """
            INSERT INTO pg_temp.turnstone_expression
            SELECT e.ordinality, e.s, e.t, e.r, e.c, e.x, NULL
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   WITH ORDINALITY AS e (s, t, r, c, x, ordinality)
            """;

    /** The canonical text stays NULL for an expression that the server refuses. */
    private static final String READ = """
            DO LANGUAGE plpgsql $turnstone$
            DECLARE
                t record;
                e record;
                scratch text;
                part text;
                answer text;
            BEGIN
                FOR t IN SELECT DISTINCT schema_name, table_name FROM pg_temp.turnstone_expression LOOP
                    BEGIN
                        EXECUTE format('CREATE TEMPORARY TABLE %I (LIKE %I.%I)', t.table_name,
                            coalesce(nullif(t.schema_name, ''), current_schema()), t.table_name);
                    EXCEPTION WHEN OTHERS THEN
                        CONTINUE;
                    END;
                    scratch := format('pg_temp.%I', t.table_name);
                    FOR e IN SELECT * FROM pg_temp.turnstone_expression x
                              WHERE x.schema_name = t.schema_name AND x.table_name = t.table_name LOOP
                        BEGIN
                            part := 'turnstone_' || e.id;
                            CASE e.role
                            WHEN 'CONDITION' THEN
                                EXECUTE format(E'ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s\\n)',
                                    scratch, part, e.expression);
                                SELECT pg_get_expr(k.conbin, k.conrelid) INTO STRICT answer
                                  FROM pg_catalog.pg_constraint k
                                 WHERE k.conrelid = scratch::regclass AND k.conname = part;
                            WHEN 'KEY' THEN
                                EXECUTE format(E'CREATE INDEX %s ON %s ((%s\\n))', part, scratch, e.expression);
                                answer := pg_get_indexdef(('pg_temp.' || part)::regclass, 1, false);
                            WHEN 'DEFAULT' THEN
                                EXECUTE format(E'ALTER TABLE %s ALTER COLUMN %I SET DEFAULT (%s\\n)',
                                    scratch, e.column_name, e.expression);
                                SELECT pg_get_expr(d.adbin, d.adrelid) INTO STRICT answer
                                  FROM pg_catalog.pg_attrdef d
                                  JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
                                 WHERE d.adrelid = scratch::regclass AND a.attname = e.column_name;
                            WHEN 'GENERATION' THEN
                                SELECT format_type(a.atttypid, a.atttypmod) INTO STRICT answer
                                  FROM pg_catalog.pg_attribute a
                                 WHERE a.attrelid = scratch::regclass AND a.attname = e.column_name;
                                EXECUTE format(E'ALTER TABLE %s ADD COLUMN %s %s GENERATED ALWAYS AS (%s\\n) STORED',
                                    scratch, part, answer, e.expression);
                                SELECT pg_get_expr(d.adbin, d.adrelid) INTO STRICT answer
                                  FROM pg_catalog.pg_attrdef d
                                  JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
                                 WHERE d.adrelid = scratch::regclass AND a.attname = part;
                            END CASE;
                            UPDATE pg_temp.turnstone_expression x SET canonical = answer WHERE x.id = e.id;
                        EXCEPTION WHEN OTHERS THEN
                            NULL;
                        END;
                    END LOOP;
                    EXECUTE 'DROP TABLE ' || scratch;
                END LOOP;
            END
            $turnstone$
            """;

    /**
     * The server can change its own text when it parses it again: for {@code varchar IN (…)} it first casts the list,
     * then each value. One side of a comparison comes from a catalog, so the server has parsed it once more than the
     * other.
     */
    private static final int MORE_READINGS = 2;

    private static final String REPEAT = """
            UPDATE pg_temp.turnstone_expression SET expression = canonical, canonical = NULL WHERE canonical IS NOT NULL
            """;

    private ExpressionCanonicalizer() {}

    /**
     * Returns the server's text for those expressions that it can parse.
     *
     * @param connection in autocommit mode
     * @throws IllegalArgumentException if a transaction is open
     */
    public static Map<TableExpression, String> canonical(Connection connection, Collection<TableExpression> expressions)
            throws SQLException {
        List<TableExpression> asked = List.copyOf(expressions);
        if (!connection.getAutoCommit()) {
            throw new IllegalArgumentException("The connection is in a transaction, which would be rolled back.");
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(TABLE);
            fill(connection, asked);
            statement.execute(READ);
            for (int i = 0; i < MORE_READINGS; i++) {
                statement.execute(REPEAT);
                statement.execute(READ);
            }
            return answers(statement, asked);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static void fill(Connection connection, List<TableExpression> asked) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(FILL)) {
            List<Function<TableExpression, @Nullable String>> columns = List.of(
                    TableExpression::schema,
                    TableExpression::table,
                    e -> e.role().name(),
                    TableExpression::column,
                    TableExpression::text);
            for (int i = 0; i < columns.size(); i++) {
                insert.setArray(
                        i + 1,
                        connection.createArrayOf(
                                "text", asked.stream().map(columns.get(i)).toArray()));
            }
            insert.executeUpdate();
        }
    }

    private static Map<TableExpression, String> answers(Statement statement, List<TableExpression> asked)
            throws SQLException {
        Map<TableExpression, String> answers = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(
                "SELECT id, canonical FROM pg_temp.turnstone_expression WHERE canonical IS NOT NULL")) {
            while (rows.next()) {
                answers.put(asked.get(rows.getInt(1) - 1), rows.getString(2));
            }
        }
        return answers;
    }
}
