package dev.turnstone.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnstone.dialect.postgresql.PostgresForTests.InSchema;
import dev.turnstone.dialect.postgresql.RandomPostgresTable.Feature;
import dev.turnstone.operation.ColumnChange;
import dev.turnstone.operation.Exclusion;
import dev.turnstone.operation.OneRevision;
import dev.turnstone.operation.Operation.Recreate;
import dev.turnstone.operation.Operations;
import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.UniqueConstraint;
import dev.turnstone.source.TransactionMode;
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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A single change of a random table with rows results in exactly this change. */
@Tag("property")
class NothingElseChangedOnPostgresPropertyTests {

    private static final long SEED = Long.getLong("turnstone.seed", System.nanoTime());

    /** At least enough rounds that every feature meets every change. */
    private static final int ENOUGH = 300;

    private static final int TRIES = Integer.getInteger("turnstone.tries", ENOUGH);

    /**
     * A change.
     *
     * @param differences the expected differences in order, each a prefix
     * @param touched the columns whose values it changes
     * @param needs the features without which the change has no effect
     */
    private record Change(
            String name,
            List<String> differences,
            Set<String> touched,
            Set<Feature> needs,
            TransactionMode mode,
            Consumer<Operations> request) {

        static Change of(String name, String difference, Consumer<Operations> request) {
            return new Change(name, List.of(difference), Set.of(), Set.of(), TransactionMode.PER_REVISION, request);
        }

        Change touching(String column) {
            return new Change(name, differences, Set.of(column), needs, mode, request);
        }

        Change needing(Feature feature) {
            return new Change(name, differences, touched, Set.of(feature), mode, request);
        }

        Change and(String difference) {
            List<String> more = new ArrayList<>(differences);
            more.add(difference);
            return new Change(name, more, touched, needs, mode, request);
        }

        Change alone() {
            return new Change(name, differences, touched, needs, TransactionMode.NONE, request);
        }
    }

    private static ColumnChange change() {
        return ColumnChange.nothing();
    }

    private static final List<Change> CHANGES = List.of(
            new Change(
                    "NOTHING",
                    List.of(),
                    Set.of(),
                    Set.of(),
                    TransactionMode.PER_REVISION,
                    op -> op.batchAlterTable("t", t -> t.recreate(Recreate.ALWAYS))),
            Change.of(
                            "ADD_COLUMN",
                            "+ column t.more (nullable yes",
                            op -> op.addColumn("t", Column.of("more", ColumnType.integer())))
                    .touching("more"),
            Change.of(
                            "ADD_COLUMN_WITH_DEFAULT",
                            "+ column t.more (nullable no",
                            op -> op.addColumn(
                                    "t",
                                    Column.of("more", ColumnType.text())
                                            .notNull()
                                            .withDefault("lower('X')")))
                    .touching("more"),
            Change.of(
                            "ADD_NOT_NULL_COLUMN",
                            "+ column t.more (nullable no",
                            op -> op.addColumn(
                                    "t", Column.of("more", ColumnType.text()).notNull(), "filled || '+'"))
                    .touching("more"),
            Change.of("DROP_COLUMN", "- column t.spare", op -> op.dropColumn("t", "spare"))
                    .touching("spare"),
            Change.of(
                            "CHANGE_TYPE",
                            "~ column t.spare: type integer",
                            op -> op.alterColumn(
                                    "t",
                                    "spare",
                                    change().type(ColumnType.integer()).using("length(spare)")))
                    .touching("spare"),
            Change.of(
                            "SET_NOT_NULL",
                            "~ column t.spare: nullable no",
                            op -> op.alterColumn("t", "spare", change().notNull("'none'")))
                    .touching("spare"),
            Change.of(
                    "DROP_NOT_NULL",
                    "~ column t.filled: nullable yes",
                    op -> op.alterColumn("t", "filled", change().nullable())),
            Change.of(
                    "SET_DEFAULT",
                    "~ default t.number: expression 8",
                    op -> op.alterColumn("t", "number", change().defaultTo("8"))),
            Change.of(
                    "DROP_DEFAULT",
                    "- default t.number",
                    op -> op.alterColumn("t", "number", change().withoutDefault())),
            Change.of("RENAME_COLUMN", "- column t.spare", op -> op.renameColumn("t", "spare", "Other \"one\""))
                    .and("+ column t.Other \"one\"")
                    .touching("spare"),
            Change.of(
                    "ADD_CHECK",
                    "+ check t.ck_more",
                    op -> op.addConstraint("t", CheckConstraint.of("ck_more", "number <> -1"))),
            Change.of("VALIDATE", "~ check t.ck_late", op -> op.validateConstraint("t", "ck_late"))
                    .needing(Feature.CHECK_NOT_VALID),
            Change.of(
                    "ADD_UNIQUE",
                    "+ unique t.uq_more",
                    op -> op.addConstraint("t", UniqueConstraint.of("uq_more", "id", "number"))),
            Change.of(
                    "ADD_FOREIGN_KEY",
                    "+ foreign-key t.fk_more",
                    op -> op.addConstraint("t", ForeignKey.of("fk_more", "spare_parent", "parent", "id"))),
            Change.of(
                    "ADD_EXCLUSION",
                    "+ exclusion t.ex_more",
                    op -> op.createExcludeConstraint(
                            "t", new Exclusion("ex_more", "btree", List.of(new Exclusion.Element("id", "=")), null))),
            Change.of("DROP_CHECK", "- check t.ck_number", op -> op.dropConstraint("t", "ck_number"))
                    .needing(Feature.NAMED_CHECK),
            Change.of(
                            "DROP_FOREIGN_KEY",
                            "- foreign-key t.t_c_parent_fkey",
                            op -> op.dropConstraint("t", "t_c_parent_fkey"))
                    .needing(Feature.FOREIGN_KEY_ACTION),
            Change.of("CREATE_INDEX", "+ index ix_more", op -> op.createIndex("ix_more", "t", "filled", "number")),
            Change.of(
                            "CREATE_INDEX_CONCURRENTLY",
                            "+ index ix_more",
                            op -> op.createIndexConcurrently("t", Index.of("ix_more", "number")))
                    .alone(),
            Change.of("DROP_INDEX", "- index ix_expression", op -> op.dropIndex("ix_expression"))
                    .needing(Feature.INDEX_EXPRESSION),
            Change.of("DROP_TRIGGER", "- trigger t.tr", op -> op.dropTrigger("t", "tr"))
                    .needing(Feature.TRIGGER),
            Change.of(
                    "COMMENT_ON_COLUMN", "+ comment t.filled", op -> op.commentOnColumn("t", "filled", "it's \\ new")));

    @Test
    void onlyTheRequestedChangeShows() throws SQLException {
        Map<Feature, Map<String, Integer>> met = new EnumMap<>(Feature.class);
        for (int i = 0; i < TRIES; i++) {
            long seed = SEED + i;
            Change change = CHANGES.get((int) Math.floorMod(seed, (long) CHANGES.size()));
            int round = (int) Math.floorMod(Math.floorDiv(seed, (long) CHANGES.size()), 1_000L);
            RandomPostgresTable table = new RandomPostgresTable(new Random(seed), round, change.needs());
            check(table, change, seed);
            table.features.forEach(feature ->
                    met.computeIfAbsent(feature, f -> new TreeMap<>()).merge(change.name(), 1, Integer::sum));
        }
        System.out.println("PostgreSQL tables of which nothing else changed: " + TRIES + " checked, seed " + SEED);
        for (Feature feature : Feature.values()) {
            Map<String, Integer> row = met.getOrDefault(feature, Map.of());
            System.out.println("  " + feature + " " + row);
            if (TRIES >= ENOUGH) {
                assertThat(row.keySet())
                        .describedAs("changes met by %s", feature)
                        .hasSize(CHANGES.size());
            }
        }
        assertThat(TRIES).describedAs("-Dturnstone.tries").isPositive();
    }

    private static void check(RandomPostgresTable table, Change change, long seed) throws SQLException {
        String described = change.name() + " with -Dturnstone.seed=" + seed + " -Dturnstone.tries=1:\n"
                + String.join(";\n", table.statements);
        try (InSchema in = new InSchema("property")) {
            try {
                in.run(String.join(";\n", table.statements));
            } catch (SQLException e) {
                throw new AssertionError(described, e);
            }
            Schema before = read(in);
            Map<String, List<String>> rows = rows(in, before, change);

            try {
                OneRevision.run(in.connection, change.mode(), change.request());
            } catch (RuntimeException e) {
                throw new AssertionError(described, e);
            }

            List<String> found = SchemaDiff.between(before, read(in)).differences().stream()
                    .map(Object::toString)
                    .toList();
            assertThat(found).describedAs(described).hasSameSizeAs(change.differences());
            for (String expected : change.differences()) {
                assertThat(found).describedAs(described).anyMatch(difference -> difference.startsWith(expected));
            }
            assertThat(rows(in, before, change)).describedAs(described).isEqualTo(rows);
        }
    }

    private static Schema read(InSchema in) throws SQLException {
        return PostgresDialect.INSTANCE.read(in.connection, PostgresDialect.INSTANCE.currentScope(in.connection));
    }

    /**
     * Returns all rows without the touched columns, the stored rows of materialized views, and the positions of
     * sequences.
     */
    private static Map<String, List<String>> rows(InSchema in, Schema schema, Change change) throws SQLException {
        Map<String, List<String>> rows = new TreeMap<>();
        for (Table table : schema.tables()) {
            String columns = table.columns().stream()
                    .map(Column::name)
                    .filter(name -> !change.touched().contains(name))
                    .map(name -> PostgresDialect.INSTANCE.quote(name) + "::text")
                    .collect(Collectors.joining(", ", "ROW(", ")::text"));
            rows.put(
                    table.name(),
                    strings(
                            in,
                            "SELECT " + columns + " FROM " + PostgresDialect.INSTANCE.quote(table.name())
                                    + " ORDER BY 1"));
        }
        for (String view : strings(in, "SELECT matviewname FROM pg_matviews WHERE schemaname = current_schema()")) {
            rows.put(view, strings(in, "SELECT mv::text FROM " + view + " mv ORDER BY 1"));
        }
        rows.put(
                "sequences",
                strings(
                        in,
                        "SELECT sequencename || ' ' || coalesce(last_value::text, 'unused') FROM pg_sequences"
                                + " WHERE schemaname = current_schema() ORDER BY 1"));
        return rows;
    }

    private static List<String> strings(InSchema in, String query) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (Statement statement = in.connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                strings.add(result.getString(1));
            }
        }
        return strings;
    }
}
