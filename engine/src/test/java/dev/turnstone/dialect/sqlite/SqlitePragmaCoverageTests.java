package dev.turnstone.dialect.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * All that SQLite's pragmas tell of a schema is read, or is listed here with the reason why not.
 *
 * <p>A column or a pragma that a newer SQLite adds fails these tests until it is one or the other.
 */
class SqlitePragmaCoverageTests {

    /** Read: all. Not read: the order numbers and what the other columns say already. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // schema: the scope; ncol: the number of columns; type: tables, views, virtual ones, shadows left out.
                "pragma_table_list | schema, name, type, ncol, wr, strict",
                // cid: the order of columns; pk: the primary key, read with its name and order from the text.
                "pragma_table_xinfo('t') | cid, name, type, notnull, dflt_value, pk, hidden",
                // Less than pragma_table_xinfo.
                "pragma_table_info('t') | cid, name, type, notnull, dflt_value, pk",
                // seq: changes whenever an index is made; origin: a constraint is no index of its own.
                "pragma_index_list('t') | seq, name, unique, origin, partial",
                // cid: the column's place, its name says the same; key: what SQLite adds to find the row.
                "pragma_index_xinfo('i') | seqno, cid, name, desc, coll, key",
                // Less than pragma_index_xinfo.
                "pragma_index_info('i') | seqno, cid, name",
                // id: the order of declaration; match: always NONE here, so that it is read from the text.
                "pragma_foreign_key_list('t') | id, seq, table, from, to, on_update, on_delete, match"
            })
    void theColumnsAreThoseThatWeKnow(String pragma, String columns) throws SQLException {
        try (SqliteFixture database =
                        SqliteFixture.with("CREATE TABLE t (a REFERENCES t, b AS (a))", "CREATE INDEX i ON t (a)");
                Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + pragma)) {
            ResultSetMetaData metaData = rows.getMetaData();
            List<String> found = new ArrayList<>();
            for (int i = 1; i <= metaData.getColumnCount(); i++) {
                found.add(metaData.getColumnName(i));
            }
            assertThat(String.join(", ", found)).isEqualTo(columns);
        }
    }

    @Test
    void thePragmasAboutASchemaAreThoseThatWeKnow() throws SQLException {
        try (SqliteFixture database = SqliteFixture.with()) {
            assertThat(SqliteCatalog.strings(
                            database.connection(),
                            "SELECT name FROM pragma_pragma_list WHERE name GLOB '*_list' OR name GLOB '*_*info'"))
                    .containsExactlyInAnyOrder(
                            "table_list",
                            "table_info",
                            "table_xinfo",
                            "index_list",
                            "index_info",
                            "index_xinfo",
                            "foreign_key_list",
                            // Of the connection, not of the schema:
                            "collation_list",
                            "database_list",
                            "function_list",
                            "module_list",
                            "pragma_list");
        }
    }
}
