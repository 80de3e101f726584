package dev.turnstone.dialect.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.SchemaTracker;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.operation.Location;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import dev.turnstone.testing.DatabaseForTests;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An incremental read returns the same schema as a full read. */
class FollowedCatalogTests {

    private static final String SHOP = """
            CREATE TABLE customer (id INTEGER PRIMARY KEY AUTOINCREMENT, mail TEXT NOT NULL UNIQUE COLLATE NOCASE, score INT DEFAULT 1 CHECK (score > 0));
            CREATE TABLE item (id INTEGER PRIMARY KEY, name VARCHAR(40), price NUMERIC CHECK (price > 0), doubled INT GENERATED ALWAYS AS (price * 2) STORED);
            CREATE TABLE purchase (customer INT REFERENCES customer ON DELETE CASCADE, item INT CONSTRAINT what REFERENCES item (id), at TEXT DEFAULT CURRENT_TIMESTAMP);
            CREATE INDEX by_customer ON purchase (customer, at DESC);
            CREATE UNIQUE INDEX by_lower ON item (lower(name)) WHERE price > 1;
            CREATE VIEW good (id, mail) AS SELECT id, mail FROM customer WHERE score > 5;
            CREATE VIEW mails AS SELECT mail FROM good;
            CREATE TRIGGER touched AFTER UPDATE OF mail ON customer BEGIN UPDATE purchase SET at = 'x' WHERE customer = NEW.id; END;
            CREATE TRIGGER instead INSTEAD OF DELETE ON good BEGIN DELETE FROM customer WHERE id = OLD.id; END;
            """;

    /** Each line is a case; bars separate its steps. */
    private static final List<String> CASES =
            """
            ALTER TABLE customer RENAME TO client | ALTER TABLE client RENAME TO customer
            ALTER TABLE customer RENAME mail TO address | ALTER TABLE customer RENAME address TO mail
            ALTER TABLE customer RENAME id TO number
            ALTER TABLE item ADD COLUMN weight REAL DEFAULT 0.5 | ALTER TABLE item DROP COLUMN weight
            ALTER TABLE purchase DROP COLUMN item
            CREATE TABLE more (id INT PRIMARY KEY, who REFERENCES customer) WITHOUT ROWID | DROP TABLE more
            CREATE TABLE strict (id INT PRIMARY KEY, a ANY) STRICT | ALTER TABLE strict RENAME TO severe
            DROP INDEX by_customer | CREATE INDEX by_customer ON item (name)
            DROP INDEX by_lower; CREATE UNIQUE INDEX by_lower ON item (upper(name))
            DROP VIEW mails | CREATE VIEW mails AS SELECT mail, id FROM good
            DROP TRIGGER touched | CREATE TRIGGER touched BEGIN_ ON customer BEGIN SELECT "more"; END
            CREATE TABLE later (x) | CREATE VIEW names AS SELECT "later", x FROM later | ALTER TABLE later RENAME x TO "mail"
            CREATE TRIGGER quoted AFTER INSERT ON item BEGIN INSERT INTO purchase (at) VALUES ("soon"); END | CREATE TABLE soon (soon) | DROP TABLE soon
            CREATE TABLE child (p REFERENCES parent) | CREATE TABLE parent (id INTEGER PRIMARY KEY) | DROP TABLE parent; CREATE TABLE parent (code TEXT PRIMARY KEY) | ALTER TABLE parent RENAME code TO name | ALTER TABLE parent RENAME TO elders
            CREATE TABLE item2 AS SELECT * FROM item | DROP TABLE item | ALTER TABLE item2 RENAME TO item
            PRAGMA legacy_alter_table = ON; CREATE TABLE t2 (id INTEGER PRIMARY KEY, name TEXT); DROP TABLE item; ALTER TABLE t2 RENAME TO item
            INSERT INTO item (name, price) VALUES ('x', 1) | UPDATE item SET name = 'y' | DELETE FROM item
            BEGIN; CREATE TABLE never (x); ROLLBACK | CREATE TABLE ever (x)
            BEGIN; ALTER TABLE item ADD a; ALTER TABLE item ADD b DEFAULT 3; CREATE INDEX ab ON item (a, b); COMMIT
            BEGIN; ALTER TABLE item RENAME name TO x; ALTER TABLE item RENAME x TO name; COMMIT
            CREATE VIRTUAL TABLE words USING fts5(a, b) | ALTER TABLE item ADD c | INSERT INTO words VALUES ('a', 'b') | DROP TABLE words | ALTER TABLE item DROP COLUMN c
            PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, 'VARCHAR(40)', 'VARCHAR(80)') WHERE name = 'item'; PRAGMA schema_version = 990 | PRAGMA writable_schema = OFF; ALTER TABLE item ADD d
            PRAGMA user_version = 7
            VACUUM
            ANALYZE
            REINDEX
            DROP TABLE customer | CREATE TABLE customer (id INTEGER PRIMARY KEY, mail)
            """.replace("BEGIN_", "AFTER INSERT").lines().toList();

    private static int checked;

    static Stream<String> cases() {
        return CASES.stream();
    }

    @AfterAll
    static void say() {
        System.out.println("Incremental reading on SQLite: " + checked + " reads after a change checked.");
        assertThat(checked).isPositive();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsChangedObjects(String steps) throws SQLException, IOException {
        try (Followed followed = new Followed()) {
            for (String step : steps.split(" \\| ", -1)) {
                followed.run(step);
                followed.compare(step);
            }
            assertThat(followed.tracker.fullReads())
                    .as("only virtual tables make it read everything")
                    .isLessThanOrEqualTo(steps.contains("VIRTUAL") ? 5 : 1);
            assertThat(followed.beside.fullReads()).isEqualTo(followed.tracker.fullReads());
        }
    }

    @Test
    @Tag("property")
    void readsChangedObjectsInAnyOrder() throws SQLException, IOException {
        long seed = Long.getLong("turnstone.seed", System.nanoTime());
        Random random = new Random(seed);
        List<String> all =
                CASES.stream().flatMap(c -> Stream.of(c.split(" \\| ", -1))).toList();
        int passed = 0;
        for (int i = 0; i < Integer.getInteger("turnstone.tries", 20); i++) {
            StringBuilder story = new StringBuilder("-Dturnstone.seed=" + seed + ", try " + i);
            try (Followed followed = new Followed()) {
                for (int j = 0; j < 40; j++) {
                    String step = all.get(random.nextInt(all.size()));
                    try {
                        followed.run(step);
                    } catch (SQLException refused) {
                        followed.undo();
                    }
                    story.append('\n').append(step);
                    followed.compare(story.toString());
                    passed++;
                }
            }
        }
        System.out.println("Incremental reading on SQLite, random: " + passed + " changes checked, seed " + seed);
        assertThat(passed).isPositive();
    }

    @Test
    void uncommittedChangesAreNotReadOnTheChangingConnection() throws SQLException, IOException {
        try (Followed followed = new Followed()) {
            followed.run("BEGIN; CREATE TABLE never (x)");
            followed.compare("within a transaction");
            followed.run("ROLLBACK; CREATE TABLE ever (x)");
            followed.compare("after it");
            assertThat(followed.beside.readOn(followed.connection).table("ever"))
                    .isPresent();
        }
    }

    @Test
    void nothingIsReadOnAConnectionWithAnOldSnapshot() throws SQLException, IOException {
        try (Followed followed = new Followed();
                Statement other = followed.reading.createStatement()) {
            other.executeUpdate("PRAGMA journal_mode = WAL");
            followed.run("CREATE TABLE ever (x)");
            followed.compare("with a log of what is written");
            followed.run("BEGIN; SELECT count(*) FROM customer");
            other.execute("CREATE TABLE meanwhile (x)");
            followed.compare("while the connection that changes has a transaction open");
            assertThat(followed.beside.readOn(followed.connection).table("meanwhile"))
                    .isPresent();
        }
    }

    @Test
    void nothingIsReadOnAClosedConnection() throws SQLException, IOException {
        try (Followed followed = new Followed()) {
            Connection closed = followed.database.dataSource().getConnection();
            closed.close();
            followed.run("CREATE TABLE ever (x)");
            assertThat(followed.beside.readOn(closed).table("ever")).isPresent();
        }
    }

    @Test
    void theCatalogIsNotParsedAgainOnTheChangingConnection() throws SQLException, IOException {
        try (Followed followed = new Followed()) {
            AtomicInteger prepared = new AtomicInteger();
            Connection own = counting(followed.database.dataSource().getConnection(), prepared);
            try (SchemaTracker tracker = SqliteDialect.INSTANCE.track(own, Scope.schema("main"))) {
                tracker.read();
                prepared.set(0);
                followed.run("CREATE TABLE ever (x)");
                assertThat(tracker.readOn(followed.connection).table("ever")).isPresent();
                assertThat(prepared)
                        .as("of its own, only whether anything has changed")
                        .hasValue(1);
                followed.run("PRAGMA user_version = 7; CREATE TABLE more (x)");
                tracker.ran(List.of(new SqlStatement(
                        "PRAGMA user_version = 7", Location.of("test"), SqlStatement.Traits.ORDINARY)));
                assertThat(tracker.readOn(followed.connection).table("more")).isPresent();
                assertThat(prepared).as("after a pragma, everything on its own").hasValueGreaterThan(2);
            }
        }
    }

    /** Counts the created statements. A full read needs at least two. */
    private static Connection counting(Connection real, AtomicInteger made) {
        return (Connection) Proxy.newProxyInstance(
                FollowedCatalogTests.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (p, method, arguments) -> {
                    if (method.getName().equals("createStatement")
                            || method.getName().equals("prepareStatement")) {
                        made.incrementAndGet();
                    }
                    return method.invoke(real, arguments);
                });
    }

    private static final class Followed implements AutoCloseable {
        private final DatabaseForTests database = DatabaseForTests.sqlite();
        private final Connection connection = database.dataSource().getConnection();
        private final Connection reading = database.dataSource().getConnection();
        private final SchemaTracker tracker =
                SqliteDialect.INSTANCE.track(database.dataSource().getConnection(), Scope.schema("main"));

        /** Reads on the connection that makes the changes. */
        private final SchemaTracker beside =
                SqliteDialect.INSTANCE.track(database.dataSource().getConnection(), Scope.schema("main"));

        Followed() throws SQLException {
            run("BEGIN;" + SHOP + "COMMIT");
            tracker.read();
            beside.read();
        }

        void run(String sql) throws SQLException {
            beside.ran(List.of(new SqlStatement(sql, Location.of("test"), SqlStatement.Traits.ORDINARY)));
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(sql);
            }
        }

        void undo() throws SQLException {
            try {
                run("ROLLBACK");
            } catch (SQLException nothingBegun) {
                assertThat(nothingBegun.getMessage()).contains("no transaction");
            }
        }

        void compare(String what) throws SQLException {
            Schema full = SqliteDialect.INSTANCE.read(reading, Scope.schema("main"));
            Schema followed = tracker.read();
            assertThat(SchemaDiff.between(full, followed).differences())
                    .as(what)
                    .isEmpty();
            assertThat(followed).as(what).isEqualTo(full);
            assertThat(beside.readOn(connection))
                    .as("on the connection that changes, " + what)
                    .isEqualTo(full);
            checked++;
        }

        @Override
        public void close() throws SQLException, IOException {
            connection.close();
            reading.close();
            tracker.close();
            beside.close();
            database.close();
        }
    }
}
