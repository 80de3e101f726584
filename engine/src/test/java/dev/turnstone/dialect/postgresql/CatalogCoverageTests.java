package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The table of planted differences is complete: for each column of each table of {@code pg_catalog}, these tests name a
 * row whose change modifies the values of the column, or the reason why the reader does not use it.
 */
@Tag("versions")
class CatalogCoverageTests {

    private static final Map<String, Planted> PLANTED = PlantedDifferences.byName();
    private static RunningVersions versions;

    @BeforeAll
    static void start() throws IOException, InterruptedException, SQLException {
        versions = RunningVersions.start();
    }

    @AfterAll
    static void stop() throws SQLException, IOException {
        // JUnit calls this method after the lane is skipped in start, too.
        if (versions != null) {
            versions.close();
        }
    }

    /** Returns the lines of a file next to this class. */
    private static Map<String, String> lines(String file) throws IOException {
        Map<String, String> reasons = new TreeMap<>();
        try (InputStream content = Objects.requireNonNull(CatalogCoverageTests.class.getResourceAsStream(file))) {
            new String(content.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> reasons.put(
                            line.substring(0, line.indexOf(" = ")), line.substring(line.indexOf(" = ") + 3)));
        }
        return reasons;
    }

    private static String tableOf(String column) {
        return column.substring(0, column.indexOf('.'));
    }

    private static boolean isNamed(Map<String, String> reasons, String column) {
        return reasons.containsKey(column)
                || reasons.containsKey(tableOf(column) + ".*")
                || reasons.containsKey("*" + column.substring(column.indexOf('.')));
    }

    @Test
    void everyColumnOfTheCatalogIsCoveredOrHasAReason() throws SQLException, IOException {
        Map<String, String> covered = lines("catalog-columns-covered.txt");
        Map<String, String> notRead = lines("catalog-columns-not-read.txt");
        Set<String> unused = new TreeSet<>(notRead.keySet());
        unused.addAll(covered.keySet());
        Set<String> wrong = new TreeSet<>();
        int checked = 0;
        for (RunningVersions.Version version : versions.all()) {
            try (PlantedServer server = new PlantedServer(version.url(), "covered")) {
                Set<String> columns = CatalogContent.columns(server.connection);
                Set<String> open = new TreeSet<>();
                for (String column : columns) {
                    String ofTable = tableOf(column) + ".*";
                    String ofAll = "*" + column.substring(column.indexOf('.'));
                    unused.removeAll(List.of(column, ofTable, ofAll));
                    if (covered.containsKey(column) && isNamed(notRead, column)) {
                        wrong.add(column + " is covered and named as not read");
                    } else if (!covered.containsKey(column) && !isNamed(notRead, column)) {
                        open.add(column);
                    }
                }
                Map<String, Set<String>> columnsByRow = new TreeMap<>();
                covered.forEach((column, row) -> {
                    if (columns.contains(column)) {
                        columnsByRow
                                .computeIfAbsent(row, name -> new TreeSet<>())
                                .add(column);
                    }
                });
                for (Map.Entry<String, Set<String>> row : columnsByRow.entrySet()) {
                    wrong.addAll(wrong(server, row.getKey(), row.getValue()));
                    checked += row.getValue().size();
                }
                wrong.addAll(explained(server, open));
            }
        }
        System.out.println("versions: compared " + checked + " columns of pg_catalog, of "
                + versions.all().size() + " versions, with the planted differences that change them");
        assertThat(wrong)
                .as(
                        "each column belongs in catalog-columns-covered.txt, or with a reason in catalog-columns-not-read.txt")
                .isEmpty();
        assertThat(checked).isPositive();
        assertThat(unused).as("named, but no version has it").isEmpty();
    }

    /** Returns the errors in a row of the table. */
    private static Set<String> wrong(PlantedServer server, String name, Set<String> columns) throws SQLException {
        Planted planted = PLANTED.get(name);
        if (planted == null) {
            return Set.of("no planted difference has the name '" + name + "'");
        }
        if (planted.since() > server.version) {
            return Set.of("version " + server.version + " has " + columns + ", but not '" + name + "'");
        }
        Set<String> notChanged = new TreeSet<>(columns);
        notChanged.removeAll(changed(server, planted, tablesOf(columns)));
        return notChanged.stream()
                .map(column -> "'" + name + "' does not change " + column + " of version " + server.version)
                .collect(Collectors.toSet());
    }

    private static Set<String> tablesOf(Collection<String> columns) {
        return columns.stream().map(CatalogCoverageTests::tableOf).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> changed(PlantedServer server, Planted planted, Set<String> tables) throws SQLException {
        CatalogContent[] content = new CatalogContent[2];
        Planted.Seen seen = planted.plantedIn(
                server.connection,
                "planted",
                () -> content[0] = CatalogContent.of(server.connection, tables),
                () -> content[1] = CatalogContent.of(server.connection, tables));
        assertThat(seen.difference())
                .as("%s on version %s", planted, server.version)
                .hasToString(planted.expected().replace("{tablespace}", PlantedServer.TABLESPACE));
        return content[0].changedIn(content[1]);
    }

    /** Returns, for each column without a row, the rows that change it, as candidates. */
    private static Set<String> explained(PlantedServer server, Set<String> open) throws SQLException {
        if (open.isEmpty()) {
            return Set.of();
        }
        Map<String, Set<String>> rows = new TreeMap<>();
        open.forEach(column -> rows.put(column, new TreeSet<>()));
        for (Planted planted : PLANTED.values()) {
            if (planted.since() <= server.version) {
                for (String column : changed(server, planted, tablesOf(open))) {
                    rows.computeIfPresent(column, (name, changing) -> {
                        changing.add(planted.name());
                        return changing;
                    });
                }
            }
        }
        return rows.entrySet().stream()
                .map(row -> "nothing covers " + row.getKey() + " of version " + server.version + "; it is changed by "
                        + row.getValue().stream().limit(12).toList())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
