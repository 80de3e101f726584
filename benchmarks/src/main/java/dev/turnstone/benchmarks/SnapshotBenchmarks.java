package dev.turnstone.benchmarks;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs {@link SnapshotReads} and {@link IncrementalReads} on both dialects and prints the table of docs/measurements/benchmarks.md. */
public final class SnapshotBenchmarks {

    private static final String[] DIALECTS = {"sqlite", "postgresql"};

    private final Server server;
    private final boolean quick;
    private final SnapshotTable table = new SnapshotTable();

    private SnapshotBenchmarks(Server server, boolean quick) {
        this.server = server;
        this.quick = quick;
    }

    /**
     * Measures and prints.
     *
     * @param args {@code quick} for shorter measurements, without 5,000 tables and without what takes a minute a call
     */
    public static void main(String[] args) throws IOException, SQLException, RunnerException, InterruptedException {
        boolean quick = Arrays.asList(args).contains("quick");
        try (Server server = Server.start();
                Connection connection = DriverManager.getConnection(server.url())) {
            String version = connection.getMetaData().getDatabaseProductVersion();
            int major = connection.getMetaData().getDatabaseMajorVersion();
            SnapshotBenchmarks benchmarks = new SnapshotBenchmarks(server, quick);
            benchmarks.measure(major);
            System.out.println();
            System.out.println(MachineFacts.line(version));
            System.out.println();
            System.out.print(benchmarks.table.markdown());
        }
    }

    private void measure(int serverMajor) throws RunnerException, InterruptedException {
        run("full", quick ? 3 : 5, options -> options);
        if (!quick) {
            run("full", 3, options -> options.param("tables", "5000"));
        }
        run("incremental", quick ? 1 : 3, options -> options);
        run("schemaCrawler", quick ? 1 : 3, options -> options.param("dialect", "postgresql"));
        run("schemaCrawler", 1, options -> options.param("dialect", "sqlite").param("tables", "5", "20", "100"));
        if (!quick) {
            // On SQLite it is quadratic: this is a minute a call.
            run("schemaCrawler", 1, options -> options.param("dialect", "sqlite")
                    .param("tables", "500")
                    .warmupIterations(0));
        }
        List<String> withTool = new ArrayList<>();
        for (String dialect : DIALECTS) {
            if (DumpTool.isThere(dialect, serverMajor)) {
                withTool.add(dialect);
            }
        }
        if (!withTool.isEmpty()) {
            String[] dialects = withTool.toArray(String[]::new);
            run("dump", quick ? 1 : 3, options -> options.param("dialect", dialects));
            run("process", quick ? 1 : 3, options -> options.param("dialect", dialects)
                    .param("tables", "5"));
        }
    }

    private void run(String method, int rounds, UnaryOperator<ChainedOptionsBuilder> more) throws RunnerException {
        TimeValue round = TimeValue.milliseconds(quick ? 300 : 1000);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(SnapshotReads.class.getPackageName() + ".*\\." + method + "$")
                .warmupIterations(rounds)
                .warmupTime(round)
                .measurementIterations(rounds)
                .measurementTime(round)
                .shouldFailOnError(true)
                .jvmArgsAppend("-D" + Server.URL + "=" + server.url(), "-Dturnstone.postgres.source=url");
        table.add(method, new Runner(more.apply(options).build()).run());
    }
}
