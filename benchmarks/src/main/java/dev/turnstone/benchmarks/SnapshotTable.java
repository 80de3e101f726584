package dev.turnstone.benchmarks;

import dev.turnstone.dialect.Dialects;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;

/** The lowest deciles of {@link SnapshotReads} and {@link IncrementalReads}, a row for each dialect and number of tables. */
final class SnapshotTable {

    private static final String DASH = "–";
    /** The lowest decile excludes other work on the machine. */
    private static final double DECILE = 10;

    /** Milliseconds by dialect, number of tables and method. */
    private final Map<String, SortedMap<Integer, Map<String, Double>>> deciles = new TreeMap<>();

    void add(String method, Collection<RunResult> results) {
        for (RunResult result : results) {
            deciles.computeIfAbsent(result.getParams().getParam("dialect"), dialect -> new TreeMap<>())
                    .computeIfAbsent(Integer.valueOf(result.getParams().getParam("tables")), tables -> new TreeMap<>())
                    .put(method, result.getPrimaryResult().getStatistics().getPercentile(DECILE));
        }
    }

    String markdown() {
        StringBuilder lines = new StringBuilder("""
                | | tables | full read, ms | a table, µs | statements | after one change, ms | SchemaCrawler | its own tool | of that the process |
                |---|---|---|---|---|---|---|---|---|
                """);
        deciles.forEach((dialect, sizes) -> {
            Double process = sizes.getOrDefault(5, Map.of()).get("process");
            sizes.forEach((tables, times) -> lines.append(row(dialect, tables, times, process)));
        });
        return lines.toString();
    }

    private static String row(String dialect, int tables, Map<String, Double> times, @Nullable Double process) {
        double full = times.getOrDefault("full", Double.NaN);
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.1f | %.0f | %d | %s | %s | %s | %s |%n",
                Dialects.named(dialect).title(),
                tables,
                full,
                full * 1000 / tables,
                SnapshotReads.STATEMENTS.getOrDefault(dialect, 0),
                milliseconds(times.get("incremental")),
                ratio(times.get("schemaCrawler"), full),
                ratio(times.get("dump"), full),
                times.containsKey("dump") ? ratio(process, full) : DASH);
    }

    private static String milliseconds(@Nullable Double time) {
        return time == null ? DASH : String.format(Locale.ROOT, "%.1f", time);
    }

    private static String ratio(@Nullable Double time, double full) {
        if (time == null) {
            return DASH;
        }
        double ratio = time / full;
        return String.format(Locale.ROOT, ratio < 10 ? "%.1f ×" : "%.0f ×", ratio);
    }
}
