package dev.turnstone.dialect.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.sqlite.RandomTable.Feature;
import dev.turnstone.operation.ColumnChange;
import dev.turnstone.operation.OneRevision;
import dev.turnstone.operation.Operation.Recreate;
import dev.turnstone.operation.Operations;
import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.UniqueConstraint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A single change of a random table with rows results in exactly this change. */
@Tag("property")
class NothingElseChangedPropertyTests {

    private static final long SEED = Long.getLong("turnstone.seed", System.nanoTime());
    private static final int TRIES = Integer.getInteger("turnstone.tries", 2_000);

    /** A change, its expected differences (in order, each a prefix), and the columns that it touches. */
    private record Change(String name, List<String> differences, Set<String> touched, Consumer<Operations> request) {

        Feature[] needs() {
            return switch (name) {
                case "DROP_UNNAMED_CHECK" -> new Feature[] {Feature.UNNAMED_CHECK};
                case "DROP_UNNAMED_FOREIGN_KEY" -> new Feature[] {Feature.FOREIGN_KEY_ACTION};
                case "DROP_NAMED_CHECK" -> new Feature[] {Feature.NAMED_CHECK};
                case "DROP_NAMED_UNIQUE" -> new Feature[] {Feature.UNIQUE_ON_CONFLICT};
                default -> new Feature[0];
            };
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Change> CHANGES = List.of(
            new Change(
                    "RECREATE", List.of(), Set.of(), op -> op.batchAlterTable("t", t -> t.recreate(Recreate.ALWAYS))),
            new Change(
                    "ADD_COLUMN",
                    List.of("+ column t.more (nullable yes"),
                    Set.of("more"),
                    op -> op.addColumn("t", Column.of("more", ColumnType.integer()))),
            new Change(
                    "ADD_COLUMN_ANEW",
                    List.of("+ column t.more (nullable yes"),
                    Set.of("more"),
                    op -> op.batchAlterTable("t", t -> t.addColumn(
                                    Column.of("more", ColumnType.text()).withDefault("lower('X')"))
                            .recreate(Recreate.ALWAYS))),
            new Change(
                    "ADD_NOT_NULL_COLUMN",
                    List.of("+ column t.more (nullable no"),
                    Set.of("more"),
                    op -> op.addColumn("t", Column.of("more", ColumnType.text()).notNull(), "filled || '+'")),
            new Change("DROP_COLUMN", List.of("- column t.spare"), Set.of("spare"), op -> op.dropColumn("t", "spare")),
            new Change(
                    "DROP_COLUMN_ANEW",
                    List.of("- column t.spare"),
                    Set.of("spare"),
                    op -> op.batchAlterTable("t", t -> t.dropColumn("spare").recreate(Recreate.ALWAYS))),
            new Change(
                    "CHANGE_TYPE",
                    List.of("~ column t.spare: type INTEGER"),
                    Set.of("spare"),
                    op -> op.alterColumn(
                            "t",
                            "spare",
                            ColumnChange.nothing()
                                    .type(ColumnType.spelled("INTEGER"))
                                    .using("length(spare)"))),
            new Change(
                    "SET_NOT_NULL",
                    List.of("~ column t.spare: nullable no"),
                    Set.of("spare"),
                    op -> op.alterColumn("t", "spare", ColumnChange.nothing().notNull("'none'"))),
            new Change(
                    "DROP_NOT_NULL",
                    List.of("~ column t.filled: nullable yes"),
                    Set.of(),
                    op -> op.alterColumn("t", "filled", ColumnChange.nothing().nullable())),
            new Change(
                    "SET_DEFAULT",
                    List.of("~ default t.number: expression 8"),
                    Set.of(),
                    op -> op.alterColumn("t", "number", ColumnChange.nothing().defaultTo("8"))),
            new Change(
                    "DROP_DEFAULT",
                    List.of("- default t.number"),
                    Set.of(),
                    op -> op.alterColumn("t", "number", ColumnChange.nothing().withoutDefault())),
            new Change(
                    "ADD_CHECK",
                    List.of("+ check t.ck_more"),
                    Set.of(),
                    op -> op.addConstraint("t", CheckConstraint.of("ck_more", "number <> -1"))),
            new Change(
                    "ADD_CHECK_ANEW",
                    List.of("+ check t.ck_more"),
                    Set.of(),
                    op -> op.batchAlterTable("t", t -> t.addConstraint(CheckConstraint.of("ck_more", "number <> -1"))
                            .recreate(Recreate.ALWAYS))),
            new Change(
                    "DROP_NOT_NULL_ANEW",
                    List.of("~ column t.filled: nullable yes"),
                    Set.of(),
                    op -> op.batchAlterTable("t", t -> t.alterColumn(
                                    "filled", ColumnChange.nothing().nullable())
                            .recreate(Recreate.ALWAYS))),
            new Change(
                    "DROP_NAMED_CHECK",
                    List.of("- check t.ck_number"),
                    Set.of(),
                    op -> op.dropConstraint("t", "ck_number")),
            new Change(
                    "SET_NOT_NULL_NATIVELY",
                    List.of("~ column t.number: nullable no"),
                    Set.of(),
                    op -> op.alterColumn("t", "number", ColumnChange.nothing().notNull())),
            new Change(
                    "ADD_UNIQUE",
                    List.of("+ unique t.uq_more"),
                    Set.of(),
                    op -> op.addConstraint("t", UniqueConstraint.of("uq_more", "id", "number"))),
            new Change(
                    "ADD_FOREIGN_KEY",
                    List.of("+ foreign-key t.fk_more"),
                    Set.of(),
                    op -> op.addConstraint("t", ForeignKey.of("fk_more", "spare_parent", "parent", "id"))),
            new Change(
                    "DROP_UNNAMED_CHECK",
                    List.of("- check t.(c_checked)"),
                    Set.of(),
                    op -> op.dropConstraint("t", "ck_t_c_checked")),
            new Change(
                    "DROP_UNNAMED_FOREIGN_KEY",
                    List.of("- foreign-key t.(c_parent)"),
                    Set.of(),
                    op -> op.dropConstraint("t", "fk_t_c_parent_parent")),
            new Change(
                    "DROP_NAMED_UNIQUE",
                    List.of("- unique t.uq_one"),
                    Set.of(),
                    op -> op.dropConstraint("t", "uq_one")),
            new Change(
                    "REORDER",
                    List.of("~ table t: columns in the order spare"),
                    Set.of(),
                    op -> op.batchAlterTable("t", t -> t.columnOrder("spare", "filled"))));

    @Test
    void onlyTheRequestedChangeShows() throws SQLException {
        Map<Feature, Map<String, Integer>> met = new EnumMap<>(Feature.class);
        for (int i = 0; i < TRIES; i++) {
            Change change = CHANGES.get((int) Math.floorMod(SEED + i, (long) CHANGES.size()));
            RandomTable table = new RandomTable(new Random(SEED + i), change.needs());
            check(table, change, SEED + i);
            table.features.forEach(feature ->
                    met.computeIfAbsent(feature, f -> new TreeMap<>()).merge(change.name(), 1, Integer::sum));
        }
        System.out.println("SQLite tables of which nothing else changed: " + TRIES + " checked, seed " + SEED);
        for (Feature feature : Feature.values()) {
            Map<String, Integer> row = met.getOrDefault(feature, Map.of());
            System.out.println("  " + feature + " " + row);
            if (TRIES >= 2_000) {
                assertThat(row.keySet())
                        .describedAs("changes met by %s", feature)
                        .hasSize(CHANGES.size());
            }
        }
    }

    private static void check(RandomTable table, Change change, long seed) throws SQLException {
        try (SqliteFixture database = SqliteFixture.with("PRAGMA foreign_keys=ON")) {
            table.statements.forEach(sql -> run(database, sql));
            run(database, "ALTER TABLE t ADD COLUMN spare TEXT");
            run(database, "ALTER TABLE t ADD COLUMN spare_parent INTEGER");
            run(database, "UPDATE t SET spare = 's' || id WHERE id % 2 = 0");
            String described = change + " with -Dturnstone.seed=" + seed + " -Dturnstone.tries=1:\n"
                    + String.join(";\n", table.statements);
            boolean analyzed = seed % 2 == 0;
            if (analyzed) {
                run(database, "ANALYZE");
            }
            Schema before = database.schema();
            Map<String, List<String>> rows = rows(database, before, change);

            try {
                OneRevision.run(database.connection(), change.request);
            } catch (RuntimeException e) {
                throw new AssertionError(described, e);
            }

            List<String> found = SchemaDiff.between(before, database.schema()).differences().stream()
                    .map(Object::toString)
                    .filter(d -> !d.startsWith("+ default t.more"))
                    .toList();
            assertThat(found).describedAs(described).hasSameSizeAs(change.differences);
            for (int i = 0; i < found.size(); i++) {
                assertThat(found.get(i)).describedAs(described).startsWith(change.differences.get(i));
            }
            assertThat(rows(database, before, change)).describedAs(described).isEqualTo(rows);
            if (analyzed) {
                assertStatisticsAreKept(database, change, described);
            }
            assertThat(strings(database, "PRAGMA foreign_keys")).containsExactly("1");
            assertThat(strings(database, "PRAGMA legacy_alter_table")).containsExactly("0");
            assertThat(strings(database, "PRAGMA integrity_check"))
                    .describedAs(described)
                    .containsExactly("ok");
        }
    }

    /**
     * The kept statistics are those that ANALYZE would compute now, for every object that the change leaves unchanged.
     */
    private static void assertStatisticsAreKept(SqliteFixture database, Change change, String described)
            throws SQLException {
        String statistics = "SELECT tbl || ' ' || coalesce(idx, '-') || ' ' || stat FROM sqlite_stat1 ORDER BY 1";
        List<String> kept = strings(database, statistics);
        run(database, "ANALYZE");
        List<String> counted = strings(database, statistics);
        if (change.touched.isEmpty() && !change.name.matches("(ADD|DROP)_(NAMED_)?UNIQUE")) {
            assertThat(kept).describedAs("statistics after " + described).isEqualTo(counted);
        }
    }

    private static void run(SqliteFixture database, String sql) {
        try {
            database.run(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** Returns all rows with their rowids, without the touched columns, and the autoincrement values. */
    private static Map<String, List<String>> rows(SqliteFixture database, Schema schema, Change change)
            throws SQLException {
        Map<String, List<String>> rows = new TreeMap<>();
        for (Table table : schema.tables()) {
            List<String> columns = new ArrayList<>();
            if (!table.options().containsKey("without rowid")) {
                columns.add("rowid");
            }
            for (Column column : table.columns()) {
                if (!change.touched.contains(column.name())) {
                    columns.add("quote(" + Identifier.quoted(column.name()) + ")");
                }
            }
            rows.put(
                    table.name(),
                    strings(
                            database,
                            "SELECT " + String.join(" || ' ' || ", columns) + " FROM " + Identifier.quoted(table.name())
                                    + " ORDER BY 1"));
        }
        if (!strings(database, "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'")
                .isEmpty()) {
            rows.put("sqlite_sequence", strings(database, "SELECT name || seq FROM sqlite_sequence ORDER BY 1"));
        }
        return rows;
    }

    private static List<String> strings(SqliteFixture database, String query) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (Statement statement = database.connection().createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                strings.add(result.getString(1));
            }
        }
        return strings;
    }
}
