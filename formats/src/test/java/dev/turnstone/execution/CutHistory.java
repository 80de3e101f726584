package dev.turnstone.execution;

import static dev.turnstone.testing.DatabaseForTests.revision;

import dev.turnstone.format.GolangMigrateSource;
import dev.turnstone.operation.ColumnChange;
import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operation;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.RevisionHeader;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.Index;
import dev.turnstone.source.ClassSource;
import dev.turnstone.source.RevisionSource;
import dev.turnstone.source.Scripts;
import dev.turnstone.source.SqlFileSource;
import dev.turnstone.testing.DatabaseForTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * A history that must survive a crash at any statement.
 *
 * @param name the display name
 * @param source returns its revisions; files are created in the folder of the database
 */
record CutHistory(String name, Function<DatabaseForTests, RevisionSource> source) {

    Scripts scripts(DatabaseForTests database) {
        return Scripts.load(List.of(source.apply(database)));
    }

    @Override
    public String toString() {
        return name;
    }

    static CutHistory files(String name, String... files) {
        return new CutHistory(name, database -> SqlFileSource.of(database.revisions(files)));
    }

    static final CutHistory STATEMENTS = files(
            "statements in one transaction each",
            revision("a", "", """
                    CREATE TABLE authors (id integer PRIMARY KEY, name text NOT NULL);
                    INSERT INTO authors VALUES (1, 'Ann'), (2, 'Bob');
                    CREATE TABLE books (id integer PRIMARY KEY, author integer REFERENCES authors (id), title text);
                    INSERT INTO books VALUES (1, 1, 'One'), (2, 1, 'Two'), (3, 2, 'Three');""", "DROP TABLE books;\nDROP TABLE authors;"),
            revision("b", "a", """
                    ALTER TABLE authors ADD COLUMN books integer DEFAULT 0 NOT NULL;
                    UPDATE authors SET books = (SELECT count(*) FROM books WHERE author = authors.id);
                    -- unless index ix_books_author
                    CREATE INDEX ix_books_author ON books (author);
                    -- end
                    CREATE VIEW prolific AS SELECT name FROM authors WHERE books > 1;
                    DELETE FROM books WHERE id = 3;""", """
                    INSERT INTO books VALUES (3, 2, 'Three');
                    DROP VIEW prolific;
                    DROP INDEX ix_books_author;
                    ALTER TABLE authors DROP COLUMN books;"""));

    static final CutHistory BRANCHES = files(
            "branches that are merged",
            revision("a", "", "CREATE TABLE one (x integer);", "DROP TABLE one;"),
            revision("b", "a", "CREATE TABLE two (x integer);", "DROP TABLE two;"),
            revision("c", "a", "INSERT INTO one VALUES (1);", "DELETE FROM one;"),
            revision("d", "b, c", "INSERT INTO two SELECT x FROM one;", "DELETE FROM two;"));

    static final CutHistory CODE = new CutHistory(
            "classes with barriers", database -> ClassSource.of(Shelves.class, ShelfNumbers.class, ShelfIndex.class));

    static final CutHistory CONCURRENTLY = files(
            "statements without transaction that can run again",
            revision("a", "", """
                    CREATE TYPE mood AS ENUM ('sad');
                    CREATE TABLE one (x integer, m mood);
                    INSERT INTO one VALUES (1, 'sad'), (2, NULL);
                    CREATE INDEX old ON one (x);""", "DROP TABLE one;"),
            withoutTransaction("b", "a", """
                    ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok';
                    UPDATE one SET m = 'ok' WHERE m IS NULL;
                    CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON one (m);
                    DROP INDEX CONCURRENTLY IF EXISTS old;"""),
            revision("c", "b", "INSERT INTO one VALUES (3, 'ok');", "DELETE FROM one WHERE x = 3;"));

    static final CutHistory AS_WRITTEN = new CutHistory("another tool's files with their own transactions", db -> {
        Path folder = write(
                db,
                "1_a.up.sql",
                """
                BEGIN;
                CREATE TABLE IF NOT EXISTS one (x integer PRIMARY KEY);
                INSERT INTO one VALUES (1) ON CONFLICT DO NOTHING;
                COMMIT;
                """,
                "2_b.up.sql",
                "CREATE TABLE two (x integer);\nINSERT INTO two SELECT x FROM one;\n");
        return GolangMigrateSource.of(folder);
    });

    static final CutHistory FIRST_WITHOUT_TRANSACTION = files(
            "a first revision without transaction",
            withoutTransaction("a", "", "CREATE TABLE IF NOT EXISTS one (x integer);"),
            revision("b", "a", "INSERT INTO one VALUES (1);", "DELETE FROM one;"));

    static final CutHistory AUTOCOMMIT_BLOCK = files(
            "a block outside of the transaction",
            revision("a", "", "CREATE TABLE one (x integer PRIMARY KEY, t text);", "DROP TABLE one;"),
            revision("b", "a", """
                    CREATE TABLE IF NOT EXISTS two (x integer PRIMARY KEY);
                    INSERT INTO one VALUES (1, 'a') ON CONFLICT DO NOTHING;
                    -- autocommit
                    CREATE INDEX IF NOT EXISTS i ON one (t);
                    VACUUM;
                    -- end
                    INSERT INTO two VALUES (1);
                    UPDATE one SET t = t || 'b';""", "DROP TABLE two;\nDROP INDEX i;\nDELETE FROM one;"),
            revision("c", "b", "INSERT INTO two VALUES (2);", "DELETE FROM two WHERE x = 2;"));

    /** More rows than fit into the page cache. */
    static final CutHistory MANY_ROWS = new CutHistory("many rows, on SQLite", db -> SqlFileSource.of(manyRowsIn(db)));

    static Path manyRowsIn(DatabaseForTests database) {
        return database.revisions(
                revision(
                        "a",
                        "",
                        "CREATE TABLE one (x integer PRIMARY KEY, t text);\n" + rows("one")
                                + "CREATE INDEX i ON one (t, x);",
                        "DROP TABLE one;"),
                revision("b", "a", """
                        UPDATE one SET t = t || 'b';
                        CREATE TABLE two AS SELECT * FROM one;
                        DELETE FROM one WHERE x % 3 = 0;""", "DROP TABLE two;"));
    }

    private static String rows(String table) {
        return "INSERT INTO " + table
                + "\n  WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 300)"
                + "\n  SELECT x, printf('%0200d', x) FROM n;\n";
    }

    static final CutHistory REBUILD = new CutHistory(
            "a rebuild of a table with dependent objects",
            database -> ClassSource.of(Library.class, LibraryAnew.class, LibraryAnewInParts.class));

    static final CutHistory REBUILD_IN_ONE = new CutHistory(
            "a rebuild in the transaction of the run", database -> ClassSource.of(Library.class, LibraryAnew.class));

    static final String REBUILD_CLASSES =
            String.join(",", Library.class.getName(), LibraryAnew.class.getName(), LibraryAnewInParts.class.getName());

    static final CutHistory AUTOCOMMIT_ON_SQLITE = files(
            "statements without transaction that can run again, on SQLite",
            revision(
                    "a",
                    "",
                    "CREATE TABLE one (x integer PRIMARY KEY, t text);\nINSERT INTO one VALUES (1, 'a');",
                    "DROP TABLE one;"),
            withoutTransaction("b", "a", """
                    CREATE TABLE IF NOT EXISTS two (x integer PRIMARY KEY);
                    INSERT INTO two VALUES (1), (2) ON CONFLICT DO NOTHING;
                    UPDATE one SET t = 'b';
                    VACUUM;"""),
            revision("c", "b", "INSERT INTO two VALUES (3);", "DELETE FROM two WHERE x = 3;"));

    private static final String FILLED =
            revision("a", "", "CREATE TABLE one (x integer);\nINSERT INTO one VALUES (1), (2);", "DROP TABLE one;");

    /** A revision that creates the index {@code "I i"}. */
    static CutHistory indexOf(String name, String statement) {
        return files("an index, " + name, FILLED, withoutTransaction("b", "a", statement));
    }

    static final CutHistory INDEX_OPERATION =
            new CutHistory("an index, by operation", database -> ClassSource.of(Ones.class, IndexOfOnes.class));

    static String withoutTransaction(String id, String parents, String upgrade) {
        return "-- revision: " + id + "\n" + (parents.isEmpty() ? "" : "-- parents: " + parents + "\n")
                + "-- no transaction\n\n-- upgrade\n" + upgrade + "\n-- irreversible: It is a test.\n";
    }

    private static Path write(DatabaseForTests database, String... namesAndTexts) {
        try {
            Path folder = Files.createTempDirectory(database.folder(), "files");
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                Files.writeString(folder.resolve(namesAndTexts[i]), namesAndTexts[i + 1]);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a table and fills it behind a barrier. */
    @RevisionHeader(id = "a")
    public static final class Shelves implements Migration {
        @Override
        public void upgrade(Operations op) {
            op.createTable("shelves", Column.of("id", ColumnType.integer()), Column.of("room", ColumnType.text()));
            if (op.columns("shelves").contains("room")) {
                op.execute("INSERT INTO shelves VALUES (1, 'north'), (2, 'south')");
            }
        }

        @Override
        public void downgrade(Operations op) {
            op.dropTable("shelves");
        }
    }

    /** Changes the table, in two parts. */
    @RevisionHeader(id = "b", parents = "a")
    public static final class ShelfNumbers implements Migration {
        @Override
        public void upgrade(Operations op) {
            op.addColumn("shelves", Column.of("number", ColumnType.integer()));
            op.execute("UPDATE shelves SET number = id * 10");
            if (!op.hasIndex("ix_shelves_number")) {
                op.createIndex("ix_shelves_number", "shelves", "number");
            }
        }

        @Override
        public void downgrade(Operations op) {
            op.dropIndex("ix_shelves_number");
            op.dropColumn("shelves", "number");
        }
    }

    /** Creates an index without a transaction, on PostgreSQL concurrently. */
    @RevisionHeader(id = "c", parents = "b", transaction = false)
    public static final class ShelfIndex implements Migration {
        @Override
        public void upgrade(Operations op) {
            if (!op.hasIndex("ix_shelves_room")) {
                op.execute("CREATE INDEX " + (op.dialect().equals("postgresql") ? "CONCURRENTLY " : "")
                        + "ix_shelves_room ON shelves (room)");
            }
        }

        @Override
        public void downgrade(Operations op) {
            op.execute("DROP INDEX IF EXISTS ix_shelves_room");
        }
    }

    /** A filled table. */
    @RevisionHeader(id = "a")
    public static final class Ones implements Migration {
        @Override
        public void upgrade(Operations op) {
            op.createTable("one", Column.of("x", ColumnType.integer()));
            op.execute("INSERT INTO one VALUES (1), (2)");
        }

        @Override
        public void downgrade(Operations op) {
            op.dropTable("one");
        }
    }

    /** Creates an index concurrently. */
    @RevisionHeader(id = "b", parents = "a", transaction = false, irreversible = "It is a test.")
    public static final class IndexOfOnes implements Migration {
        @Override
        public void upgrade(Operations op) {
            op.createIndexConcurrently("one", Index.of("I i", "x"));
        }
    }

    /** A table with child tables, triggers, views, an identity and rows for several pages. */
    @RevisionHeader(id = "a")
    public static final class Library implements Migration {
        @Override
        public void upgrade(Operations op) {
            op.execute("""
                    CREATE TABLE authors (
                      id integer PRIMARY KEY AUTOINCREMENT, name text COLLATE NOCASE NOT NULL, born integer,
                      teacher integer REFERENCES authors (id) ON DELETE CASCADE, CHECK (born > 0));
                    CREATE TABLE books (
                      id integer PRIMARY KEY, author integer NOT NULL REFERENCES authors (id) ON DELETE CASCADE, title text);
                    CREATE TABLE log (what text);
                    CREATE INDEX ix_authors_name ON authors (name DESC) WHERE born > 10;
                    CREATE VIEW old_authors AS SELECT name FROM authors WHERE born < 1800;
                    CREATE TRIGGER authors_gone AFTER DELETE ON authors BEGIN INSERT INTO log VALUES (old.name); END;
                    INSERT INTO authors (id, name, born)
                      WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 200)
                      SELECT x, printf('%0150d', x), x FROM n;
                    UPDATE authors SET teacher = id - 1 WHERE id > 1;
                    INSERT INTO authors (id, name) VALUES (900, 'the last');
                    DELETE FROM authors WHERE id = 900;
                    INSERT INTO books (author, title) SELECT id, 'of ' || name FROM authors;
                    """);
        }

        @Override
        public void downgrade(Operations op) {
            op.execute("DROP VIEW old_authors; DROP TABLE log; DROP TABLE books; DROP TABLE authors");
        }
    }

    /** Rebuilds parent and child in one transaction. */
    @RevisionHeader(id = "b", parents = "a")
    public static final class LibraryAnew implements Migration {
        @Override
        public void upgrade(Operations op) {
            op.batchAlterTable("authors", batch -> batch.alterColumn(
                            "born", ColumnChange.nothing().type(ColumnType.bigint()))
                    .addColumn(Column.of("died", ColumnType.integer()))
                    .recreate(Operation.Recreate.ALWAYS));
            op.batchAlterTable("books", batch -> batch.alterColumn(
                            "title", ColumnChange.nothing().notNull())
                    .recreate(Operation.Recreate.ALWAYS));
            op.execute("UPDATE authors SET died = born + 60");
        }

        @Override
        public void downgrade(Operations op) {
            op.batchAlterTable("authors", batch -> batch.dropColumn("died").recreate(Operation.Recreate.ALWAYS));
        }
    }

    /** Rebuilds a table in a revision without a transaction. */
    @RevisionHeader(id = "c", parents = "b", transaction = false, irreversible = "It is a test.")
    public static final class LibraryAnewInParts implements Migration {
        @Override
        public void upgrade(Operations op) {
            op.batchAlterTable("authors", batch -> batch.alterColumn(
                            "born", ColumnChange.nothing().defaultTo("1"))
                    .recreate(Operation.Recreate.ALWAYS));
        }
    }
}
