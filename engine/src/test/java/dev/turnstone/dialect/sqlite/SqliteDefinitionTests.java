package dev.turnstone.dialect.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.schema.Column;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Definitions that are hard to parse. The pragmas confirm their meaning. */
class SqliteDefinitionTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (\"select\" INT, [from table] TEXT, `gr``oup` REAL, 'quo''ted' BLOB, \"a\"\"b\" INT)",
                "CREATE TABLE t (a INT -- the first, (really)\n, /* b INT, */ c TEXT /* with a ' */, d INT)",
                "CREATE TABLE t (a TEXT CHECK (a <> ')' AND a <> '(' /* ) */), b INT DEFAULT ((1)))",
                "CREATE TABLE t (a INT, b INT, PRIMARY KEY (a) UNIQUE (b) CHECK (a > 0) FOREIGN KEY (b) REFERENCES t (a))",
                "CREATE TABLE t (a INT CONSTRAINT x CONSTRAINT y NOT NULL CONSTRAINT z, b INT CONSTRAINT w)",
                "CREATE TABLE t (a INT, CONSTRAINT x CONSTRAINT y UNIQUE (a) CONSTRAINT z)",
                "CREATE TABLE t (key INT, action TEXT, \"order\" INT, rowid INT, match TEXT, replace REAL, UNIQUE (key, action))",
                "CREATE TABLE t (a VARCHAR ( 10 ), b DECIMAL(+10, -2), c LONG VARCHAR(1), d \"quoted type\", e [x y] (3))",
                "CREATE TABLE t (a INT REFERENCES p (\"x y\") ON DELETE SET NULL ON UPDATE CASCADE NOT NULL DEFAULT +1,"
                        + " b INT REFERENCES t ON INSERT CASCADE ON DELETE RESTRICT)",
                "CREATE TABLE t (a INT REFERENCES p ON DELETE SET DEFAULT NOT DEFERRABLE INITIALLY IMMEDIATE UNIQUE NULL)",
                "CREATE TABLE t (a TEXT DEFAULT 'it''s, (odd)' COLLATE RTRIM, b DEFAULT x'0102', c DEFAULT 1e-5, d DEFAULT -0x1F)",
                "CREATE TABLE t (generated INT, always TEXT, a INT GENERATED ALWAYS AS (generated) STORED, b AS (always || 'x'))",
                "CREATE TABLE t (a,b,c,PRIMARY KEY(c COLLATE NOCASE DESC,a ASC)ON CONFLICT IGNORE)WITHOUT ROWID",
                "CREATE TABLE t (größe INT, \"ÄÖÜ\" TEXT, 名前 TEXT, CHECK (größe > 0))",
                "CREATE TABLE t AS SELECT 1 AS a, 'x' AS \"b c\", 2.5 AS \"select\"",
                "CREATE TABLE main.t (a INT, b INT, FOREIGN KEY (a, b) REFERENCES p (c, \"d\") MATCH FULL ON DELETE NO ACTION)",
                "CREATE TABLE IF NOT EXISTS \"t\"(\"a\"INT NOT NULL,\"b\"TEXT)STRICT",
                "CREATE TABLE t (a INT CHECK (CASE WHEN a > 0 THEN \"a\" ELSE - a END > 0), b INT CHECK (b IN (1, 2)))"
            })
    void agreesWithThePragmas(String definition) throws SQLException {
        try (SqliteFixture database = SqliteFixture.with(definition)) {
            Table table = database.schema().table("t").orElseThrow();
            Connection connection = database.connection();

            assertThat(table.columns())
                    .extracting(Column::name)
                    .isEqualTo(strings(connection, "SELECT name FROM pragma_table_xinfo('t') ORDER BY cid"));
            assertThat(primaryKey(table))
                    .isEqualTo(strings(connection, "SELECT name FROM pragma_table_info('t') WHERE pk > 0 ORDER BY pk"));
            assertThat(table.columns().stream()
                            .filter(column -> column.generated() != null)
                            .map(Column::name))
                    .isEqualTo(strings(connection, "SELECT name FROM pragma_table_xinfo('t') WHERE hidden > 1"));
            assertThat(table.uniques())
                    .hasSize(strings(connection, "SELECT name FROM pragma_index_list('t') WHERE origin = 'u'")
                            .size());
            assertThat(foreignKeys(table)).isEqualTo(foreignKeys(connection));
            assertThat(table.options().keySet())
                    .containsExactlyInAnyOrderElementsOf(strings(
                            connection,
                            "SELECT 'strict' FROM pragma_table_list('t') WHERE strict"
                                    + " UNION ALL SELECT 'without rowid' FROM pragma_table_list('t') WHERE wr"));
        }
    }

    private static List<String> primaryKey(Table table) {
        PrimaryKey key = table.primaryKey();
        return key == null ? List.of() : key.columns();
    }

    /** Maps the referring columns to the referenced table and columns. */
    private static Map<List<String>, String> foreignKeys(Table table) {
        Map<List<String>, String> keys = new TreeMap<>(Comparator.comparing(List::toString));
        for (ForeignKey key : table.foreignKeys()) {
            keys.put(
                    key.columns(),
                    key.referencedTable() + " " + key.options().getOrDefault("on delete", "no action") + " "
                            + key.options().getOrDefault("on update", "no action"));
        }
        return keys;
    }

    private static Map<List<String>, String> foreignKeys(Connection connection) throws SQLException {
        Map<List<String>, String> keys = new TreeMap<>(Comparator.comparing(List::toString));
        for (String id : strings(connection, "SELECT DISTINCT id FROM pragma_foreign_key_list('t')")) {
            List<String> columns = strings(
                    connection,
                    "SELECT \"from\" FROM pragma_foreign_key_list('t') WHERE id = CAST(? AS INTEGER) ORDER BY seq",
                    id);
            keys.put(
                    columns,
                    strings(
                                    connection,
                                    "SELECT \"table\" || ' ' || lower(on_delete) || ' ' || lower(on_update)"
                                            + " FROM pragma_foreign_key_list('t') WHERE id = CAST(? AS INTEGER)",
                                    id)
                            .get(0));
        }
        return keys;
    }

    private static List<String> strings(Connection connection, String query, String... parameters) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    strings.add(rows.getString(1));
                }
            }
        }
        return strings;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX i ON t (a)",
                "CREATE INDEX i ON t (\"order\" DESC, a COLLATE NOCASE ASC)",
                "CREATE INDEX i ON t ([with space], 'a')",
                "CREATE INDEX i ON t (a || 'x' COLLATE RTRIM DESC, (b), length(\"order\"))",
                "CREATE INDEX i ON t (coalesce(a, b), a IN (1, 2), \"desc\" DESC) WHERE a IS NOT NULL AND b <> ';'",
                "CREATE UNIQUE INDEX i ON t(a)WHERE\"b\"=1",
                "CREATE INDEX i ON t (a, b) -- nothing"
            })
    void anIndexAgreesWithThePragma(String definition) throws SQLException {
        try (SqliteFixture database = SqliteFixture.with(
                "CREATE TABLE t (a, b COLLATE NOCASE, \"order\", [with space], \"desc\")", definition)) {
            Index index = database.schema().table("t").orElseThrow().indexes().get(0);
            Connection connection = database.connection();

            assertThat(index.keys().stream().map(key -> String.valueOf(key.column())))
                    .isEqualTo(strings(
                            connection,
                            "SELECT coalesce(name, 'null') FROM pragma_index_xinfo('i') WHERE key ORDER BY seqno"));
            assertThat(index.keys().stream().map(key -> key.suffix().endsWith("desc") ? "1" : "0"))
                    .isEqualTo(
                            strings(connection, "SELECT desc FROM pragma_index_xinfo('i') WHERE key ORDER BY seqno"));
            assertThat(List.of(index.unique() ? "1" : "0", index.where() == null ? "0" : "1"))
                    .isEqualTo(List.of(
                            strings(connection, "SELECT \"unique\" FROM pragma_index_list('t')")
                                    .get(0),
                            strings(connection, "SELECT partial FROM pragma_index_list('t')")
                                    .get(0)));
        }
    }

    @Test
    void checksHaveTheColumnsThatTheyMention() throws SQLException {
        Table table = SqliteFixture.schemaOf("CREATE TABLE t (b INT, a TEXT, length INT,"
                        + " CHECK (length(A) < 10 AND t.b > 0), CHECK (a <> 'length'), CHECK (1))")
                .table("t")
                .orElseThrow();

        assertThat(table.objects())
                .extracting(object -> object.id().toString())
                .contains("check t.(b, a)", "check t.(a)", "check t.()");
    }

    @Test
    void aStringInDoubleQuotesKeepsItsLetters() throws SQLException {
        assertThat(SqliteFixture.schemaOf(
                                "CREATE TABLE t (A TEXT)",
                                "CREATE VIEW v AS SELECT \"A\", \"Not A Column\", \"T\".a \"Alias\" FROM t"
                                        + " WHERE \"Alias\" <> \"Open\"")
                        .view("v"))
                .hasValueSatisfying(view -> assertThat(view.query())
                        .isEqualTo("select a, 'Not A Column', t.a alias from t where alias <> 'Open'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TABLE t (a INT | expected more, found the end",
                "CREATE TABLE t (a INT REFERENCES (b)) | expected a name, found '('",
                "CREATE TABLE t (a INT) WITHOUT OIDS | expected WITHOUT ROWID or STRICT, found 'WITHOUT'",
                "CREATE TABLE t (a INT DEFAULT \"x) | a quote is not closed"
            })
    void anUnreadableDefinitionIsNamed(String definition, String problem) {
        assertThatThrownBy(() -> CreateTableParser.parse("t", definition))
                .isInstanceOf(UnreadableDefinitionException.class)
                .hasMessage("Cannot read the definition of table t in sqlite_schema: " + problem
                        + ". Nothing was changed. Run PRAGMA integrity_check; if it returns ok, report the"
                        + " definition as a bug.");
    }
}
