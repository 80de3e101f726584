package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turnstone.schema.ObjectKind;
import dev.turnstone.schema.Schema;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For each kind of object of a schema, a database and a server: the order in which two of them were created makes no
 * difference, nor does an explicit default. The planted differences test that the schema's name and the server's OIDs
 * make no difference.
 */
class IrrelevantByKindTests {

    private static final Set<ObjectKind> NOT_IN_A_CATALOG =
            EnumSet.of(ObjectKind.ROW, ObjectKind.LOCK, ObjectKind.REVISION);

    private static PlantedServer server;

    @BeforeAll
    static void prepare() throws SQLException {
        server = new PlantedServer(PostgresForTests.url(), "irrelevant");
    }

    @AfterAll
    static void cleanUp() throws SQLException {
        server.close();
    }

    static List<Irrelevant> orders() {
        return IrrelevantOrders.all();
    }

    static List<Irrelevant> spellings() {
        return EquivalentDefinitions.all();
    }

    private static Planted.Seen seen(Irrelevant irrelevant, String change) throws SQLException {
        return irrelevant.planted(change).plantedIn(server.connection, "irrelevant");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("orders")
    void theOrderOfCreationMakesNoDifference(Irrelevant two) throws SQLException {
        assumeTrue(server.version >= two.since());
        Planted.Seen inOrder = seen(two, two.one() + ";" + two.other());
        Schema both = inOrder.after();

        assertThat(seen(two, two.other() + ";" + two.one()).after()).isEqualTo(both);
        assertThat(inOrder.difference().toString()).contains(two.kind().label() + " ");
        assertThat(seen(two, two.one()).after()).as("one alone").isNotEqualTo(both);
        assertThat(seen(two, two.other()).after()).as("the other alone").isNotEqualTo(both);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spellings")
    void anExplicitDefaultMakesNoDifference(Irrelevant two) throws SQLException {
        assumeTrue(server.version >= two.since());
        Planted.Seen one = seen(two, two.one());

        assertThat(seen(two, two.other())).isEqualTo(one);
        if (two.kind() != ObjectKind.EXTENSION) {
            assertThat(one.difference().toString()).contains(two.kind().label() + " ");
        }
    }

    private static Set<ObjectKind> kinds(Collection<Irrelevant> table) {
        return table.stream()
                .map(Irrelevant::kind)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ObjectKind.class)));
    }

    /** A new kind fails here until the tables contain it. */
    @Test
    void eachKindIsInBothTables() {
        Set<ObjectKind> all = EnumSet.complementOf(EnumSet.copyOf(NOT_IN_A_CATALOG));
        Set<ObjectKind> spelled = kinds(spellings());
        Set<ObjectKind> excused = EquivalentDefinitions.without().keySet();
        long names = PlantedDifferences.all().stream()
                .filter(planted -> planted.where() != Planted.Where.SERVER)
                .count();
        System.out.println("irrelevant differences: " + names + " rows under another schema's name, "
                + PlantedDifferences.all().size() + " with other OIDs, "
                + kinds(orders()).size() + " kinds in "
                + orders().size() + " rows in another order, " + spelled.size() + " kinds in "
                + spellings().size()
                + " rows in another form; of " + all.size() + " kinds, " + excused.size()
                + " have no other form");

        assertThat(kinds(orders())).isEqualTo(all);
        assertThat(spelled).doesNotContainAnyElementsOf(excused);
        assertThat(Stream.of(spelled, excused).flatMap(Set::stream).collect(Collectors.toSet()))
                .isEqualTo(all);
    }
}
