package dev.turnstone.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.rows.NotFilled;
import dev.turnstone.scenario.cursor.MigrationCursor;
import dev.turnstone.scenario.rows.FilledDatabase;
import dev.turnstone.schema.Table;
import dev.turnstone.source.Format;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows are found for the tables of the zoo, at the head of each corrected history. */
@Tag("zoo")
class FilledZooTests {

    private static final int LEAST_PERCENT = 95;

    private int tables;
    private int filled;
    private final List<String> empty = new ArrayList<>();

    @Test
    @SuppressWarnings("SystemOut") // The lane says how much it checked.
    void nearly_every_table_is_filled(@TempDir Path directory) {
        Set<Object> seen = new HashSet<>();
        try (ScenarioBench bench = new ScenarioBench()) {
            for (PlantedDefect defect : Zoo.defects()) {
                for (String dialect : defect.dialects()) {
                    if (!dialect.equals(Scenario.BOTH) && seen.add(List.of(dialect, defect.corrected()))) {
                        Path home = directory.resolve(Integer.toString(seen.size()));
                        fill(
                                defect.name() + " on " + dialect,
                                bench.context(
                                        defect.corrected().load(Format.TURNSTONE, home),
                                        dialect,
                                        ScenarioOptions.DEFAULT));
                    }
                }
            }
        }
        System.out.println(
                "zoo, rows: " + filled + " of " + tables + " tables filled in " + seen.size() + " histories");
        empty.forEach(words -> System.out.println("  not filled: " + words));
        assertThat(tables).isPositive();
        assertThat(100L * filled)
                .as("filled of %s tables", tables)
                .isGreaterThanOrEqualTo(LEAST_PERCENT * (long) tables);
    }

    private void fill(String where, ScenarioContext context) {
        try (MigrationCursor walk = new MigrationCursor(context)) {
            FilledDatabase filling = new FilledDatabase(context, walk);
            walk.moveTo(walk.revisions().size());
            List<NotFilled> refused = filling.fill(filling.moment());
            for (Table table : filling.moment().schema().tables()) {
                tables++;
                if (holdsRows(table, walk)) {
                    filled++;
                } else {
                    List<String> against = refused.stream()
                            .filter(r -> r.table().equals(table.id()))
                            .map(r -> r.constraint() + ", "
                                    + r.words().lines().findFirst().orElse(""))
                            .toList();
                    assertThat(against)
                            .as("what stands against rows of %s, %s", table.id().name(), where)
                            .isNotEmpty();
                    empty.add(where + ": " + table.id().name() + " " + against);
                }
            }
        }
    }

    /** A partitioned table holds those of its partitions. */
    private static boolean holdsRows(Table table, MigrationCursor walk) {
        Dialect dialect = walk.database().dialect();
        String schema = table.schema().isEmpty() ? walk.database().scope().schema() : table.schema();
        return walk.reading(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT 1 FROM " + dialect.quote(schema) + "."
                            + dialect.quote(table.name()) + " LIMIT 1")) {
                return rows.next();
            }
        });
    }
}
