package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turnstone.schema.ObjectKind;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One planted difference for each kind of object and each attribute: the comparison reports exactly the expected
 * differences.
 */
class PlantedDifferencesTests {

    private static PlantedServer server;

    @BeforeAll
    static void prepare() throws SQLException {
        server = new PlantedServer(PostgresForTests.url(), "planted");
    }

    @AfterAll
    static void cleanUp() throws SQLException {
        server.close();
    }

    static List<Planted> planted() {
        return PlantedDifferences.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void exactlyTheExpectedDifferencesAreReported(Planted planted) throws SQLException {
        assumeTrue(server.version >= planted.since());

        assertThat(planted.plantedIn(server.connection, "planted").difference())
                .hasToString(planted.expected().replace("{tablespace}", PlantedServer.TABLESPACE));
    }

    /** Plants the same difference in a schema with another name, after the server has assigned other OIDs. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void namesAndOidsOfTheEnvironmentMakeNoDifference(Planted planted) throws SQLException {
        assumeTrue(server.version >= planted.since());
        Planted.Seen one = planted.plantedIn(server.connection, "planted");
        PostgresForTests.execute(
                server.connection,
                "CREATE TABLE spent (a serial, b text); CREATE TYPE number AS ENUM ('a'); DROP TABLE spent; DROP TYPE number");
        Planted.Seen other = planted.plantedIn(server.connection, "Another {} \"schema\"");

        assertThat(other).isEqualTo(one);
        assertThat(other.after().toString()).doesNotContain("Another");
    }

    /**
     * Each kind is created, dropped or changed in some row. Therefore the rows about ignored differences cover each
     * kind as well.
     */
    @Test
    void eachKindOfObjectHasARow() {
        Set<String> kinds = planted().stream()
                .flatMap(planted -> planted.expected().lines())
                .map(line -> line.strip().replaceFirst("^[+~-] ([\\w-]+).*", "$1"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(Arrays.stream(ObjectKind.values()).map(ObjectKind::label).filter(label -> !kinds.contains(label)))
                .as("kinds without a row; these are not of a schema")
                .containsExactly(ObjectKind.ROW.label(), ObjectKind.LOCK.label(), ObjectKind.REVISION.label());
    }

    @Test
    void eachRowHasAUniqueName() {
        assertThat(planted()).extracting(Planted::name).doesNotHaveDuplicates();
    }
}
