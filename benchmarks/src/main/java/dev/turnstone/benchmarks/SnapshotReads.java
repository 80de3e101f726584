package dev.turnstone.benchmarks;

import static java.util.Objects.requireNonNull;

import dev.turnstone.database.DatabaseSettings;
import dev.turnstone.database.Isolation;
import dev.turnstone.database.TestDatabase;
import dev.turnstone.database.TestDatabases;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.schema.Schema;
import dev.turnstone.snapshot.JdbcSchemaReader;
import dev.turnstone.snapshot.SchemaSnapshot;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
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

/** Measures reads of a schema by Turnstone, SchemaCrawler and the database's own tool. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
public class SnapshotReads {

    /** The statements of a full read, for any number of tables; on SQLite including those of the savepoint. */
    static final Map<String, Integer> STATEMENTS = Map.of("postgresql", 2, "sqlite", 4);

    /** Referenced here, because java.util.logging references loggers weakly. */
    private static final Logger NOISE = Logger.getLogger("");

    @Param({"sqlite", "postgresql"})
    public String dialect = "";

    @Param({"5", "20", "100", "500"})
    public int tables;

    private @Nullable Opened opened;

    private record Opened(TestDatabases databases, TestDatabase database, Connection connection, DumpTool tool) {}

    /**
     * Creates the tables, and checks the statements of one read.
     *
     * @throws IllegalStateException when a read sends another number of statements than {@link #STATEMENTS}
     */
    @Setup
    public void open() throws SQLException {
        NOISE.setLevel(Level.OFF);
        TestDatabases databases = TestDatabases.with(DatabaseSettings.of(System::getProperty, Map.of()));
        TestDatabase database = databases.create(Dialects.named(dialect), Isolation.SCHEMA);
        Connection connection = database.dataSource().getConnection();
        ManyTables.create(connection, tables);
        opened = new Opened(
                databases, database, connection, DumpTool.of(dialect, connection, database.scope(), Server.given()));
        int sent = SentStatements.in(connection, counted -> database.dialect().read(counted, database.scope()));
        if (sent != STATEMENTS.getOrDefault(dialect, 0)) {
            throw new IllegalStateException("A read of " + tables + " tables sends " + sent + " statements");
        }
    }

    @TearDown
    public void close() throws SQLException {
        Opened all = opened();
        ManyTables.drop(all.connection, tables);
        all.connection.close();
        all.database.close();
        all.databases.close();
    }

    private Opened opened() {
        return requireNonNull(opened);
    }

    /** Turnstone's reader, on an open connection. */
    @Benchmark
    public Schema full() throws SQLException {
        Schema schema = opened().database
                .dialect()
                .read(opened().connection, opened().database.scope());
        return complete(schema);
    }

    /** SchemaCrawler, as {@link JdbcSchemaReader} calls it, with a connection that it opens. */
    @Benchmark
    public Schema schemaCrawler() {
        String schema = Dialects.named(dialect).storesDatabaseInFile()
                ? ""
                : opened().database.scope().schema();
        SchemaSnapshot snapshot = JdbcSchemaReader.read(opened().database.dataSource(), dialect, schema);
        return complete(snapshot.schema());
    }

    /** The database's own tool, with the start of its process. */
    @Benchmark
    public int dump() throws IOException, InterruptedException {
        return opened().tool.dump();
    }

    /** The start of that process alone. */
    @Benchmark
    public int process() throws IOException, InterruptedException {
        return opened().tool.nothing();
    }

    private Schema complete(Schema schema) {
        if (schema.tables().size() != tables) {
            throw new IllegalStateException("Read " + schema.tables().size() + " of " + tables + " tables");
        }
        return schema;
    }
}
