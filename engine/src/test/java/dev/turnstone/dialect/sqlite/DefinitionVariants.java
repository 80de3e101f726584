package dev.turnstone.dialect.sqlite;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.turnstone.schema.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * For each kind of object and each attribute on SQLite: a definition, an equivalent definition, and a different one.
 */
final class DefinitionVariants {

    private static final String PARENT = "CREATE TABLE parent (id INTEGER PRIMARY KEY, code TEXT UNIQUE);";

    private DefinitionVariants() {}

    /** The name, the definition, an equivalent definition, a different definition, and the expected differences. */
    static Stream<Arguments> definitions() {
        return Stream.concat(tables(), DependentVariants.definitions());
    }

    private static Stream<Arguments> tables() {
        return Stream.of(
                row(
                        "table",
                        "CREATE TABLE t (a INT)",
                        "create  table \"t\" /* c */ ( -- c\n [a] int )",
                        "CREATE TABLE u (a INT)",
                        "- table t",
                        "+ table u"),
                row(
                        "column",
                        "CREATE TABLE t (a INT)",
                        "CREATE TABLE t (`a` INT)",
                        "CREATE TABLE t (a INT, b INT)",
                        "+ column t.b (nullable yes, type INT)"),
                row(
                        "column order",
                        "CREATE TABLE t (a INT, b INT)",
                        "CREATE TABLE 't' ('a' INT,'b' INT)",
                        "CREATE TABLE t (b INT, a INT)",
                        "~ table t: columns in the order b, a, before a, b"),
                row(
                        "type",
                        "CREATE TABLE t (a DECIMAL(10,2))",
                        "CREATE TABLE t (a decimal ( 10 , 2 ))",
                        "CREATE TABLE t (a DECIMAL(10,3))",
                        "~ column t.a: type DECIMAL(10, 3), before DECIMAL(10, 2)"),
                row(
                        "type of several words",
                        "CREATE TABLE t (a UNSIGNED BIG INT)",
                        "CREATE TABLE t (a unsigned  big\nint)",
                        "CREATE TABLE t (a BIG INT)",
                        "~ column t.a: type BIG INT, before UNSIGNED BIG INT"),
                row(
                        "no type",
                        "CREATE TABLE t (a)",
                        "CREATE TABLE t (a /* any */)",
                        "CREATE TABLE t (a BLOB)",
                        "~ column t.a: type BLOB, before "),
                row(
                        "nullability",
                        "CREATE TABLE t (a INT NOT NULL)",
                        "CREATE TABLE t (a INT not/**/null)",
                        "CREATE TABLE t (a INT NULL)",
                        "~ column t.a: nullable yes, before no"),
                row(
                        "NOT NULL conflict",
                        "CREATE TABLE t (a INT NOT NULL ON CONFLICT IGNORE)",
                        "CREATE TABLE t (a INT not null on conflict ignore)",
                        "CREATE TABLE t (a INT NOT NULL)",
                        "~ column t.a: not null on conflict gone, before ignore"),
                row(
                        "NOT NULL conflict default",
                        "CREATE TABLE t (a INT NOT NULL ON CONFLICT ABORT)",
                        "CREATE TABLE t (a INT NOT NULL)",
                        "CREATE TABLE t (a INT NOT NULL ON CONFLICT FAIL)",
                        "~ column t.a: not null on conflict fail, before none"),
                row(
                        "NOT NULL name",
                        "CREATE TABLE t (a INT CONSTRAINT n NOT NULL)",
                        "CREATE TABLE t (a INT constraint \"n\" NOT NULL)",
                        "CREATE TABLE t (a INT NOT NULL)",
                        "~ column t.a: not null name gone, before n"),
                row(
                        "default",
                        "CREATE TABLE t (a INT DEFAULT 1)",
                        "CREATE TABLE t (a INT DEFAULT ((1)))",
                        "CREATE TABLE t (a INT DEFAULT 2)",
                        "~ default t.a: expression 2, before 1"),
                row(
                        "default text",
                        "CREATE TABLE t (a TEXT DEFAULT 'New')",
                        "CREATE TABLE t (a TEXT DEFAULT \"New\")",
                        "CREATE TABLE t (a TEXT DEFAULT 'new')",
                        "~ default t.a: expression 'new', before 'New'"),
                row(
                        "default word",
                        "CREATE TABLE t (a TEXT DEFAULT 'New')",
                        "CREATE TABLE t (a TEXT DEFAULT New)",
                        "CREATE TABLE t (a TEXT)",
                        "- default t.a (expression 'New')"),
                row(
                        "default time",
                        "CREATE TABLE t (a TEXT DEFAULT CURRENT_TIMESTAMP)",
                        "CREATE TABLE t (a TEXT DEFAULT (current_timestamp))",
                        "CREATE TABLE t (a TEXT DEFAULT 'current_timestamp')",
                        "~ default t.a: expression 'current_timestamp', before current_timestamp"),
                row(
                        "default expression",
                        "CREATE TABLE t (a TEXT DEFAULT (strftime('%Y', 'now') || '-' || -1))",
                        "CREATE TABLE t (a TEXT DEFAULT (STRFTIME( '%Y','now')||'-'||- 1))",
                        "CREATE TABLE t (a TEXT DEFAULT (strftime('%y', 'now') || '-' || -1))",
                        "~ default t.a: expression strftime('%y', 'now') || '-' || -1,"
                                + " before strftime('%Y', 'now') || '-' || -1"),
                row(
                        "default null",
                        "CREATE TABLE t (a TEXT DEFAULT NULL)",
                        "CREATE TABLE t (a TEXT)",
                        "CREATE TABLE t (a TEXT DEFAULT 'null')",
                        "+ default t.a (expression 'null')"),
                row(
                        "default signed",
                        "CREATE TABLE t (a INT DEFAULT -1)",
                        "CREATE TABLE t (a INT DEFAULT - 1)",
                        "CREATE TABLE t (a INT DEFAULT 1)",
                        "~ default t.a: expression 1, before -1"),
                row(
                        "collation",
                        "CREATE TABLE t (a TEXT COLLATE NOCASE)",
                        "CREATE TABLE t (a TEXT collate \"nocase\")",
                        "CREATE TABLE t (a TEXT)",
                        "~ column t.a: collation gone, before nocase"),
                row(
                        "collation default",
                        "CREATE TABLE t (a TEXT COLLATE BINARY)",
                        "CREATE TABLE t (a TEXT)",
                        "CREATE TABLE t (a TEXT COLLATE RTRIM)",
                        "~ column t.a: collation rtrim, before none"),
                row(
                        "generated expression",
                        "CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS (a + 1) STORED)",
                        "CREATE TABLE t (a INT, b INT as (\"A\"+1) stored)",
                        "CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS (a + 2) STORED)",
                        "~ column t.b: generated always as (a + 2) stored, before always as (a + 1) stored"),
                row(
                        "generated storage",
                        "CREATE TABLE t (a INT, b INT AS (a))",
                        "CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS ((a)) VIRTUAL)",
                        "CREATE TABLE t (a INT, b INT AS (a) STORED)",
                        "~ column t.b: generated always as (a) stored, before always as (a) virtual"),
                row(
                        "primary key",
                        "CREATE TABLE t (a INT, b INT, PRIMARY KEY (a, b))",
                        "CREATE TABLE t (a INT, b INT, primary key(\"A\",[b] ASC))",
                        "CREATE TABLE t (a INT, b INT, PRIMARY KEY (b, a))",
                        "+ primary-key t.(b, a) (columns b, a)",
                        "- primary-key t.(a, b) (columns a, b)"),
                row(
                        "primary key in the column",
                        "CREATE TABLE t (a INTEGER PRIMARY KEY)",
                        "CREATE TABLE t (a INTEGER, PRIMARY KEY (a))",
                        "CREATE TABLE t (a INTEGER)",
                        "- primary-key t.(a) (columns a)"),
                row(
                        "primary key name",
                        "CREATE TABLE t (a INT CONSTRAINT pk PRIMARY KEY)",
                        "CREATE TABLE t (a INT, CONSTRAINT 'pk' PRIMARY KEY (a))",
                        "CREATE TABLE t (a INT PRIMARY KEY)",
                        "+ primary-key t.(a) (columns a)",
                        "- primary-key t.pk (columns a)"),
                row(
                        "autoincrement",
                        "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)",
                        "CREATE TABLE t (a INTEGER, PRIMARY KEY (a autoincrement))",
                        "CREATE TABLE t (a INTEGER PRIMARY KEY)",
                        "~ primary-key t.(a): autoincrement gone, before yes"),
                row(
                        "primary key direction",
                        "CREATE TABLE t (a TEXT, b TEXT, PRIMARY KEY (a, b DESC))",
                        "CREATE TABLE t (a TEXT, b TEXT, PRIMARY KEY (a asc, b desc))",
                        "CREATE TABLE t (a TEXT, b TEXT, PRIMARY KEY (a, b))",
                        "~ primary-key t.(a, b): keys gone, before a, b desc"),
                row(
                        "primary key that is no rowid",
                        "CREATE TABLE t (a INTEGER PRIMARY KEY DESC)",
                        "CREATE TABLE t (a INTEGER primary key desc)",
                        "CREATE TABLE t (a INTEGER, PRIMARY KEY (a DESC))",
                        "~ primary-key t.(a): column order gone, before desc; keys a desc, before none"),
                row(
                        "primary key collation",
                        "CREATE TABLE t (a TEXT COLLATE NOCASE, PRIMARY KEY (a COLLATE NOCASE))",
                        "CREATE TABLE t (a TEXT COLLATE NOCASE, PRIMARY KEY (a))",
                        "CREATE TABLE t (a TEXT COLLATE NOCASE, PRIMARY KEY (a COLLATE BINARY))",
                        "~ primary-key t.(a): keys a collate binary, before none"),
                row(
                        "primary key conflict",
                        "CREATE TABLE t (a INT PRIMARY KEY ON CONFLICT REPLACE)",
                        "CREATE TABLE t (a INT, PRIMARY KEY (a) on conflict replace)",
                        "CREATE TABLE t (a INT PRIMARY KEY)",
                        "~ primary-key t.(a): on conflict gone, before replace"),
                row(
                        "unique",
                        "CREATE TABLE t (a INT UNIQUE, b INT)",
                        "CREATE TABLE t (a INT, b INT, UNIQUE (\"A\"))",
                        "CREATE TABLE t (a INT, b INT UNIQUE)",
                        "+ unique t.(b) (columns b)",
                        "- unique t.(a) (columns a)"),
                row(
                        "unique name",
                        "CREATE TABLE t (a INT, CONSTRAINT uq UNIQUE (a))",
                        "CREATE TABLE t (a INT CONSTRAINT [uq] UNIQUE)",
                        "CREATE TABLE t (a INT, CONSTRAINT uq2 UNIQUE (a))",
                        "+ unique t.uq2 (columns a)",
                        "- unique t.uq (columns a)"),
                row(
                        "unique conflict",
                        "CREATE TABLE t (a INT UNIQUE ON CONFLICT ROLLBACK)",
                        "CREATE TABLE t (a INT, UNIQUE (a) ON CONFLICT rollback)",
                        "CREATE TABLE t (a INT UNIQUE)",
                        "~ unique t.(a): on conflict gone, before rollback"),
                row(
                        "unique collation",
                        "CREATE TABLE t (a TEXT, UNIQUE (a COLLATE NOCASE))",
                        "CREATE TABLE t (a TEXT, UNIQUE (a collate nocase))",
                        "CREATE TABLE t (a TEXT, UNIQUE (a))",
                        "~ unique t.(a): keys gone, before a collate nocase"),
                row(
                        "unique order",
                        "CREATE TABLE t (a INT, b INT, UNIQUE (a), UNIQUE (b))",
                        "CREATE TABLE t (a INT, b INT, UNIQUE (b) UNIQUE (a))",
                        "CREATE TABLE t (a INT, b INT, UNIQUE (a, b))",
                        "- unique t.(a) (columns a)",
                        "- unique t.(b) (columns b)",
                        "+ unique t.(a, b) (columns a, b)"),
                row(
                        "check",
                        "CREATE TABLE t (a INT CHECK (a > 0))",
                        "CREATE TABLE t (a INT, check (((A>0))))",
                        "CREATE TABLE t (a INT CHECK (a > 1))",
                        "~ check t.(a): expression a > 1, before a > 0"),
                row(
                        "check name",
                        "CREATE TABLE t (a INT CONSTRAINT positive CHECK (a > 0))",
                        "CREATE TABLE t (a INT, CONSTRAINT \"positive\" CHECK (\"a\" > 0))",
                        "CREATE TABLE t (a INT CHECK (a > 0))",
                        "- check t.positive (expression a > 0)",
                        "+ check t.(a) (expression a > 0)"),
                row(
                        "checks in another order",
                        "CREATE TABLE t (a INT, CHECK (a > 0), CHECK (a < 9))",
                        "CREATE TABLE t (a INT, CHECK (a < 9), CHECK (a > 0))",
                        "CREATE TABLE t (a INT, CHECK (a < 9))",
                        "- check t.(a) (expression a > 0)"),
                row(
                        "check text",
                        "CREATE TABLE t (a TEXT CHECK (a IN ('New', 'Paid')))",
                        "CREATE TABLE t (a TEXT CHECK (a in (\"New\",\"Paid\")))",
                        "CREATE TABLE t (a TEXT CHECK (a IN ('new', 'Paid')))",
                        "~ check t.(a): expression a in ('new', 'Paid'), before a in ('New', 'Paid')"),
                row(
                        "check columns",
                        "CREATE TABLE t (a INT, b INT, CHECK (b > a))",
                        "CREATE TABLE t (a INT, b INT CHECK ([B] > a))",
                        "CREATE TABLE t (a INT, b INT)",
                        "- check t.(a, b) (expression b > a)"),
                row(
                        "foreign key",
                        PARENT + "CREATE TABLE t (p INT REFERENCES parent (id))",
                        PARENT + "CREATE TABLE t (p INT, FOREIGN KEY (\"P\") REFERENCES \"Parent\" (ID))",
                        PARENT + "CREATE TABLE t (p INT REFERENCES parent (code))",
                        "~ foreign-key t.(p): references parent (code), before parent (id)"),
                row(
                        "foreign key with implied column",
                        PARENT + "CREATE TABLE t (p INT REFERENCES parent)",
                        PARENT + "CREATE TABLE t (p INT REFERENCES parent (id))",
                        PARENT + "CREATE TABLE t (p INT)",
                        "- foreign-key t.(p) (columns p, references parent (id))"),
                row(
                        "foreign key name",
                        PARENT + "CREATE TABLE t (p INT CONSTRAINT fk REFERENCES parent)",
                        PARENT + "CREATE TABLE t (p INT, CONSTRAINT `fk` FOREIGN KEY (p) REFERENCES parent)",
                        PARENT + "CREATE TABLE t (p INT REFERENCES parent)",
                        "+ foreign-key t.(p)",
                        "- foreign-key t.fk"),
                row(
                        "on delete",
                        PARENT + "CREATE TABLE t (p INT REFERENCES parent ON DELETE SET NULL)",
                        PARENT + "CREATE TABLE t (p INT REFERENCES parent on delete set null on update no action)",
                        PARENT + "CREATE TABLE t (p INT REFERENCES parent ON DELETE CASCADE)",
                        "~ foreign-key t.(p): on delete cascade, before set null"),
                row(
                        "on update",
                        PARENT + "CREATE TABLE t (p INT REFERENCES parent ON UPDATE SET DEFAULT)",
                        PARENT + "CREATE TABLE t (p INT REFERENCES parent on update set default)",
                        PARENT + "CREATE TABLE t (p INT REFERENCES parent)",
                        "~ foreign-key t.(p): on update gone, before set default"),
                row(
                        "deferred",
                        PARENT + "CREATE TABLE t (p INT REFERENCES parent DEFERRABLE INITIALLY DEFERRED)",
                        PARENT
                                + "CREATE TABLE t (p INT, FOREIGN KEY (p) REFERENCES parent deferrable initially deferred)",
                        PARENT + "CREATE TABLE t (p INT REFERENCES parent NOT DEFERRABLE INITIALLY DEFERRED)",
                        "~ foreign-key t.(p): deferrable gone, before initially deferred"),
                row(
                        "deferrable",
                        PARENT + "CREATE TABLE t (p INT REFERENCES parent DEFERRABLE)",
                        PARENT + "CREATE TABLE t (p INT REFERENCES parent DEFERRABLE INITIALLY IMMEDIATE)",
                        PARENT + "CREATE TABLE t (p INT REFERENCES parent)",
                        "~ foreign-key t.(p): deferrable gone, before initially immediate"),
                row(
                        "match",
                        PARENT + "CREATE TABLE t (p INT REFERENCES parent MATCH FULL)",
                        PARENT + "CREATE TABLE t (p INT REFERENCES parent match full)",
                        PARENT + "CREATE TABLE t (p INT REFERENCES parent MATCH SIMPLE)",
                        "~ foreign-key t.(p): match gone, before full"),
                row(
                        "without rowid",
                        "CREATE TABLE t (a INT PRIMARY KEY) WITHOUT ROWID",
                        "CREATE TABLE t (a INT PRIMARY KEY) without /**/ rowid",
                        "CREATE TABLE t (a INT PRIMARY KEY)",
                        "~ table t: without rowid gone, before yes",
                        "~ column t.a: nullable yes, before no"),
                row(
                        "strict",
                        "CREATE TABLE t (a INT PRIMARY KEY) STRICT, WITHOUT ROWID",
                        "CREATE TABLE t (a INT PRIMARY KEY) without rowid,strict",
                        "CREATE TABLE t (a INT PRIMARY KEY) WITHOUT ROWID",
                        "~ table t: strict gone, before yes"),
                row(
                        "column of a foreign key",
                        PARENT + "CREATE TABLE t (a INT REFERENCES parent, b INT)",
                        PARENT + "CREATE TABLE t (a INT, b INT, FOREIGN KEY (a) REFERENCES parent)",
                        PARENT + "CREATE TABLE t (a INT, b INT REFERENCES parent)",
                        "- foreign-key t.(a) (columns a, references parent (id))",
                        "+ foreign-key t.(b) (columns b, references parent (id))"),
                row(
                        "foreign key of two columns",
                        "CREATE TABLE u (x, y, UNIQUE (x, y));CREATE TABLE t (a, b, FOREIGN KEY (a, b) REFERENCES u (x, y))",
                        "CREATE TABLE u (x, y, UNIQUE (x, y));CREATE TABLE t (a, b, foreign key (\"a\", b) references u (x,y))",
                        "CREATE TABLE u (x, y, UNIQUE (x, y));CREATE TABLE t (a, b, FOREIGN KEY (a) REFERENCES u (x))",
                        "- foreign-key t.(a, b)",
                        "+ foreign-key t.(a)"),
                row(
                        "foreign key's table",
                        PARENT + "CREATE TABLE u (id INTEGER PRIMARY KEY);CREATE TABLE t (p INT REFERENCES parent)",
                        PARENT + "CREATE TABLE u (id INTEGER PRIMARY KEY);CREATE TABLE t (p INT references [parent])",
                        PARENT + "CREATE TABLE u (id INTEGER PRIMARY KEY);CREATE TABLE t (p INT REFERENCES u)",
                        "~ foreign-key t.(p): references u (id), before parent (id)"));
    }

    static Arguments row(String what, String definition, String same, String other, String... found) {
        return arguments(what, definition, same, other, List.of(found));
    }

    static Schema read(String script) throws SQLException {
        return SqliteFixture.schemaOf(statements(script));
    }

    /** Splits a script at semicolons, except inside the bodies of triggers. */
    static String[] statements(String script) {
        return script.split(";(?=\\s*(?i:create))", -1);
    }
}
