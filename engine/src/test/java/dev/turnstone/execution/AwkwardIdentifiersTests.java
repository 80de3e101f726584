package dev.turnstone.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnstone.dialect.CannotRenderException;
import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.operation.ColumnChange;
import dev.turnstone.operation.Exclusion;
import dev.turnstone.operation.OneRevision;
import dev.turnstone.operation.Operation;
import dev.turnstone.operation.Operation.OnMismatch;
import dev.turnstone.operation.Operation.Recreate;
import dev.turnstone.operation.OperationRecords;
import dev.turnstone.operation.Reversal;
import dev.turnstone.schema.CheckConstraint;
import dev.turnstone.schema.Column;
import dev.turnstone.schema.ColumnType;
import dev.turnstone.schema.Difference;
import dev.turnstone.schema.ForeignKey;
import dev.turnstone.schema.Index;
import dev.turnstone.schema.PrimaryKey;
import dev.turnstone.schema.Schema;
import dev.turnstone.schema.SchemaDiff;
import dev.turnstone.schema.Table;
import dev.turnstone.schema.Trigger;
import dev.turnstone.schema.UniqueConstraint;
import dev.turnstone.schema.View;
import dev.turnstone.source.TransactionMode;
import dev.turnstone.testing.DatabaseForTests;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Awkward names in every operation: the catalog stores each name unchanged, and the reverse operation finds the object.
 */
class AwkwardIdentifiersTests {

    private static final String LONGEST = "a23456789_123456789_123456789_123456789_123456789_123456789_12x";
    private static final String TOO_LONG = LONGEST + "4";

    private static int checked;

    @AfterAll
    static void printNumberOfChecks() {
        System.out.println("Awkward identifiers: " + checked + " operations applied and reverted");
        assertThat(checked).isPositive();
    }

    /** Further names of the same length as the first, if that is in ASCII. */
    private static String other(String name, int number) {
        return name.substring(0, name.offsetByCodePoints(name.length(), -1)) + number;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two words",
                "a \"quoted\" name",
                "it's; --",
                "select",
                "CamelCase",
                "größe 🐦 x",
                "a.b",
                "%s$1?",
                "/*[back\\slash`",
                LONGEST
            })
    void everyOperationAcceptsAnAwkwardName(String name) throws Exception {
        for (Supplier<DatabaseForTests> made :
                List.<Supplier<DatabaseForTests>>of(DatabaseForTests::sqlite, DatabaseForTests::postgresql)) {
            try (DatabaseForTests database = made.get();
                    Connection connection = database.dataSource().getConnection()) {
                Map<Operation, List<String>> operations = operations(name, database.isPostgresql());
                for (Map.Entry<Operation, List<String>> each : operations.entrySet()) {
                    applyAndRevertAndApply(connection, each.getKey(), each.getValue());
                }
                Set<String> kinds = OperationRecords.kinds(operations.keySet().stream());
                kinds.addAll(
                        database.isPostgresql()
                                ? Set.of("Execute")
                                : Set.of(
                                        "Execute",
                                        "AddExclusion",
                                        "CreateSequence",
                                        "DropSequence",
                                        "RenameEnumValue"));
                assertThat(kinds).describedAs(database.title()).isEqualTo(OperationRecords.all());
            }
        }
    }

    private static void applyAndRevertAndApply(Connection connection, Operation operation, List<String> named)
            throws SQLException {
        Dialect dialect = Dialects.of(connection);
        Schema before = read(connection, dialect);
        TransactionMode mode =
                operation instanceof Operation.AddEnumValue ? TransactionMode.NONE : TransactionMode.PER_REVISION;

        OneRevision.run(connection, mode, op -> op.run(operation));

        List<String> made = new ArrayList<>();
        SchemaDiff.between(before, read(connection, dialect)).differences().forEach(d -> made.add(d.toString()));
        for (String difference : named) {
            assertThat(made)
                    .describedAs("%s on %s", operation, dialect.title())
                    .anyMatch(d -> d.startsWith(difference) && !d.startsWith(difference + "\""));
        }
        if (operation instanceof Operation.BulkInsert || operation instanceof Operation.AddEnumValue) {
            checked++;
            return;
        }
        List<Operation> back = Reversal.of(operation, before);
        OneRevision.run(connection, op -> back.forEach(op::run));
        assertThat(SchemaDiff.between(before, read(connection, dialect)).differences())
                .describedAs("%s reverted on %s", operation, dialect.title())
                .filteredOn(d -> !(d instanceof Difference.Reordered))
                .isEmpty();
        OneRevision.run(connection, op -> op.run(operation));
        checked++;
    }

    private static Schema read(Connection connection, Dialect dialect) throws SQLException {
        return dialect.read(connection, dialect.currentScope(connection));
    }

    /** Operations in an order in which each can run, and the start of the difference that each causes. */
    private static Map<Operation, List<String>> operations(String name, boolean postgresql) {
        String column = other(name, 1);
        String renamed = other(name, 2);
        String unique = other(name, 3);
        String check = other(name, 4);
        String key = other(name, 5);
        String index = other(name, 6);
        String view = other(name, 7);
        String trigger = other(name, 8);
        String table = other(name, 9);
        String type = other(name, 0);
        Dialect dialect = Dialects.named(postgresql ? "postgresql" : "sqlite");
        String q = dialect.quote(name);
        Map<Operation, List<String>> made = new LinkedHashMap<>();
        made.put(
                new Operation.CreateTable(Table.of(
                        name,
                        List.of(
                                Column.of(name, ColumnType.integer()).notNull(),
                                PrimaryKey.of(name).named(type)))),
                List.of("+ table " + name));
        made.put(new Operation.BulkInsert(name, List.of(name), List.of(List.of(1))), List.of());
        made.put(
                new Operation.AddColumn(
                        name, Column.of(column, ColumnType.integer()).notNull(), q, OnMismatch.FAIL),
                List.of("+ column " + name + "." + column));
        made.put(
                new Operation.AlterColumn(name, column, ColumnChange.nothing().nullable()),
                List.of("~ column " + name + "." + column));
        made.put(new Operation.RenameColumn(name, column, renamed), List.of("+ column " + name + "." + renamed));
        made.put(
                new Operation.AddConstraint(name, UniqueConstraint.of(unique, renamed)),
                List.of("+ unique " + name + "." + unique));
        made.put(
                new Operation.AddConstraint(name, CheckConstraint.of(check, dialect.quote(renamed) + " > 0")),
                List.of("+ check " + name + "." + check));
        made.put(
                new Operation.AlterTable(
                        name,
                        List.of(new Operation.AddConstraint(name, ForeignKey.of(key, renamed, name, name))),
                        Recreate.AUTO,
                        null,
                        List.of()),
                List.of("+ foreign-key " + name + "." + key));
        made.put(new Operation.DropConstraint(name, key), List.of("- foreign-key " + name + "." + key));
        made.put(new Operation.ValidateConstraint(name, check), List.of());
        made.put(new Operation.CreateIndex(name, Index.of(index, renamed, name)), List.of("+ index " + index));
        made.put(new Operation.DropIndex(index), List.of("- index " + index));
        made.put(
                new Operation.CreateView(new View(
                        "",
                        view,
                        false,
                        "SELECT " + dialect.quote(renamed) + " FROM " + q,
                        List.of(),
                        List.of(),
                        new TreeMap<>(),
                        null)),
                List.of("+ view " + view));
        made.put(new Operation.DropView(view, false, OnMismatch.FAIL), List.of("- view " + view));
        made.put(
                new Operation.CreateTrigger(
                        name,
                        Trigger.of(
                                trigger,
                                postgresql
                                        ? Map.of(
                                                "timing",
                                                "before",
                                                "events",
                                                "update",
                                                "function",
                                                "suppress_redundant_updates_trigger()",
                                                "level",
                                                "row")
                                        : Map.of("timing", "after", "event", "delete", "body", "BEGIN SELECT 1; END"))),
                List.of("+ trigger " + name + "." + trigger));
        made.put(
                new Operation.DropTrigger(name, trigger, OnMismatch.FAIL),
                List.of("- trigger " + name + "." + trigger));
        made.put(
                new Operation.CommentOnTable(name, "about " + name),
                postgresql ? List.of("+ comment " + name) : List.of());
        made.put(new Operation.CreateEnum(type, List.of(name)), postgresql ? List.of("+ enum " + type) : List.of());
        made.put(new Operation.AddEnumValue(type, column, name), postgresql ? List.of("~ enum " + type) : List.of());
        if (postgresql) {
            made.put(new Operation.RenameEnumValue(type, name, renamed), List.of("~ enum " + type));
            made.put(new Operation.CreateSequence(trigger, 1, 1), List.of("+ sequence " + trigger));
            made.put(new Operation.DropSequence(trigger, OnMismatch.FAIL), List.of("- sequence " + trigger));
            made.put(
                    new Operation.AddExclusion(
                            name, new Exclusion(key, "btree", List.of(new Exclusion.Element(q, "=")), q + " > 0")),
                    List.of("+ exclusion " + name + "." + key));
            made.put(
                    new Operation.DropConstraint(name, key, OnMismatch.SKIP),
                    List.of("- exclusion " + name + "." + key));
        }
        made.put(new Operation.DropEnum(type, OnMismatch.FAIL), postgresql ? List.of("- enum " + type) : List.of());
        made.put(new Operation.DropPrimaryKey(name), List.of("- primary-key " + name));
        made.put(new Operation.RenameTable(name, table), List.of("+ table " + table));
        made.put(new Operation.DropColumn(table, renamed), List.of("- column " + table + "." + renamed));
        made.put(new Operation.DropTable(table), List.of("- table " + table));
        return made;
    }

    /** PostgreSQL would silently truncate such a name. SQLite accepts names of any length, and an empty name. */
    @ParameterizedTest
    @ValueSource(strings = {TOO_LONG, "äääääääääääääääääääääääääääääääää", "nul\0", ""})
    void rejectsANameThatTheCatalogWouldChangeBeforeAnythingRuns(String name) throws Exception {
        Set<String> refusedBy = new TreeSet<>();
        for (Supplier<DatabaseForTests> made :
                List.<Supplier<DatabaseForTests>>of(DatabaseForTests::sqlite, DatabaseForTests::postgresql)) {
            try (DatabaseForTests database = made.get();
                    Connection connection = database.dataSource().getConnection()) {
                if (!database.isPostgresql() && name.indexOf('\0') < 0) {
                    OneRevision.run(connection, op -> op.createTable(name, Column.of(name, ColumnType.integer())));
                    assertThat(read(connection, Dialects.named("sqlite")).tables())
                            .extracting(Table::name)
                            .containsExactly(name);
                    continue;
                }
                assertThatThrownBy(() -> OneRevision.run(connection, op -> {
                            op.createTable("before", Column.of("id", ColumnType.integer()));
                            op.createTable(name, Column.of("id", ColumnType.integer()));
                        }))
                        .isInstanceOf(CannotRenderException.class)
                        .hasMessageContaining("Nothing of this revision was run.");
                assertThat(database.allTables()).isEmpty();
                refusedBy.add(database.dialect());
            }
        }
        assertThat(refusedBy).contains("postgresql");
    }
}
