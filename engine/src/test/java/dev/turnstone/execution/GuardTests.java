package dev.turnstone.execution;

import static dev.turnstone.testing.DatabaseForTests.revision;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.Migrator;
import dev.turnstone.operation.Migration;
import dev.turnstone.operation.Operations;
import dev.turnstone.operation.RevisionHeader;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.source.ClassSource;
import dev.turnstone.source.Scripts;
import dev.turnstone.testing.DatabaseForTests;
import dev.turnstone.testing.EachDialect;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardTests {

    /** Writes the answers of its questions into a table. */
    @RevisionHeader(id = "asking", irreversible = "It is a test.")
    public static final class Asking implements Migration {
        @Override
        public void upgrade(Operations op) {
            op.createTable("seen", Column.of("what", ColumnType.text()));
            see(op, "before", op.hasTable("one"), op.columns("one"), op.indexes("one"), op.hasIndex("i"));
            op.execute("CREATE TABLE one (x integer, y integer)");
            op.createIndex("i", "one", "y");
            see(op, "after", op.hasTable("one"), op.columns("one"), op.indexes("one"), op.hasIndex("i"));
        }

        private static void see(Operations op, Object... what) {
            op.execute("INSERT INTO seen VALUES ('" + List.of(what) + "')");
        }
    }

    @EachDialect
    void questionsSeeTheStatementsRecordedBefore(DatabaseForTests database) {
        Migrator.of(database.dataSource(), Scripts.load(List.of(ClassSource.of(Asking.class))))
                .upgrade("head");

        assertThat(database.strings("SELECT what FROM seen"))
                .containsExactly("[before, false, [], [], false]", "[after, true, [x, y], [i], true]");
    }

    private static final String GUARDED = """
            CREATE TABLE one (x integer);
            -- unless table two
            CREATE TABLE two (x integer);
            -- end
            -- unless column one.y
            ALTER TABLE one ADD COLUMN y integer;
            -- end
            -- unless index i
            CREATE INDEX i ON one (x);
            -- end""";

    @EachDialect
    void createsAMissingObject(DatabaseForTests database) {
        database.migrator(revision("a", "", GUARDED, "DROP TABLE one;")).upgrade("head");

        assertThat(database.tables()).containsExactly("one", "turnstone_version", "two");
        assertThat(database.indexes()).containsExactly("i");
        database.execute("INSERT INTO one (x, y) VALUES (1, 2)");
    }

    @EachDialect
    void skipsAnExistingObject(DatabaseForTests database) {
        database.execute("CREATE TABLE two (x integer)");
        database.execute("CREATE TABLE one (x integer, y integer)");
        database.execute("CREATE INDEX i ON one (x)");

        database.migrator(revision(
                        "a",
                        "",
                        GUARDED.replace("CREATE TABLE one (x integer);", "DELETE FROM one;"),
                        "DROP TABLE one;"))
                .allowNonEmpty()
                .upgrade("head");

        assertThat(database.versionRows()).containsExactly("a");
    }

    /**
     * An interrupted CREATE or DROP INDEX CONCURRENTLY leaves an invalid index, which must be created again or dropped.
     */
    @Test
    void createsAnInvalidIndexAgainBehindUnlessAndDropsItBehindIf() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            Migrator migrator =
                    database.migrator(revision("a", "", "CREATE TABLE one (x integer);", "DROP TABLE one;"), """
                    -- revision: b
                    -- parents: a

                    -- upgrade
                    -- autocommit
                    -- unless index i
                    CREATE INDEX CONCURRENTLY i ON one (x);
                    -- end
                    -- end

                    -- downgrade
                    -- autocommit
                    -- if index i
                    DROP INDEX CONCURRENTLY i;
                    -- end
                    -- end
                    """);
            migrator.upgrade("a");
            database.execute("CREATE INDEX i ON one (x)");
            String valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = '" + database.schema() + ".i'::regclass";
            String cut =
                    "UPDATE pg_index SET indisvalid = false WHERE indexrelid = '" + database.schema() + ".i'::regclass";

            database.execute(cut);
            migrator.upgrade("b");
            assertThat(database.strings(valid)).containsExactly("t");

            database.execute(cut);
            migrator.downgrade("a");
            assertThat(database.indexes()).isEmpty();
        }
    }

    @Test
    void ignoresObjectsOfAnotherSchema() throws Exception {
        try (DatabaseForTests database = DatabaseForTests.postgresql()) {
            String table = database.schema() + "_two";
            database.execute("CREATE TABLE public." + table + " (x integer, y integer)");
            try {
                database.execute("CREATE INDEX " + table + "_i ON public." + table + " (x)");
                database.migrator(revision(
                                "a",
                                "",
                                GUARDED.replace("two", table)
                                        .replace("one", table + "_one")
                                        .replace("index i", "index " + table + "_i")
                                        .replace("INDEX i", "INDEX " + table + "_i"),
                                "DROP TABLE one;"))
                        .upgrade("head");

                assertThat(database.tables()).containsExactly(table, table + "_one", "turnstone_version");
                assertThat(database.indexes()).containsExactly(table + "_i");
            } finally {
                database.execute("DROP TABLE public." + table);
            }
        }
    }
}
