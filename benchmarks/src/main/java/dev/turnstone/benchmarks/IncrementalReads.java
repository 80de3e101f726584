package dev.turnstone.benchmarks;

import static java.util.Objects.requireNonNull;

import dev.turnstone.database.DatabaseSettings;
import dev.turnstone.database.Isolation;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.SchemaTracker;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.operation.Location;
import dev.turnstone.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Measures a repeated read of a schema after one index was created or dropped, as between the steps of a scenario. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
public class IncrementalReads {

    private static final Logger NOISE = Logger.getLogger("");

    @Param({"sqlite", "postgresql"})
    public String dialect = "";

    @Param({"5", "20", "100", "500"})
    public int tables;

    private @Nullable Followed followed;
    private boolean indexed;

    private record Followed(
            TestDatabases databases, TestDatabase database, Connection connection, SchemaTracker tracker) {}

    /** Creates the tables and reads them in full. Changes can only be tracked on a server that Turnstone started. */
    @Setup
    public void open() throws SQLException {
        NOISE.setLevel(Level.OFF);
        TestDatabases databases =
                TestDatabases.with(DatabaseSettings.of(Map.of("turnstone.postgres.source", "embedded")::get, Map.of()));
        TestDatabase database = databases.create(Dialects.named(dialect), Isolation.SCHEMA);
        Connection connection = database.dataSource().getConnection();
        ManyTables.create(connection, tables);
        SchemaTracker tracker = database.track();
        tracker.read();
        followed = new Followed(databases, database, connection, tracker);
    }

    @TearDown
    public void close() throws SQLException {
        Followed all = followed();
        all.tracker.close();
        ManyTables.drop(all.connection, tables);
        all.connection.close();
        all.database.close();
        all.databases.close();
        TestDatabases.stopEmbedded();
    }

    /** Creates or drops the index; this time is not measured. */
    @Setup(org.openjdk.jmh.annotations.Level.Invocation)
    public void change() throws SQLException {
        String sql = indexed ? "DROP INDEX ix_followed" : "CREATE INDEX ix_followed ON t0 (note)";
        try (Statement statement = followed().connection.createStatement()) {
            statement.execute(sql);
        }
        indexed = !indexed;
        followed().tracker.ran(List.of(new SqlStatement(sql, Location.of("benchmark"), SqlStatement.Traits.ORDINARY)));
    }

    /**
     * Reads the change with Turnstone's tracker.
     *
     * @throws IllegalStateException when the change was not seen, or everything was read again
     */
    @Benchmark
    public Schema incremental() throws SQLException {
        Schema schema = followed().tracker.read();
        boolean seen = schema.table("t0").orElseThrow().indexes().stream()
                .anyMatch(index -> index.name().equals("ix_followed"));
        if (seen != indexed || followed().tracker.fullReads() != 1) {
            throw new IllegalStateException(
                    "Not followed: " + seen + " after " + followed().tracker.fullReads() + " full reads");
        }
        return schema;
    }

    private Followed followed() {
        return requireNonNull(followed);
    }
}
