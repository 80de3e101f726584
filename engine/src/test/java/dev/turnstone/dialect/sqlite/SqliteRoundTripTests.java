package dev.turnstone.dialect.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.operation.Operation;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import dev.turnstone.schema.Table;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SQLite rewrites stored definitions. After a change and its reversal, the schema is unchanged. */
class SqliteRoundTripTests {

    private static final String[] SHOP = {
        "CREATE TABLE customer (id INTEGER PRIMARY KEY, Email TEXT COLLATE NOCASE UNIQUE, state TEXT DEFAULT \"New\""
                + " CHECK (state IN (\"New\", 'Paid')), full TEXT AS (email || ' ' || \"State\"))",
        "CREATE TABLE invoice (id INTEGER PRIMARY KEY AUTOINCREMENT, customer INT NOT NULL REFERENCES customer"
                + " ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, amount NUMERIC(10,2) /* in euros */ DEFAULT (1 + 1),"
                + " parent INT REFERENCES invoice(id),"
                + " CONSTRAINT positive CHECK (amount > 0) CHECK (\"amount\" < 10000))",
        "CREATE UNIQUE INDEX ix_invoice ON invoice (customer DESC, lower(amount)) WHERE amount > 10",
        "CREATE INDEX ix_email ON customer (Email COLLATE BINARY, \"state\")",
        "CREATE VIEW open_invoice AS SELECT c.email, i.\"amount\" FROM customer c JOIN invoice AS i"
                + " ON i.customer = c.id WHERE c.state = \"New\"",
        "CREATE TABLE log (entry TEXT)",
        "CREATE TRIGGER tr_invoice AFTER UPDATE OF amount ON invoice WHEN new.amount > old.amount BEGIN"
                + " INSERT INTO log (entry) SELECT \"Raised \" || email FROM customer WHERE id = new.customer; END",
        "CREATE TRIGGER tr_open INSTEAD OF INSERT ON open_invoice BEGIN SELECT raise(abort, 'No'); END"
    };

    @ParameterizedTest
    @CsvSource({"customer, client", "invoice, 'the invoice'", "log, Logs"})
    void aTableRenamedAndBackIsUnchanged(String table, String other) throws SQLException {
        try (SqliteFixture database = SqliteFixture.with(SHOP)) {
            Schema before = database.schema();
            database.run("ALTER TABLE " + table + " RENAME TO \"" + other + "\"");
            assertThat(SchemaDiff.between(before, database.schema()).isEmpty()).isFalse();

            database.run("ALTER TABLE \"" + other + "\" RENAME TO " + table);

            assertThat(SchemaDiff.between(before, database.schema()).differences())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "customer, Email, mail",
        "customer, state, order",
        "customer, id, ident",
        "invoice, amount, Total Amount",
        "invoice, customer, client",
        "invoice, id, number",
        "log, entry, \"a \"\"quoted\"\" one\""
    })
    void aColumnRenamedAndBackIsUnchanged(String table, String column, String other) throws SQLException {
        String quoted = other.startsWith("\"") ? other : "\"" + other + "\"";
        try (SqliteFixture database = SqliteFixture.with(SHOP)) {
            Schema before = database.schema();
            database.run("ALTER TABLE " + table + " RENAME COLUMN " + column + " TO " + quoted);
            assertThat(SchemaDiff.between(before, database.schema()).isEmpty()).isFalse();

            database.run("ALTER TABLE " + table + " RENAME COLUMN " + quoted + " TO " + column);

            assertThat(SchemaDiff.between(before, database.schema()).differences())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "extra INT",
                "extra TEXT NOT NULL DEFAULT 'x, (y)' CHECK (extra <> ')')",
                "extra INT REFERENCES customer (id) ON DELETE SET NULL",
                "extra TEXT COLLATE NOCASE /* a comment, with a comma */",
                "extra INT AS (id + 1) VIRTUAL"
            })
    void aColumnAddedAndDroppedLeavesNoTrace(String definition) throws SQLException {
        try (SqliteFixture database = SqliteFixture.with(SHOP)) {
            Schema before = database.schema();
            database.run("ALTER TABLE invoice ADD COLUMN " + definition);
            assertThat(SchemaDiff.between(before, database.schema()).differences())
                    .extracting(Object::toString)
                    .anyMatch(difference -> difference.startsWith("+ column invoice.extra"));

            database.run("ALTER TABLE invoice DROP COLUMN extra");

            assertThat(SchemaDiff.between(before, database.schema()).differences())
                    .isEmpty();
        }
    }

    @Test
    void aColumnDroppedInTheMiddleAndAddedAgainIsLast() throws SQLException {
        try (SqliteFixture database = SqliteFixture.with("CREATE TABLE t (a INT, -- first\n b TEXT, c INT)")) {
            Schema before = database.schema();

            database.run("ALTER TABLE t DROP COLUMN b", "ALTER TABLE t ADD COLUMN b text");

            assertThat(SchemaDiff.between(before, database.schema()).differences())
                    .singleElement()
                    .hasToString("~ table t: columns in the order a, c, b, before a, b, c");
        }
    }

    @Test
    void constraintsThatAlterTableAddsAreReadAndDroppedWithoutATrace() throws SQLException {
        try (SqliteFixture database = SqliteFixture.with("CREATE TABLE t (a INT, b TEXT DEFAULT 'x')")) {
            Schema before = database.schema();

            database.run(
                    "ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0)", "ALTER TABLE t ALTER COLUMN b SET NOT NULL");
            assertThat(SchemaDiff.between(before, database.schema()).differences())
                    .extracting(Object::toString)
                    .containsExactly("~ column t.b: nullable no, before yes", "+ check t.positive (expression a > 0)");

            database.run("ALTER TABLE t DROP CONSTRAINT positive", "ALTER TABLE t ALTER COLUMN b DROP NOT NULL");
            assertThat(SchemaDiff.between(before, database.schema()).differences())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT)",
                "CREATE TABLE t (id INTEGER CONSTRAINT pk PRIMARY KEY ON CONFLICT REPLACE AUTOINCREMENT)",
                "CREATE TABLE t (id INTEGER PRIMARY KEY DESC ON CONFLICT FAIL, b)",
                "CREATE TABLE t (\"a b\" TEXT, b INT, PRIMARY KEY (\"a b\" COLLATE NOCASE, b DESC)) WITHOUT ROWID, STRICT",
                "CREATE TABLE t (a TEXT CONSTRAINT nn NOT NULL ON CONFLICT IGNORE DEFAULT 'x''y' COLLATE NOCASE)",
                "CREATE TABLE t (a INT, b INT AS (a * 2) STORED, c INT AS ((a + 1) * 2))",
                "CREATE TABLE t (a INT UNIQUE ON CONFLICT ROLLBACK, b, CONSTRAINT u UNIQUE (b COLLATE RTRIM, a))",
                "CREATE TABLE t (a CHECK (a > 0), b, CHECK (b IN ('(', \"It's\")), CONSTRAINT c CHECK ((a, b) > (1, 2)))",
                "CREATE TABLE t (a INT REFERENCES u ON DELETE SET NULL MATCH FULL DEFERRABLE INITIALLY DEFERRED,"
                        + " b, c, CONSTRAINT fk FOREIGN KEY (b, c) REFERENCES t (\"x y\", z) ON UPDATE CASCADE DEFERRABLE)",
                "CREATE TABLE t (a DEFAULT (1 + 1), b DEFAULT -1.5e+3, c DEFAULT x'00FF', d DEFAULT CURRENT_DATE, e DEFAULT true)",
                "CREATE VIRTUAL TABLE t USING fts5(a, b UNINDEXED, tokenize = 'porter ascii')",
                "CREATE VIRTUAL TABLE t USING rtree(id, minx, maxx)"
            })
    void aTableCreatedFromItsSchemaIsTheSame(String definition) throws SQLException {
        Schema read = SqliteFixture.schemaOf(definition);
        Table table = read.table("t").orElseThrow();

        try (SqliteFixture second = SqliteFixture.with()) {
            second.run(new Operation.CreateTable(table));

            assertThat(second.schema()).isEqualTo(read);
        }
    }

    @Test
    void indexesAndTriggersAreCreatedWithTheirTable() throws SQLException {
        Schema read = SqliteFixture.schemaOf(SHOP);

        try (SqliteFixture second = SqliteFixture.with()) {
            for (Table table : read.tables()) {
                second.run(new Operation.CreateTable(table));
            }

            assertThat(second.schema().tables()).isEqualTo(read.tables());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.turnstone.dialect.sqlite.DefinitionVariants#definitions")
    void eachObjectThatIsReadCanBeCreatedAgain(String what, String definition, String same, String other)
            throws SQLException {
        for (String script : List.of(definition, same, other)) {
            Schema read = DefinitionVariants.read(script);
            try (SqliteFixture second = SqliteFixture.with()) {
                for (Table table : read.tables()) {
                    second.run(new Operation.CreateTable(table));
                }
                assertThat(second.schema().tables()).describedAs(what).isEqualTo(read.tables());
            }
        }
    }
}
