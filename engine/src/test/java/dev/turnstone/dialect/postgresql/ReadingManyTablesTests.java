package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.postgresql.PostgresForTests.InSchema;
import dev.turnstone.schema.Schema;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadingManyTablesTests {

    private static void createTables(InSchema in, int from, int to) throws SQLException {
        StringBuilder sql = new StringBuilder();
        for (int i = from; i < to; i++) {
            sql.append("""
                    CREATE TABLE t%1$d (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL DEFAULT 'x',
                      made timestamptz DEFAULT now(), amount numeric(8, 2) CHECK (amount > 0), mail varchar(90) UNIQUE,
                      up bigint REFERENCES t%1$d, a int, b int, c int, d int);
                    CREATE INDEX ON t%1$d (up); CREATE INDEX ON t%1$d (lower(name), a DESC);
                    """.formatted(i));
        }
        in.run(sql.toString());
    }

    /** Counts the messages that are sent. */
    private static Connection counting(Connection connection, AtomicInteger sent) {
        return proxy(
                Connection.class,
                connection,
                (name, result) -> result instanceof PreparedStatement statement
                        ? proxy(PreparedStatement.class, statement, (method, same) -> {
                            if (method.startsWith("execute")) {
                                sent.incrementAndGet();
                            }
                            return same;
                        })
                        : result);
    }

    private interface After {
        Object call(String method, Object result);
    }

    private static <T> T proxy(Class<T> type, T target, After after) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return after.call(method.getName(), method.invoke(target, arguments));
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause() == null ? failure : failure.getCause();
                    }
                }));
    }

    @Test
    void aReadTakesTwoRoundTripsForAnyNumberOfTables() throws SQLException {
        try (InSchema in = new InSchema("many")) {
            createTables(in, 0, 1);
            AtomicInteger sent = new AtomicInteger();
            Connection counted = counting(in.connection, sent);
            PostgresDialect.INSTANCE.read(counted, Scope.schema(in.schema));
            assertThat(sent).hasValue(2);

            createTables(in, 1, 100);
            assertThat(PostgresDialect.INSTANCE
                            .read(counted, Scope.schema(in.schema))
                            .tables())
                    .hasSize(100);
            assertThat(sent).hasValue(4);
        }
    }

    @Test
    void aReadSucceedsWhileTablesAreDropped() throws SQLException {
        try (InSchema in = new InSchema("vanishing")) {
            createTables(in, 0, 20);
            in.run("CREATE VIEW v AS SELECT name FROM t1");
            AtomicBoolean done = new AtomicBoolean();
            CompletableFuture<Void> dropping = CompletableFuture.runAsync(() -> {
                try (Connection other = PostgresForTests.connect()) {
                    PostgresForTests.execute(other, "SET search_path TO " + in.quoted());
                    while (!done.get()) {
                        PostgresForTests.execute(
                                other,
                                "CREATE TABLE gone (a int CHECK (a > 0), b text); CREATE INDEX ON gone (lower(b));"
                                        + "CREATE VIEW gone_too AS SELECT a FROM gone");
                        PostgresForTests.execute(other, "DROP TABLE gone CASCADE");
                    }
                } catch (SQLException failure) {
                    throw new IllegalStateException(failure);
                }
            });
            for (int i = 0; i < 30; i++) {
                Schema seen = PostgresDialect.INSTANCE.read(in.connection, Scope.schema(in.schema));
                assertThat(seen.tables()).hasSizeBetween(20, 21);
                assertThat(seen.table("gone")
                                .map(t -> t.columns().size()
                                        + t.checks().size()
                                        + t.indexes().size()))
                        .as("all of it or nothing")
                        .isIn(java.util.Optional.empty(), java.util.Optional.of(4));
            }
            done.set(true);
            assertThatCode(dropping::join).doesNotThrowAnyException();
        }
    }
}
