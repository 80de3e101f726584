package dev.turnstone.dialect.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/**
 * The table of {@link DefinitionVariants} is complete: for each column of SQLite's pragmas, these tests name a row
 * whose different definition changes the values of the column, or the reason why the reader does not use it.
 *
 * <p>A column or a pragma that a newer SQLite adds fails these tests until it is named.
 */
class SqlitePragmaCoverageTests {

    private static final String TABLES = "FROM pragma_table_list l, ";

    /** The source of each pragma's rows, for all tables and indexes of a schema. */
    private static final Map<String, String> SOURCES = new TreeMap<>(Map.of(
            "sqlite_schema", "FROM sqlite_schema p",
            "table_list", "FROM pragma_table_list p",
            "table_xinfo", TABLES + "pragma_table_xinfo(l.name) p",
            "table_info", TABLES + "pragma_table_info(l.name) p",
            "index_list", TABLES + "pragma_index_list(l.name) p",
            "index_xinfo", TABLES + "pragma_index_list(l.name) i, pragma_index_xinfo(i.name) p",
            "index_info", TABLES + "pragma_index_list(l.name) i, pragma_index_info(i.name) p",
            "foreign_key_list", TABLES + "pragma_foreign_key_list(l.name) p"));

    /** By column, the row of the table whose different definition changes it. */
    private static final Map<String, String> COVERED = lines("""
            sqlite_schema.name = table
            sqlite_schema.sql = check
            sqlite_schema.tbl_name = index's table
            sqlite_schema.type = view or table
            table_list.name = table
            table_list.ncol = column
            table_list.strict = strict
            table_list.type = view or table
            table_list.wr = without rowid
            table_xinfo.cid = column
            table_xinfo.dflt_value = default
            table_xinfo.hidden = generated storage
            table_xinfo.name = column
            table_xinfo.notnull = nullability
            table_xinfo.pk = primary key
            table_xinfo.type = type
            index_list.name = index's name
            index_list.origin = unique constraint or unique index
            index_list.partial = index without predicate
            index_list.unique = unique index
            index_xinfo.coll = index collation
            index_xinfo.desc = index direction
            index_xinfo.key = index with one column more
            index_xinfo.name = index columns
            index_xinfo.seqno = index with one column more
            foreign_key_list.from = column of a foreign key
            foreign_key_list.on_delete = on delete
            foreign_key_list.on_update = on update
            foreign_key_list.seq = foreign key of two columns
            foreign_key_list.table = foreign key's table
            foreign_key_list.to = foreign key with implied column
            """);

    /** By column, or by pragma and an asterisk, the reason why it is not read. */
    private static final Map<String, String> NOT_READ = lines("""
            sqlite_schema.rootpage = how rows are stored
            table_list.schema = the scope
            table_info.* = less than table_xinfo
            index_info.* = less than index_xinfo
            index_list.seq = changes whenever an index is created
            index_xinfo.cid = the column's position; its name identifies the same column
            foreign_key_list.id = the order of declaration
            foreign_key_list.match = always NONE, so the reader parses the text instead
            """);

    private static Map<String, String> lines(String text) {
        Map<String, String> lines = new TreeMap<>();
        text.lines()
                .forEach(line ->
                        lines.put(line.substring(0, line.indexOf(" = ")), line.substring(line.indexOf(" = ") + 3)));
        return lines;
    }

    private static Map<String, Object[]> variants() {
        Map<String, Object[]> variants = new TreeMap<>();
        DefinitionVariants.definitions().map(Arguments::get).forEach(row -> assertThat(
                        variants.put((String) row[0], row))
                .as("two rows '%s'", row[0])
                .isNull());
        return variants;
    }

    private static List<String> columns(String source) throws SQLException {
        try (SqliteFixture database = SqliteFixture.with("CREATE TABLE t (a)");
                Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT p.* " + source)) {
            ResultSetMetaData metaData = rows.getMetaData();
            List<String> found = new ArrayList<>();
            for (int i = 1; i <= metaData.getColumnCount(); i++) {
                found.add(metaData.getColumnName(i));
            }
            return found;
        }
    }

    private static List<String> values(Object script, String pragma, String column) throws SQLException {
        try (SqliteFixture database = SqliteFixture.with(DefinitionVariants.statements((String) script))) {
            return SqliteCatalog.strings(
                            database.connection(), "SELECT CAST(p.\"" + column + "\" AS TEXT) " + SOURCES.get(pragma))
                    .stream()
                    .map(String::valueOf)
                    .toList();
        }
    }

    @Test
    void eachColumnIsCoveredByARowOrNamedWithAReason() throws SQLException {
        Map<String, Object[]> variants = variants();
        TreeSet<String> wrong = new TreeSet<>();
        TreeSet<String> unused = new TreeSet<>(COVERED.keySet());
        unused.addAll(NOT_READ.keySet());
        int checked = 0;
        for (Map.Entry<String, String> source : SOURCES.entrySet()) {
            for (String column : columns(source.getValue())) {
                String name = source.getKey() + "." + column;
                unused.removeAll(List.of(name, source.getKey() + ".*"));
                String row = COVERED.get(name);
                boolean ignored = NOT_READ.containsKey(name) || NOT_READ.containsKey(source.getKey() + ".*");
                if ((row != null) == ignored) {
                    wrong.add(name + (ignored ? " is covered and not read" : " is neither covered nor named"));
                } else if (row != null) {
                    Object[] variant = variants.get(row);
                    if (variant == null) {
                        wrong.add("there is no row '" + row + "', which should cover " + name);
                    } else if (values(variant[1], source.getKey(), column)
                            .equals(values(variant[3], source.getKey(), column))) {
                        wrong.add("'" + row + "' does not change " + name);
                    }
                    checked++;
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(unused).as("named, but SQLite does not have it").isEmpty();
        assertThat(checked).isEqualTo(COVERED.size());
    }

    @Test
    void allPragmasAboutASchemaAreNamed() throws SQLException {
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
                            // Pragmas of the connection, not of the schema:
                            "collation_list",
                            "database_list",
                            "function_list",
                            "module_list",
                            "pragma_list");
        }
    }
}
