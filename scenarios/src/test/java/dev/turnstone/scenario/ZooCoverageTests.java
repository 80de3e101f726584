package dev.turnstone.scenario;

import static dev.turnstone.scenario.FindingClass.AUTO_NAME;
import static dev.turnstone.scenario.FindingClass.BLOCKS_READERS;
import static dev.turnstone.scenario.FindingClass.BLOCKS_WRITERS;
import static dev.turnstone.scenario.FindingClass.CHANGED;
import static dev.turnstone.scenario.FindingClass.EDITED;
import static dev.turnstone.scenario.FindingClass.INTERNAL_ERROR;
import static dev.turnstone.scenario.FindingClass.LEFTOVER;
import static dev.turnstone.scenario.FindingClass.MISSING;
import static dev.turnstone.scenario.FindingClass.REWRITES_TABLE;
import static dev.turnstone.scenario.FindingClass.SCANS_TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.scenario.Zoo.Species;
import dev.turnstone.schema.ObjectKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The zoo has everything in it that can be found. */
@Tag("zoo")
class ZooCoverageTests {

    private static final List<String> DIALECTS = List.of("sqlite", "postgresql");

    private static final String ONE_LOCK = "SQLite has one lock for all, whatever a revision does.";

    /** Why a class is found in no scenario on a dialect; the key is DIALECT CLASS. */
    private static final Map<String, String> CLASSES_THAT_CANNOT_BE = Map.of(
            "sqlite " + INTERNAL_ERROR.label(), "It is a defect of Turnstone, which ContainedRunTests plant.",
            "postgresql " + INTERNAL_ERROR.label(), "It is a defect of Turnstone, which ContainedRunTests plant.",
            "sqlite " + AUTO_NAME.label(), "SQLite gives no name to a constraint that has none.",
            "sqlite " + BLOCKS_READERS.label(), ONE_LOCK,
            "sqlite " + BLOCKS_WRITERS.label(), ONE_LOCK,
            "sqlite " + REWRITES_TABLE.label(), ONE_LOCK,
            "sqlite " + SCANS_TABLE.label(), ONE_LOCK,
            "sqlite " + EDITED.label(), "It is about files beside a git reference, which 'verify --since' looks at.",
            "postgresql " + EDITED.label(),
                    "It is about files beside a git reference, which 'verify --since' looks at.");

    /** What no snapshot of a schema has in it. */
    private static final Map<ObjectKind, String> NO_OBJECTS_OF_A_SCHEMA = Map.of(
            ObjectKind.ROW, "What tables hold is the rows scenario's.",
            ObjectKind.LOCK, "It is held while a revision runs, and gone after it.",
            ObjectKind.REVISION, "It is of the history.",
            ObjectKind.ROLE, "A server's databases share it; a scenario looks at one database.",
            ObjectKind.DATABASE, "Its settings are read with what the server's databases share.",
            ObjectKind.TABLESPACE, "A server's databases share it; a scenario looks at one database.");

    /** The kinds of SQLite; it has no others. */
    private static final Set<ObjectKind> OF_SQLITE = EnumSet.of(
            ObjectKind.TABLE,
            ObjectKind.COLUMN,
            ObjectKind.DEFAULT,
            ObjectKind.PRIMARY_KEY,
            ObjectKind.UNIQUE,
            ObjectKind.CHECK,
            ObjectKind.FOREIGN_KEY,
            ObjectKind.INDEX,
            ObjectKind.VIEW,
            ObjectKind.TRIGGER);

    /** Why a kind of PostgreSQL cannot be in a state; the key is KIND, or CLASS KIND. */
    private static final Map<String, String> STATES_THAT_CANNOT_BE = Map.of(
            ObjectKind.SECURITY_LABEL.label(),
            "It needs a provider, a C library that the server has loaded.",
            ObjectKind.SUBSCRIPTION.label(),
            "A database that has one left cannot be dropped.",
            CHANGED.label() + " " + ObjectKind.SCHEMA.label(),
            "It has nothing of its own that could be otherwise: its owner, comment and grants are objects.");

    /**
     * What users of Alembic suffer from, with the defects that stand for it: the losses of its batch mode, and the
     * complaints in its issues and documentation.
     */
    private static final Map<String, List<String>> PAINS = Map.ofEntries(
            Map.entry("downgrades leak enum types", List.of("enum left over", "enum forgotten")),
            Map.entry("several instances start at once", List.of("start that fails where another was first")),
            Map.entry("parallel merges leave two heads", List.of("two heads, of merges at the same time")),
            Map.entry("batch loses AUTOINCREMENT", List.of("batch: AUTOINCREMENT lost")),
            Map.entry("batch loses COLLATE", List.of("collation lost by a rebuild", "batch: COLLATE of an index lost")),
            Map.entry("batch loses unnamed checks", List.of("check and unique lost by a rebuild")),
            Map.entry(
                    "batch loses ON DELETE and DEFERRABLE",
                    List.of("ON DELETE of a foreign key lost by a rebuild", "batch: DEFERRABLE lost")),
            Map.entry("batch loses ON CONFLICT", List.of("batch: ON CONFLICT lost")),
            Map.entry("batch loses an index's DESC", List.of("DESC of an index lost")),
            Map.entry("batch loses indexes on expressions", List.of("batch: index on an expression lost")),
            Map.entry("batch loses triggers", List.of("trigger lost by a rebuild")),
            Map.entry(
                    "batch loses STRICT and WITHOUT ROWID", List.of("batch: STRICT lost", "batch: WITHOUT ROWID lost")),
            Map.entry("a view is in the way of batch", List.of("view lost by a rebuild")),
            Map.entry("generated columns are in the way of batch", List.of("batch: generated column became plain")),
            Map.entry("batch deletes the rows of children", List.of("children deleted with the rebuilt table")),
            Map.entry("temporary tables are orphaned", List.of("batch: temporary table left behind")),
            Map.entry("a failure leaves half a migration", List.of("a table is committed and made again")),
            Map.entry("unnamed constraints break the downgrade", List.of("names that the server chose")),
            Map.entry("renames become drop and add", List.of("column made anew, empty")),
            Map.entry("stamping hides drift", List.of("stamped database without a column")),
            Map.entry("works on one dialect only", List.of("table on one dialect only")),
            Map.entry(
                    "statements that fit no transaction",
                    List.of("an enum value is added twice", "an index is made concurrently and made again")),
            Map.entry("a script does otherwise than the run", List.of("setting that a later revision reads")));

    private static int checked;

    @AfterAll
    @SuppressWarnings("SystemOut") // The lane says how much it checked.
    static void countTheCases() {
        System.out.println("zoo, coverage: " + checked + " classes, kinds and pains checked");
        assertThat(checked).isPositive();
    }

    private static Set<String> expected(java.util.function.Function<Species, String> part) {
        return Zoo.defects().stream().flatMap(Zoo::expected).map(part).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void enough_are_planted_and_their_names_tell_them_apart() {
        List<PlantedDefect> defects = Zoo.defects();
        assertThat(defects.stream().flatMap(Zoo::counted).distinct().count()).isGreaterThanOrEqualTo(80);
        Map<String, Integer> names = new TreeMap<>();
        defects.forEach(defect -> defect.dialects()
                .forEach(dialect ->
                        names.merge(defect.scenario() + " " + dialect + " " + defect.name(), 1, Integer::sum)));
        assertThat(names.entrySet().stream().filter(e -> e.getValue() > 1)).isEmpty();
        assertThat(defects).allSatisfy(defect -> {
            assertThat(Scenario.named(defect.scenario())).isPresent();
            assertThat(defect.findings()).isNotEmpty();
        });
        checked++;
    }

    @Test
    void every_class_is_planted_on_every_dialect_where_it_can_be() {
        Set<String> planted = expected(species -> species.dialect() + " " + species.findingClass());
        Set<String> missing = new TreeSet<>();
        Set<String> needless = new TreeSet<>(CLASSES_THAT_CANNOT_BE.keySet());
        for (String dialect : DIALECTS) {
            for (FindingClass findingClass : FindingClass.values()) {
                checked++;
                String one = dialect + " " + findingClass.label();
                boolean there = planted.contains(one) || planted.contains("both " + findingClass.label());
                if (!there && !CLASSES_THAT_CANNOT_BE.containsKey(one)) {
                    missing.add(one);
                }
                if (!there) {
                    needless.remove(one);
                }
            }
        }
        assertThat(missing).as("classes that no defect stands for").isEmpty();
        assertThat(needless).as("exceptions that defects stand for").isEmpty();
    }

    @Test
    void every_scenario_has_defects() {
        Set<String> planted = expected(Species::scenario);
        assertThat(Scenario.all()).extracting(Scenario::name).allSatisfy(name -> assertThat(planted)
                .contains(name));
        checked += Scenario.all().size();
    }

    @Test
    void every_kind_of_object_is_forgotten_lost_and_restored_otherwise() {
        Set<String> planted = expected(s -> s.scenario() + " " + s.dialect() + " " + s.findingClass() + " " + s.kind());
        Set<String> missing = new TreeSet<>();
        Set<String> needless = new TreeSet<>();
        for (String dialect : DIALECTS) {
            for (ObjectKind kind : ObjectKind.values()) {
                for (FindingClass state : List.of(LEFTOVER, MISSING, CHANGED)) {
                    checked++;
                    boolean there =
                            planted.contains("up-down-up " + dialect + " " + state.label() + " " + kind.label());
                    boolean excepted = isExcepted(dialect, kind, state);
                    if (!there && !excepted) {
                        missing.add(dialect + " " + state.label() + " " + kind.label());
                    } else if (there && excepted) {
                        needless.add(dialect + " " + state.label() + " " + kind.label());
                    }
                }
            }
        }
        assertThat(missing).as("kinds that no defect stands for").isEmpty();
        assertThat(needless).as("exceptions that defects stand for").isEmpty();
    }

    private static boolean isExcepted(String dialect, ObjectKind kind, FindingClass state) {
        if (NO_OBJECTS_OF_A_SCHEMA.containsKey(kind)) {
            return true;
        }
        return dialect.equals("sqlite")
                ? !OF_SQLITE.contains(kind)
                : STATES_THAT_CANNOT_BE.containsKey(kind.label())
                        || STATES_THAT_CANNOT_BE.containsKey(state.label() + " " + kind.label());
    }

    @Test
    void the_pains_of_alembics_users_are_in_it() {
        Set<String> names = Zoo.defects().stream().map(PlantedDefect::name).collect(Collectors.toSet());
        PAINS.forEach((pain, defects) -> assertThat(names).as(pain).containsAll(defects));
        checked += PAINS.size();
    }
}
