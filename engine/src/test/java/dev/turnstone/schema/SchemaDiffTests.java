package dev.turnstone.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaDiffTests {

    private static final Column ID =
            Column.of("id", ColumnType.spelled("integer")).notNull();
    private static final Column EMAIL = Column.of("email", ColumnType.spelled("text"));

    private static Schema schema(Table... tables) {
        return new Schema(List.of(tables), List.of(), List.of());
    }

    private static Table table(TableElement... elements) {
        return Table.of("readers", List.of(elements));
    }

    private static Table withIndexes(Table table, Index... indexes) {
        return new Table(
                table.schema(),
                table.name(),
                table.columns(),
                table.primaryKey(),
                table.uniques(),
                table.checks(),
                table.foreignKeys(),
                List.of(indexes),
                List.of(Trigger.of("tr", Map.of("body", "x"))),
                table.options(),
                "a comment");
    }

    private static PrimaryKey key(@Nullable String name) {
        return new PrimaryKey(name, List.of("id"), new TreeMap<>());
    }

    private static List<String> diff(Schema before, Schema after) {
        return SchemaDiff.between(before, after).differences().stream()
                .map(d -> d.getClass().getSimpleName() + " " + d.object().id())
                .toList();
    }

    @Test
    void equal_schemas_do_not_differ() {
        assertThat(SchemaDiff.between(schema(table(ID, EMAIL)), schema(table(ID, EMAIL)))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void lists_added_removed_and_changed_objects() {
        Schema before = schema(table(ID, EMAIL.withDefault("'x'")));
        Schema after = schema(table(ID.withDefault("0"), EMAIL.notNull(), Column.of("seen", EMAIL.type())));
        assertThat(diff(before, after))
                .containsExactly(
                        "Changed column readers.email",
                        "Added column readers.seen",
                        "Removed default readers.email",
                        "Added default readers.id");
        assertThat(SchemaDiff.between(before, after).toString()).contains("nullable no, before yes");
    }

    @Test
    void does_not_list_the_parts_of_an_added_or_removed_object() {
        Table readers = withIndexes(table(ID.withDefault("1"), EMAIL, key("pk")), Index.of("ix", "email"));
        SchemaObject sequence = SchemaObject.of(
                ObjectId.of(ObjectKind.SEQUENCE, "readers_id_seq"),
                ObjectId.of(ObjectKind.COLUMN, "readers.id"),
                Map.of("type", "integer"));
        Schema full = new Schema(List.of(readers), List.of(), List.of(sequence));
        assertThat(diff(Schema.EMPTY, full)).containsExactly("Added table readers");
        assertThat(diff(full, Schema.EMPTY)).containsExactly("Removed table readers");
        assertThat(diff(schema(table(EMAIL)), schema(table(EMAIL, ID.withDefault("1")))))
                .containsExactly("Added column readers.id");
    }

    @Test
    void reports_the_order_of_columns_only_if_nothing_else_differs() {
        assertThat(diff(schema(table(ID, EMAIL)), schema(table(EMAIL, ID)))).containsExactly("Reordered table readers");
        assertThat(diff(schema(table(ID, EMAIL)), schema(table(EMAIL.notNull(), ID))))
                .containsExactly("Changed column readers.email");
        assertThat(diff(schema(table(ID, EMAIL)), schema(table(EMAIL, ID, key("pk")))))
                .containsExactly("Added primary-key readers.pk");
        assertThat(diff(schema(withIndexes(table(ID, EMAIL), Index.of("ix", "id"))), schema(table(EMAIL, ID))))
                .doesNotContain("Reordered table readers")
                .contains("Removed index ix");
    }

    @ParameterizedTest
    @CsvSource({
        "readers_pkey,  readers_pkey1,     Renamed",
        "readers_pkey,  readers_new_pkey,  Renamed",
        "readers_pkey,  readers_key,       Removed Added",
        "pk_readers,    readers_pkey,      Added Removed",
        "readers_pkey1, readers_pkey,      Renamed"
    })
    void reports_a_changed_generated_name_as_renamed(String before, String after, String kinds) {
        assertThat(SchemaDiff.between(schema(table(ID, key(before))), schema(table(ID, key(after))))
                        .differences())
                .extracting(d -> d.getClass().getSimpleName())
                .containsExactlyInAnyOrder(kinds.split(" "));
    }

    @Test
    void reports_a_changed_generated_name_as_removed_and_added_if_the_definition_differs_too() {
        PrimaryKey other = new PrimaryKey("readers_pkey1", List.of("id", "email"), new TreeMap<>());
        assertThat(diff(schema(table(ID, EMAIL, key("readers_pkey"))), schema(table(ID, EMAIL, other))))
                .containsExactly("Removed primary-key readers.readers_pkey", "Added primary-key readers.readers_pkey1");
    }

    @Test
    void accepts_only_the_exact_generated_name_of_an_index() {
        Schema before = schema(withIndexes(table(ID, EMAIL), generated("readers_email_idx", true)));
        assertThat(diff(before, schema(withIndexes(table(ID, EMAIL), generated("readers_email_idx1", true)))))
                .containsExactly("Renamed index readers_email_idx1");
        assertThat(diff(before, schema(withIndexes(table(ID, EMAIL), generated("other_idx", false)))))
                .containsExactly("Added index other_idx", "Removed index readers_email_idx");
    }

    private static Index generated(String name, boolean generatedName) {
        Index index = Index.of(name, "email");
        return new Index(name, false, index.keys(), null, new TreeMap<>(), generatedName);
    }

    @Test
    void does_not_report_the_default_and_the_comment_of_a_renamed_sequence() {
        assertThat(diff(counting("readers_id_seq"), counting("readers_id_seq1")))
                .containsExactly("Renamed sequence readers_id_seq1");
    }

    private static Schema counting(String sequence) {
        ObjectId id = ObjectId.of(ObjectKind.SEQUENCE, sequence);
        return new Schema(
                List.of(table(ID.withDefault("nextval('" + sequence + "'::regclass)"), EMAIL)),
                List.of(),
                List.of(
                        new SchemaObject(id, ObjectId.of(ObjectKind.COLUMN, "readers.id"), new TreeMap<>(), true),
                        SchemaObject.of(ObjectId.of(ObjectKind.COMMENT, sequence), id, Map.of("text", "counts"))));
    }

    @Test
    void compares_thousands_of_tables_in_less_than_a_second() {
        Schema before = many("_pkey", false);
        Schema after = many("_pkey1", true);
        SchemaDiff.between(before, after);
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long begin = thread.getCurrentThreadCpuTime();
        SchemaDiff diff = SchemaDiff.between(before, after);
        Duration took = Duration.ofNanos(thread.getCurrentThreadCpuTime() - begin);
        assertThat(diff.differences()).hasSize(10_000);
        assertThat(took).isLessThan(Duration.ofSeconds(1));
    }

    private static Schema many(String keyEnding, boolean reversed) {
        List<Table> tables = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            List<TableElement> elements = new ArrayList<>(List.of(ID, EMAIL));
            if (reversed) {
                Collections.reverse(elements);
            }
            elements.add(key("t" + i + keyEnding));
            tables.add(Table.of("t" + i, elements));
        }
        return new Schema(tables, List.of(), List.of());
    }
}
